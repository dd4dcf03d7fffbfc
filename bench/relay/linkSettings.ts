/** What one direction of the path does to what passes. It can be changed at any time. */
export interface LinkSettings {
  delayMs: number;
  /** The delay varies evenly by this much to either side. Without `reorder` it never lets one packet pass another. */
  jitterMs: number;
  /** Share of packets that are lost, 0 to 1. */
  lossRatio: number;
  /** Bits a second; null carries everything at once. */
  rateBps: number | null;
  /** Bytes that may wait for a place in the rate; a datagram beyond is dropped, a stream is read no further. */
  queueBytes: number;
  /** Packets may overtake each other within the jitter. */
  reorder: boolean;
}

export const idealLink: Readonly<LinkSettings> = Object.freeze({
  delayMs: 0,
  jitterMs: 0,
  lossRatio: 0,
  rateBps: null,
  queueBytes: 150_000,
  reorder: false,
});

/** Settings of both directions for a round trip time, half of it each way. */
export function symmetricDelay(rttMs: number): {
  up: Pick<LinkSettings, 'delayMs'>;
  down: Pick<LinkSettings, 'delayMs'>;
} {
  return { up: { delayMs: rttMs / 2 }, down: { delayMs: rttMs / 2 } };
}
