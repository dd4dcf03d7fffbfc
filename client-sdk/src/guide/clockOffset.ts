/** One `ping`: sent and answered by the clock of this page, and what the node's clock said in between. All in milliseconds. */
export interface ClockSample {
  sentAtMs: number;
  answeredAtMs: number;
  nodeMs: number;
}

export interface ClockReading {
  /** To be added to the clock of this page. */
  offsetMs: number;
  /** It is not further off than this. */
  errorMs: number;
}

/** Two clocks that run freely get apart by less than this part of the time. */
const DRIFT = 1e-4;

/**
 * How far the node's clock is ahead, by the sample that leaves the least doubt: the answer was made at some moment of the round
 * trip, so that half of it is the error (NTP's clock filter, RFC 5905 section 10), and a clock drifts. Samples, oldest first, that
 * contradict the newest are of a time before one of the clocks stood still, as a page's does while its device sleeps.
 */
export function clockOffset(samples: readonly ClockSample[], nowMs: number): ClockReading | null {
  const [newest, ...older] = samples.map((sample) => read(sample, nowMs)).reverse();
  if (!newest) return null;
  let best = newest;
  for (const reading of older) {
    if (Math.abs(reading.offsetMs - newest.offsetMs) > reading.errorMs + newest.errorMs) break;
    if (reading.errorMs < best.errorMs) best = reading;
  }
  return best;
}

function read({ sentAtMs, answeredAtMs, nodeMs }: ClockSample, nowMs: number): ClockReading {
  const halfMs = (answeredAtMs - sentAtMs) / 2;
  return { offsetMs: nodeMs - (sentAtMs + halfMs), errorMs: halfMs + (nowMs - answeredAtMs) * DRIFT };
}
