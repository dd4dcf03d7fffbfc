import type { types } from 'mediasoup-client';
import type { Logger } from '../Logger.ts';
import { nextUplinkFloor, noFloor, type UplinkFloor } from '../policies/uplinkFloorPolicy.ts';
import { selectedPair } from '../stats/selectedPair.ts';
import { entriesOf, millisecondsOf, StatsReader, textOf, type StatsEntry } from '../stats/statsReader.ts';
import { LeastBitrate } from './LeastBitrate.ts';

export interface UplinkFloorWatchOptions {
  transport: types.Transport;
  /** What makes a good picture of a single stream of each video that is sent. */
  wantedBps: () => number;
  logger: Logger;
}

/** The policy counts in seconds. */
const INTERVAL_MS = 950;
/** With fewer a ratio says nothing. */
const MIN_PACKETS = 20;

/** Keeps the bandwidth estimation of a sending transport from shrinking on loss that is no congestion. */
export class UplinkFloorWatch {
  readonly #least: LeastBitrate;
  readonly #options: UplinkFloorWatchOptions;
  #entries: ReadonlyMap<string, StatsEntry> | null = null;
  #atMs = -Infinity;
  #state: UplinkFloor = noFloor;

  constructor(options: UplinkFloorWatchOptions) {
    this.#options = options;
    this.#least = new LeastBitrate(options.transport);
  }

  take(report: RTCStatsReport): void {
    const now = performance.now();
    if (now - this.#atMs < INTERVAL_MS) return;
    const entries = entriesOf(report);
    const reader = new StatsReader(entries, this.#entries ?? entries);
    this.#atMs = now;
    this.#entries = entries;
    const videos = reader.all('outbound-rtp').filter((entry) => textOf(entry, 'kind') === 'video');
    const packets = reader.growthOf(videos, 'packetsSent');
    if (packets < MIN_PACKETS) return;
    const before = this.#state.floorBps;
    this.#state = nextUplinkFloor(this.#state, {
      lossRatio: lossOf(reader, videos, packets),
      rttMs: roundTripMs(reader),
      wantedBps: this.#options.wantedBps(),
    });
    const { floorBps } = this.#state;
    if (floorBps === before) return;
    this.#options.logger.debug('least bitrate of what is sent', floorBps);
    this.#least.set(floorBps).catch((error: unknown) => {
      if (!this.#options.transport.closed) this.#options.logger.warn('the least bitrate can not be set', error);
    });
  }
}

/** The receiver does not count what came at the second attempt; of a queue that overflows little is sent a second time. */
function lossOf(reader: StatsReader, videos: readonly StatsEntry[], packets: number): number {
  const sentAgain = reader.growthOf(videos, 'retransmittedPacketsSent');
  const lost = reader.growthOf(freshReports(reader), 'packetsLost');
  return Math.min(1, Math.max(sentAgain, lost) / packets);
}

/** Where reports get lost those of the receiver tell an old one. */
function roundTripMs(reader: StatsReader): number | undefined {
  const told = freshReports(reader).map((entry) => millisecondsOf(entry, 'roundTripTime'));
  const known = [...told, millisecondsOf(selectedPair(reader), 'currentRoundTripTime')].filter(
    (ms) => ms !== undefined,
  );
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** Those of a stream that is not sent any more stand in the statistics for ever. */
function freshReports(reader: StatsReader): StatsEntry[] {
  return reader
    .all('remote-inbound-rtp')
    .filter((entry) => textOf(entry, 'kind') === 'video' && reader.intervalMs(entry) > 0);
}
