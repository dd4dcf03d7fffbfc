import { performance } from 'node:perf_hooks';

/** Milliseconds of the clock by which this node tells clients the times of a step: it only runs forward, and is of this process alone. */
export function nodeTimeMs(): number {
  return performance.now();
}
