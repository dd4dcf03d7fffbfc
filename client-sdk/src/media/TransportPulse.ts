import { judgePath, LOOK_INTERVAL_MS, type PathState } from '../policies/silencePolicy.ts';
import { readPath, type PathReading } from './pathReading.ts';

export interface TransportPulseOptions {
  getStats: () => Promise<RTCStatsReport>;
  looked?: (report: RTCStatsReport) => void;
  /** Told of each change. */
  changed: (path: PathState) => void;
}

/** Looks that found media before its coming counts as steady. */
const STEADY_HITS = 4;
/** Looks in a row that may find none: sound with pauses comes about as seldom as one looks. */
const MAX_MISSES = 2;

/**
 * Looks again and again whether anything arrives. Chromium itself says `disconnected` about five seconds after the last
 * packet.
 */
export class TransportPulse {
  readonly #options: TransportPulseOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading: PathReading | null = null;
  #heardAt = performance.now();
  #answersCounted = false;
  #hits = 0;
  #misses = 0;
  #path: PathState = 'alive';
  #started = false;
  #closed = false;

  constructor(options: TransportPulseOptions) {
    this.#options = options;
  }

  get path(): PathState {
    return this.#path;
  }

  get rttMs(): number | undefined {
    return this.#reading?.rttMs;
  }

  /** A second time it changes nothing. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#heardAt = performance.now();
    this.#wait();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Looks now, and not only when it is time. */
  async look(): Promise<void> {
    if (!this.#started || this.#closed) return;
    clearTimeout(this.#timer);
    const report = await this.#options.getStats().catch(() => null);
    if (this.#closed) return;
    if (report) {
      this.#take(readPath(report));
      this.#options.looked?.(report);
    }
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.look(), LOOK_INTERVAL_MS);
  }

  #take(reading: PathReading): void {
    const before = this.#reading;
    this.#reading = reading;
    const now = performance.now();
    // To forget an old path makes the sums smaller, but is nothing that was heard.
    const mediaCame = before !== null && reading.receivedBytes > before.receivedBytes;
    const answerCame = (reading.answers ?? 0) > (before?.answers ?? 0);
    if (before === null || mediaCame || answerCame) this.#heardAt = now;
    this.#answersCounted ||= reading.answers !== undefined;
    const silentMs = now - this.#heardAt;
    if (mediaCame) this.#hits++;
    this.#misses = mediaCame ? 0 : this.#misses + 1;
    // Of a silence that is known already one wants to know how it was before.
    if (this.#misses > MAX_MISSES && this.#path === 'alive') this.#hits = 0;
    const path = judgePath({ silentMs, steady: this.#hits >= STEADY_HITS, answersCounted: this.#answersCounted });
    if (path === this.#path || this.#closed) return;
    this.#path = path;
    this.#options.changed(path);
  }
}
