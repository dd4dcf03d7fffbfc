/** Whether the browser gives frames out and takes them back on a page's own thread: Chromium does. */
export function canConvertFrames(): boolean {
  return 'MediaStreamTrackProcessor' in globalThis && 'MediaStreamTrackGenerator' in globalThis;
}
