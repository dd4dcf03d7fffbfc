import type { types } from 'mediasoup';
import { LEAST_FLOOR_BPS, LOSSY_RATIO, nextLossFloor, restingFloor, type LossFloor } from './lossFloorPolicy.ts';

/** mediasoup sums up the loss of some two seconds. */
const CALM_INTERVAL_MS = 2_000;
const LOSSY_INTERVAL_MS = 1_000;
/** Setting it begins the estimation anew (mediasoup's `SetClientBitratePreferences`), so small changes are left. */
const LEAST_CHANGE = 0.02;

/** What mediasoup tells with a trace of type `bwe`. */
interface BandwidthTrace {
  desiredBitrate: number;
  availableBitrate: number;
}

/** Keeps the bandwidth estimation of one receiving transport from shrinking on loss that is no congestion. */
export class DownlinkFloor {
  readonly #transport: types.WebRtcTransport;
  readonly #consumers: ReadonlySet<types.Consumer>;
  #state: LossFloor = restingFloor;
  #setBps = 0;
  #sentBytes = 0;
  #tracing = false;
  #estimation: BandwidthTrace | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** `consumers` are those of the transport. */
  constructor(transport: types.WebRtcTransport, consumers: ReadonlySet<types.Consumer>) {
    this.#transport = transport;
    this.#consumers = consumers;
    transport.on('trace', ({ info }) => (this.#estimation = info as BandwidthTrace));
    transport.observer.once('close', () => clearTimeout(this.#timer));
    void this.#apply().catch(() => {});
    this.#schedule(CALM_INTERVAL_MS);
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#watch(), delayMs).unref();
  }

  async #watch(): Promise<void> {
    let lossy = false;
    try {
      lossy = await this.#sample();
    } catch {
      // Closed, or on a worker that has died: then this ends with it.
    }
    if (!this.#transport.closed) this.#schedule(lossy ? LOSSY_INTERVAL_MS : CALM_INTERVAL_MS);
  }

  /** True while there is loss to be watched. */
  async #sample(): Promise<boolean> {
    const consumer = this.#flowingVideo;
    // Who sees nothing costs the worker nothing.
    if (!consumer && !this.#tracing) return false;
    const [stats] = await this.#transport.getStats();
    const sentBytes = stats?.rtpBytesSent ?? 0;
    // Only video counts it (sound has no transport-wide sequence numbers): where none is sent the last loss stays as it was.
    const lossRatio = !consumer || sentBytes === this.#sentBytes ? 0 : (stats?.rtpPacketLossSent ?? 0);
    this.#sentBytes = sentBytes;
    const lossy = lossRatio >= LOSSY_RATIO || this.#state.floorBps !== LEAST_FLOOR_BPS;
    await this.#trace(lossy);
    if (!lossy || !this.#estimation) return lossy;
    const { desiredBitrate: desiredBps, availableBitrate: availableBps } = this.#estimation;
    const deliveredBps = (stats?.sendBitrate ?? 0) * (1 - lossRatio);
    const rttMs = await rttOf(consumer);
    this.#state = nextLossFloor(this.#state, { lossRatio, rttMs, deliveredBps, availableBps, desiredBps });
    await this.#apply();
    return lossy;
  }

  /** Traces cost a message a second, so only who loses something has them. */
  async #trace(wanted: boolean): Promise<void> {
    if (wanted === this.#tracing) return;
    this.#tracing = wanted;
    this.#estimation = null;
    await this.#transport.enableTraceEvent(wanted ? ['bwe'] : []);
  }

  get #flowingVideo(): types.Consumer | undefined {
    return [...this.#consumers].find(
      ({ kind, paused, producerPaused }) => kind === 'video' && !paused && !producerPaused,
    );
  }

  async #apply(): Promise<void> {
    const floorBps = Math.round(this.#state.floorBps);
    if (Math.abs(floorBps - this.#setBps) <= this.#setBps * LEAST_CHANGE) return;
    await this.#transport.setMinOutgoingBitrate(floorBps);
    this.#setBps = floorBps;
  }
}

/** Of the way to the subscriber; the publisher's own stands beside it. */
async function rttOf(consumer: types.Consumer | undefined): Promise<number | undefined> {
  const stats = await consumer?.getStats();
  const rttMs = stats?.find(({ type }) => type === 'outbound-rtp')?.roundTripTime;
  return rttMs === 0 ? undefined : rttMs;
}
