/** Once at a time: whoever asks while it runs shares the next run, which begins when this one is over. */
export function shareRuns(run: () => Promise<void>): () => Promise<void> {
  let running = Promise.resolve();
  let next: Promise<void> | undefined;
  return () =>
    (next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        running = run();
        return running;
      }));
}
