import { keyFrameWaitMs } from '../policies/keyFramePolicy.ts';

/** Frames of the first second are looked for often, since the time of the first one is a measurement. */
const FAST_POLL_MS = 8;
const FAST_FOR_MS = 1_000;
const SLOW_POLL_MS = 100;
const CLOCK_TOLERANCE_MS = 1_000;

export interface FrameWatchOptions {
  receiver: Pick<RTCRtpReceiver, 'getSynchronizationSources'>;
  /** Nothing was received on it yet, so that any frame is a new one. */
  fresh: boolean;
  /** Whether frames are expected at all now: not muted, not paused, transport connected. */
  expected: () => boolean;
  /** The time of the frame, on the clock of performance.now(). */
  onFirstFrame: (atMs: number) => void;
  requestKeyFrame: () => void;
}

/**
 * Waits for the first decoded frame of a video, and asks for a key frame when it does not come.
 * getSynchronizationSources() costs next to nothing, needs no element, and bears the time at which a frame reached the track
 * (webrtc-pc, section 5.3.1).
 */
export class FrameWatch {
  readonly #options: FrameWatchOptions;
  readonly #startedAt = performance.now();
  /** Time of the latest frame before this began, on the browser's own clock. */
  readonly #lastBefore: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitingSince: number | undefined;
  #requests = 0;

  constructor(options: FrameWatchOptions) {
    this.#options = options;
    this.#lastBefore = options.fresh ? undefined : this.#latest();
    this.#poll();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #poll(): void {
    const now = performance.now();
    const frameAt = this.#frameTime(now);
    if (frameAt !== undefined) {
      this.#options.onFirstFrame(frameAt);
      return;
    }
    this.#askIfDue(now);
    this.#timer = setTimeout(() => this.#poll(), now - this.#startedAt < FAST_FOR_MS ? FAST_POLL_MS : SLOW_POLL_MS);
  }

  #latest(): number | undefined {
    return this.#options.receiver.getSynchronizationSources()[0]?.timestamp;
  }

  #frameTime(now: number): number | undefined {
    const timestamp = this.#latest();
    if (timestamp === undefined || timestamp === this.#lastBefore) return undefined;
    const at = timestamp - performance.timeOrigin;
    // Browsers have differed on the origin of this clock.
    return Math.abs(now - at) < CLOCK_TOLERANCE_MS ? Math.min(at, now) : now;
  }

  #askIfDue(now: number): void {
    if (!this.#options.expected()) {
      this.#waitingSince = undefined;
      return;
    }
    this.#waitingSince ??= now;
    const waitMs = keyFrameWaitMs(this.#requests);
    if (waitMs === null || now - this.#waitingSince < waitMs) return;
    this.#requests++;
    this.#waitingSince = now;
    this.#options.requestKeyFrame();
  }
}
