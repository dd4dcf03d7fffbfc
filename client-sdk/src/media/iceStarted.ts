/** Browsers that do not tell are not waited for any longer. */
const PATIENCE_MS = 50;

/**
 * Resolves when the connection of a receiver looks for a path. Chromium asks its main thread before it does, and attaching
 * a track keeps that thread busy (measured: the first picture 20 ms later); so nothing is attached before.
 */
export async function iceStarted(receiver: RTCRtpReceiver | undefined): Promise<void> {
  const ice = receiver?.transport?.iceTransport;
  if (ice?.state !== 'new') return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    const started = () => {
      clearTimeout(timer);
      resolve();
    };
    ice.addEventListener('statechange', started, { once: true });
  });
}
