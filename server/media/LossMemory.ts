/** What a stream has counted since it began. */
export interface LossCount {
  packets: number;
  /** Of these, as far as one knows: it may get less where one comes late. */
  lost: number;
}

/** Of fewer packets a share says nothing: someone who is silent sends two or three a second. */
const MIN_PACKETS = 50;
/** What was counted before is of another time. */
const MAX_AGE_MS = 10_000;

/** The loss of one stream between two looks at what it counts. */
export class LossMemory {
  /** The latest first. */
  #looks: (LossCount & { atMs: number })[] = [];

  /**
   * One more look.
   * @returns 0 to 1, since the latest look that lies enough packets back; undefined where there is none
   */
  take({ packets, lost }: LossCount, atMs: number): number | undefined {
    this.#looks = this.#looks.filter((look) => atMs - look.atMs <= MAX_AGE_MS);
    const since = this.#looks.find((look) => packets - look.packets >= MIN_PACKETS);
    this.#looks.unshift({ packets, lost, atMs });
    return since && Math.min(1, Math.max(0, (lost - since.lost) / (packets - since.packets)));
  }
}

/** All streams of a client go the same way: what one loses more than another was not lost there. */
export function leastLoss(ratios: readonly (number | undefined)[]): number | undefined {
  const known = ratios.filter((ratio) => ratio !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
