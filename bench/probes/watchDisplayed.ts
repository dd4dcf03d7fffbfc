import { readVideoFrameId } from './readFrame.ts';

/**
 * Tells when frames of an element are on the screen: the time that the compositor expects for it (expectedDisplayTime of
 * requestVideoFrameCallback). Not every frame is reported. @returns a function that ends it
 */
export function watchDisplayed(
  element: HTMLVideoElement,
  sourceWidth: number,
  onFrame: (id: number, atMs: number) => void,
): () => void {
  let ended = false;
  const handle: VideoFrameRequestCallback = (_now, { expectedDisplayTime }) => {
    if (ended) return;
    element.requestVideoFrameCallback(handle);
    void readShown(element, sourceWidth).then((id) => id !== null && onFrame(id, expectedDisplayTime));
  };
  element.requestVideoFrameCallback(handle);
  return () => (ended = true);
}

async function readShown(element: HTMLVideoElement, sourceWidth: number): Promise<number | null> {
  // An element that has just lost its stream has no frame.
  if (element.readyState < element.HAVE_CURRENT_DATA || !element.srcObject) return null;
  const frame = new VideoFrame(element, { timestamp: 0 });
  try {
    return await readVideoFrameId(frame, sourceWidth);
  } finally {
    frame.close();
  }
}
