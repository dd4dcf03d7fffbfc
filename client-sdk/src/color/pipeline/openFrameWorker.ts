import { frameWorkerSource } from './frameWorkerSource.ts';
import type { FrameWorkerReply } from './frameWorkerMessages.ts';

/** A worker that does not answer by then will not. */
const READY_TIMEOUT_MS = 3_000;

/** @returns a worker that runs; null where the page forbids it (Content Security Policy without `worker-src blob:`) */
export async function openFrameWorker(): Promise<Worker | null> {
  if (!frameWorkerSource) return null;
  const url = URL.createObjectURL(new Blob([frameWorkerSource], { type: 'text/javascript' }));
  let worker: Worker | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const opened = new Worker(url, { name: 'chaxi-color' });
    worker = opened;
    await new Promise<void>((resolve, reject) => {
      opened.onmessage = ({ data }: MessageEvent<FrameWorkerReply>) => {
        if (data.type === 'ready') resolve();
      };
      // Some browsers throw what is forbidden, others tell it here.
      opened.onerror = reject;
      timer = setTimeout(reject, READY_TIMEOUT_MS);
    });
    return opened;
  } catch {
    worker?.terminate();
    return null;
  } finally {
    clearTimeout(timer);
    URL.revokeObjectURL(url);
  }
}
