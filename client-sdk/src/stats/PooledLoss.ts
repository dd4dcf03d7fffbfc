/** Of fewer packets a share says nothing: someone who is silent sends two or three a second. */
const MIN_PACKETS = 50;
/** Older intervals are another network. */
const MAX_INTERVALS = 5;

interface Interval {
  expected: number;
  lost: number;
}

/** The share of lost packets over as few of the latest intervals as hold enough packets. */
export class PooledLoss {
  readonly #intervals: Interval[] = [];

  /** @param lost Less than 0 where packets came that had been counted as lost */
  add(expected: number, lost: number): void {
    this.#intervals.unshift({ expected, lost });
    this.#intervals.splice(MAX_INTERVALS);
  }

  /** 0 to 1; undefined where there were too few packets to say. */
  get ratio(): number | undefined {
    let [expected, lost] = [0, 0];
    for (const interval of this.#intervals) {
      expected += interval.expected;
      lost += interval.lost;
      if (expected >= MIN_PACKETS) return Math.min(1, Math.max(0, lost / expected));
    }
    return undefined;
  }
}
