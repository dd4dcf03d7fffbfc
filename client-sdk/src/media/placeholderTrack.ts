/**
 * A video track of this size that never has a frame. A muted camera is released, and this stands in its place for the moment
 * in which its publication is negotiated anew.
 */
export function placeholderTrack(width: number, height: number): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  // Without a context some browsers refuse to capture.
  canvas.getContext('2d');
  const [track] = canvas.captureStream(0).getVideoTracks();
  if (!track) throw new TypeError('a canvas gave no track');
  return track;
}
