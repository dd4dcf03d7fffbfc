import { mock } from 'node:test';

/** One look at a condition each so many milliseconds of the page's time. */
const STEP_MS = 20;
const LONGEST_MS = 120_000;

export interface PageClock {
  /** Lets so much of the page's time go by. */
  pass(ms: number): Promise<void>;
  /** Lets time go by until a condition holds. @throws Error that says what was waited for */
  passUntil(what: string, condition: () => boolean): Promise<void>;
}

/** Within the tests around it `setTimeout` and `performance.now` follow a clock that goes by when it is told to. */
export function usePageClock(): PageClock {
  const { now } = performance;
  let nowMs = 0;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    performance.now = () => nowMs;
  });
  afterEach(() => {
    performance.now = now;
    mock.timers.reset();
  });

  async function step(ms: number): Promise<void> {
    nowMs += ms;
    mock.timers.tick(ms);
    // What follows from it is done before more time goes by.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    async pass(ms) {
      for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) await step(Math.min(STEP_MS, ms - passedMs));
    },
    async passUntil(what, condition) {
      const deadlineMs = nowMs + LONGEST_MS;
      while (!condition()) {
        if (nowMs >= deadlineMs) throw new Error(`${LONGEST_MS} ms went by without ${what}.`);
        await step(STEP_MS);
      }
    },
  };
}
