import type { DownlinkReport, UplinkReport } from '../../../protocol/networkReport.ts';
import type { WantedBitrate } from '../media/wantedBitrate.ts';
import type { LinkReading } from './LinkMeter.ts';
import { selectedPair } from './selectedPair.ts';
import { millisecondsOf, numberOf, textOf, type StatsEntry, type StatsReader } from './statsReader.ts';

/** Fewer frames than this in an interval are no measure. */
const MIN_FRAMES = 10;

/** What one reading of the sending transport says, while so much is to be sent. */
export function measureUplink(
  { reader, loss, roundTripTimeMs, blocked }: LinkReading,
  wanted: WantedBitrate,
): UplinkReport {
  const outbound = reader.all('outbound-rtp');
  const videos = outbound.filter((entry) => textOf(entry, 'kind') === 'video' && entry['active'] !== false);
  const remotes = reader.all('remote-inbound-rtp');
  const sentAgain = reader.growthOf(outbound, 'retransmittedPacketsSent');
  const sent = reader.growthOf(outbound, 'packetsSent') - sentAgain;
  const lost = reader.growthOf(remotes, 'packetsLost');
  // The server does not count as lost what it has got at the second attempt.
  loss.add(sent, lost + sentAgain);
  const audio = remotes.filter((entry) => textOf(entry, 'kind') === 'audio');
  return withoutUndefined({
    lossRatio: loss.ratio,
    roundTripTimeMs,
    // Of a video it is mostly the pacing of large frames.
    jitterMs: largest(audio, (entry) => millisecondsOf(entry, 'jitter')),
    // To the browser a video that was made smaller for the link is not held back.
    bandwidthLimitedRatio:
      wanted.heldBackBps > 0 ? 1 : largest(videos, (entry) => limitedRatio(reader, entry, 'bandwidth')),
    cpuLimitedRatio: largest(videos, (entry) => limitedRatio(reader, entry, 'cpu')),
    wantedBps: wanted.bps,
    availableBps: numberOf(selectedPair(reader), 'availableOutgoingBitrate'),
    blocked,
  });
}

/** What one reading of the receiving transport says. */
export function measureDownlink({ reader, loss, roundTripTimeMs, blocked }: LinkReading): DownlinkReport {
  // mediasoup-client's stream for probing the bandwidth is none that is watched.
  const inbound = reader.all('inbound-rtp').filter((entry) => textOf(entry, 'mid') !== 'probator');
  const lost = reader.growthOf(inbound, 'packetsLost');
  const expected = lost + reader.growthOf(inbound, 'packetsReceived');
  // What has come at the second attempt is not among the lost.
  loss.add(expected, lost + reader.growthOf(inbound, 'retransmittedPacketsReceived'));
  const videos = inbound.filter((entry) => textOf(entry, 'kind') === 'video');
  const dropped = reader.growthOf(videos, 'framesDropped');
  const frames = dropped + reader.growthOf(videos, 'framesDecoded');
  return withoutUndefined({
    lossRatio: loss.ratio,
    roundTripTimeMs,
    freezeRatio: largest(videos, (entry) => shareOfTime(reader, entry, reader.growth(entry, 'totalFreezesDuration'))),
    concealedRatio: largest(
      inbound.filter((entry) => textOf(entry, 'kind') === 'audio'),
      (entry) => concealedRatio(reader, entry),
    ),
    droppedFrameRatio: frames >= MIN_FRAMES ? clamp(dropped / frames) : undefined,
    blocked,
  });
}

function limitedRatio(reader: StatsReader, entry: StatsEntry, by: 'bandwidth' | 'cpu'): number | undefined {
  return shareOfTime(reader, entry, reader.growthIn(entry, 'qualityLimitationDurations', by));
}

/** Silence that was made up is no loss that one hears. */
function concealedRatio(reader: StatsReader, entry: StatsEntry): number | undefined {
  const samples = reader.growth(entry, 'totalSamplesReceived');
  const concealed = reader.growth(entry, 'concealedSamples') - reader.growth(entry, 'silentConcealedSamples');
  return samples > 0 ? clamp(concealed / samples) : undefined;
}

function shareOfTime(reader: StatsReader, entry: StatsEntry, seconds: number): number | undefined {
  const intervalMs = reader.intervalMs(entry);
  return intervalMs > 0 ? clamp((seconds * 1_000) / intervalMs) : undefined;
}

function largest(entries: readonly StatsEntry[], of: (entry: StatsEntry) => number | undefined): number | undefined {
  const known = entries.map(of).filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

function clamp(ratio: number): number {
  return Math.min(1, Math.max(0, ratio));
}

function withoutUndefined<T extends object>(report: T): T {
  return Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined)) as T;
}
