import { idealLink, type LinkSettings } from './linkSettings.ts';
import { retransmittedAt } from './retransmission.ts';

/** One connection through a link: packets of one lane keep their order. */
export interface Lane {
  lastAtMs: number;
}

export interface LinkStatistics {
  packets: number;
  bytes: number;
  /** Dropped by chance. */
  lost: number;
  /** Dropped since the queue was full. */
  overflowed: number;
  /** Dropped in an outage. */
  cutOff: number;
}

/**
 * One direction of a path that all connections share: chance of loss, a queue in front of a rate, delay and jitter. A
 * model only: it tells when a packet arrives, and moves nothing.
 */
export class Link {
  readonly #random: () => number;
  #settings: LinkSettings = idealLink;
  /** When everything admitted so far has passed the rate. */
  #freeAtMs = 0;
  /** Until then nothing passes. */
  #openAtMs = 0;
  #statistics: LinkStatistics = { packets: 0, bytes: 0, lost: 0, overflowed: 0, cutOff: 0 };

  constructor(random: () => number) {
    this.#random = random;
  }

  get settings(): Readonly<LinkSettings> {
    return this.#settings;
  }

  get statistics(): LinkStatistics {
    return { ...this.#statistics };
  }

  set(settings: Partial<LinkSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /** Lets nothing pass until then: a datagram is dropped, bytes of a stream are sent again. */
  cutUntil(openAtMs: number): void {
    this.#openAtMs = openAtMs;
  }

  /** When the first packet of a connection gets through that is opened now. `timeoutMs`: after which it is sent again */
  admitOpening(nowMs: number, timeoutMs: number): number {
    return retransmittedAt(nowMs, timeoutMs, this.#openAtMs) + this.#settings.delayMs;
  }

  /** When a datagram of `bytes` arrives that comes to the link now; null if it is dropped. */
  admit(bytes: number, nowMs: number, lane: Lane): number | null {
    this.#count(bytes);
    if (nowMs < this.#openAtMs) {
      this.#statistics.cutOff++;
      return null;
    }
    const { lossRatio, queueBytes } = this.#settings;
    if (lossRatio > 0 && this.#random() < lossRatio) {
      this.#statistics.lost++;
      return null;
    }
    if (this.backlogBytes(nowMs) > queueBytes) {
      this.#statistics.overflowed++;
      return null;
    }
    return this.#arrival(bytes, nowMs, lane, 0);
  }

  /**
   * When bytes of a stream arrive. They are never dropped: where the chance of loss hits one of their segments, the stream waits
   * for `recoveryMs`, as TCP does that sends it again.
   */
  admitStream(segments: number, bytes: number, nowMs: number, lane: Lane, recoveryMs: number): number {
    this.#count(bytes, segments);
    const { lossRatio } = this.#settings;
    if (nowMs < this.#openAtMs) {
      this.#statistics.cutOff += segments;
      // Only the oldest segment has a timer; what was sent after it follows it.
      const isOldest = lane.lastAtMs < this.#openAtMs;
      return isOldest
        ? this.#arrival(bytes, retransmittedAt(nowMs, recoveryMs, this.#openAtMs), lane, 0)
        : lane.lastAtMs;
    }
    const hit = lossRatio > 0 && this.#random() < 1 - (1 - lossRatio) ** segments;
    if (hit) this.#statistics.lost++;
    return this.#arrival(bytes, nowMs, lane, hit ? recoveryMs : 0);
  }

  /** What waits for a place in the rate. */
  backlogBytes(nowMs: number): number {
    const { rateBps } = this.#settings;
    return rateBps === null ? 0 : (Math.max(0, this.#freeAtMs - nowMs) * rateBps) / 8_000;
  }

  #count(bytes: number, packets = 1): void {
    this.#statistics.packets += packets;
    this.#statistics.bytes += bytes;
  }

  #arrival(bytes: number, nowMs: number, lane: Lane, extraMs: number): number {
    const { rateBps, delayMs, jitterMs, reorder } = this.#settings;
    let atMs = nowMs;
    if (rateBps !== null) {
      atMs = Math.max(nowMs, this.#freeAtMs) + (bytes * 8_000) / rateBps;
      this.#freeAtMs = atMs;
    }
    const jitter = jitterMs === 0 ? 0 : (this.#random() * 2 - 1) * jitterMs;
    atMs += Math.max(0, delayMs + jitter) + extraMs;
    if (!reorder) atMs = Math.max(atMs, lane.lastAtMs);
    lane.lastAtMs = atMs;
    return atMs;
  }
}
