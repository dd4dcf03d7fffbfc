import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';

/** Node.js tells of each thread that is started there. */
const CHANNEL = 'worker_threads';

/** The threads that this process starts during each test of the suite around it, oldest first. */
export function startedThreads(): readonly Worker[] {
  const threads: Worker[] = [];
  const note = (message: unknown) => void threads.push((message as { worker: Worker }).worker);
  beforeEach(() => {
    threads.length = 0;
    subscribe(CHANNEL, note);
  });
  afterEach(() => unsubscribe(CHANNEL, note));
  return threads;
}
