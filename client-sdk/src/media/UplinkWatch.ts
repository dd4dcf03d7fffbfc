import type { types } from 'mediasoup-client';
import {
  isHeldBack,
  nextUplink,
  stepFor,
  uplinkSteps,
  wideUplink,
  type NarrowUplink,
  type SentStep,
  type UplinkReading,
  type UplinkStep,
} from '../policies/narrowUplinkPolicy.ts';
import type { VideoPublishPlan } from '../policies/publishPolicy.ts';
import { selectedPair } from '../stats/selectedPair.ts';
import { entriesOf, numberOf, StatsReader, textOf, type StatsEntry } from '../stats/statsReader.ts';

export interface UplinkWatchOptions {
  plan: VideoPublishPlan;
  /** As they were negotiated. */
  rtpParameters: Pick<types.RtpParameters, 'mid' | 'encodings'>;
}

/** Decides for one video what of it the page's link carries. */
export class UplinkWatch {
  readonly #options: UplinkWatchOptions;
  #layers = 0;
  #steps: UplinkStep[] = [];
  #state: NarrowUplink = wideUplink;
  /** Until the last look. */
  #sent = { atMs: 0, packets: 0, bytes: 0, waitedMs: 0 };
  /** Before the number of layers changed. */
  #carriedBps = Infinity;

  constructor(options: UplinkWatchOptions) {
    this.#options = options;
  }

  /** What is to be sent of the layers that are wanted; undefined before any are. */
  get step(): SentStep | undefined {
    return this.#present;
  }

  /** What makes a good picture of a single stream, in bits a second. */
  get aloneBps(): number {
    const alone = this.#steps.find(({ smaller }) => smaller === 0);
    return alone?.plannedBps ?? 0;
  }

  /** How much less is sent than is wanted while the link does not carry it, in bits a second. */
  get heldBackBps(): number {
    const [whole] = this.#steps;
    return isHeldBack(this.#state) ? (whole?.mostBps ?? 0) - (this.#present?.mostBps ?? 0) : 0;
  }

  /** So many of the smallest layers are to be sent, as far as the link carries them. */
  want(layers: number): void {
    if (layers === this.#layers) return;
    if (this.#steps.length > 1) this.#carriedBps = this.#state.step > 0 ? (this.#present?.mostBps ?? 0) : Infinity;
    this.#layers = layers;
    this.#steps = uplinkSteps(this.#options.plan, layers);
    // What the link carries does not change with what is wanted.
    const step = stepFor(this.#steps, this.#carriedBps);
    this.#state = { ...wideUplink, step, changedAtMs: performance.now() };
  }

  get #present(): UplinkStep | undefined {
    return this.#steps[this.#state.step];
  }

  /** Takes a look at the transport. @returns whether something else is to be sent now */
  take(report: RTCStatsReport): boolean {
    if (this.#steps.length < 2) return false;
    const reading = this.#read(new StatsReader(entriesOf(report)));
    if (!reading) return false;
    const { step } = this.#state;
    this.#state = nextUplink(this.#state, reading, this.#steps);
    return this.#state.step !== step;
  }

  /** Of what was sent since the look before. */
  #sending(own: readonly StatsEntry[], atMs: number): Pick<UplinkReading, 'usedBps' | 'queueMs'> {
    const before = this.#sent;
    const waitedMs = total(own, 'totalPacketSendDelay') * 1_000;
    this.#sent = { atMs, packets: total(own, 'packetsSent'), bytes: total(own, 'bytesSent'), waitedMs };
    const packets = this.#sent.packets - before.packets;
    return {
      usedBps: ((this.#sent.bytes - before.bytes) * 8_000) / Math.max(1, atMs - before.atMs),
      queueMs: packets > 0 ? (waitedMs - before.waitedMs) / packets : 0,
    };
  }

  /** Null where the browser does not tell it, and while nothing is sent. */
  #read(reader: StatsReader): UplinkReading | null {
    const availableBps = numberOf(selectedPair(reader), 'availableOutgoingBitrate');
    const videos = reader.all('outbound-rtp').filter((entry) => textOf(entry, 'kind') === 'video');
    const { mid, encodings } = this.#options.rtpParameters;
    const own = videos.filter((entry) => textOf(entry, 'mid') === mid);
    const rid = encodings?.[this.#layers - 1]?.rid;
    const largest = own.find((entry) => textOf(entry, 'rid') === rid);
    const givenBps = given(own);
    if (availableBps === undefined || !largest || givenBps === 0) return null;
    const atMs = performance.now();
    return {
      atMs,
      givenBps,
      givenToAllBps: given(videos),
      availableBps,
      begun: total([largest], 'framesSent') > 0,
      stopped: given([largest]) === 0,
      ...this.#sending(own, atMs),
    };
  }
}

/** Over all of them. */
function total(streams: readonly StatsEntry[], field: string): number {
  return streams.reduce((sum, stream) => sum + (numberOf(stream, field) ?? 0), 0);
}

function given(streams: readonly StatsEntry[]): number {
  return total(streams, 'targetBitrate');
}
