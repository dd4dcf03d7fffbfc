import type { EventEmitter } from 'node:events';

/** Ctrl-C, the end of a service, a terminal that is closed. */
export const INTERRUPTIONS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** What comes so soon after the first is the same one: a terminal tells the whole group, and npm passes it on besides. */
const SAME_MS = 1_000;
/** Exit code of a process that SIGINT ended, as shells report it. */
const INTERRUPTED = 130;

interface Surroundings {
  source: EventEmitter;
  nowMs: () => number;
  giveUp: () => void;
}

const ownProcess: Surroundings = {
  source: process,
  nowMs: () => performance.now(),
  giveUp: () => process.exit(INTERRUPTED),
};

/** Becomes aborted by the first interruption, so that a run can write what it has. A second one ends the process at once. */
export function interruption({ source, nowMs, giveUp }: Surroundings = ownProcess): {
  signal: AbortSignal;
  release: () => void;
} {
  const controller = new AbortController();
  let firstAtMs = 0;
  const handle = () => {
    if (controller.signal.aborted) {
      if (nowMs() - firstAtMs > SAME_MS) giveUp();
      return;
    }
    firstAtMs = nowMs();
    controller.abort();
    console.error('\nInterrupted: writing what was measured. Once more ends at once.');
  };
  for (const name of INTERRUPTIONS) source.on(name, handle);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of INTERRUPTIONS) source.off(name, handle);
    },
  };
}
