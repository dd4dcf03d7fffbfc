import { readVideoFrameId } from './readFrame.ts';

/** Of timestamps that mean one frame: far less than there is between two. */
const TOLERANCE_S = 0.002;

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
  const handle: VideoFrameRequestCallback = (_now, { expectedDisplayTime, mediaTime }) => {
    if (ended) return;
    element.requestVideoFrameCallback(handle);
    void readShown(element, mediaTime, sourceWidth).then((id) => id !== null && onFrame(id, expectedDisplayTime));
  };
  element.requestVideoFrameCallback(handle);
  return () => (ended = true);
}

/** Null where the element already shows another frame than the one that was reported, as it does when the report is late. */
async function readShown(element: HTMLVideoElement, mediaTime: number, sourceWidth: number): Promise<number | null> {
  // An element that has just lost its stream has no frame.
  if (element.readyState < element.HAVE_CURRENT_DATA || !element.srcObject) return null;
  const frame = new VideoFrame(element);
  try {
    if (Math.abs(frame.timestamp / 1_000_000 - mediaTime) > TOLERANCE_S) return null;
    return await readVideoFrameId(frame, sourceWidth);
  } finally {
    frame.close();
  }
}
