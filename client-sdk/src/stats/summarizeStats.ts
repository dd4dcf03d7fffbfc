import type { LayerStats, LocalTrackStats, RemoteTrackStats, TransportStats } from './RoomStats.ts';
import { selectedPair } from './selectedPair.ts';
import { millisecondsOf, numberOf, textOf, type StatsEntry, type StatsReader } from './statsReader.ts';

export function summarizeTransport(reader: StatsReader): Omit<TransportStats, 'state'> {
  const pair = selectedPair(reader);
  return {
    protocol: textOf(reader.byId(pair?.['localCandidateId']), 'protocol'),
    roundTripTimeMs: millisecondsOf(pair, 'currentRoundTripTime'),
    sentBps: pair ? reader.bitrateBps(pair, 'bytesSent') : 0,
    receivedBps: pair ? reader.bitrateBps(pair, 'bytesReceived') : 0,
    availableOutgoingBps: numberOf(pair, 'availableOutgoingBitrate'),
  };
}

export function summarizeLocalTrack(reader: StatsReader): Omit<LocalTrackStats, 'source' | 'kind'> {
  const outbound = reader.all('outbound-rtp');
  const remotes = reader.all('remote-inbound-rtp');
  const layers = outbound.map((entry) => summarizeLayer(reader, entry));
  layers.sort((a, b) => (a.width ?? 0) - (b.width ?? 0) || (a.rid ?? '').localeCompare(b.rid ?? ''));
  const largest = (field: string) => maximum(remotes.map((entry) => numberOf(entry, field)));
  return {
    codec: textOf(reader.byId(outbound[0]?.['codecId']), 'mimeType'),
    bitrateBps: layers.reduce((sum, layer) => sum + layer.bitrateBps, 0),
    layers,
    lossRatio: largest('fractionLost'),
    jitterMs: toMs(largest('jitter')),
    roundTripTimeMs: toMs(largest('roundTripTime')),
    qualityLimitation:
      outbound.map((entry) => textOf(entry, 'qualityLimitationReason')).find((why) => why && why !== 'none') ??
      textOf(outbound[0], 'qualityLimitationReason'),
  };
}

export function summarizeRemoteTrack(reader: StatsReader): Omit<RemoteTrackStats, 'participantId' | 'source' | 'kind'> {
  const [inbound] = reader.all('inbound-rtp');
  if (!inbound) return { bitrateBps: 0, packetsLost: 0, lossRatio: 0 };
  const lost = Math.max(0, reader.growth(inbound, 'packetsLost'));
  const expected = lost + reader.growth(inbound, 'packetsReceived');
  const emitted = reader.growth(inbound, 'jitterBufferEmittedCount');
  return {
    codec: textOf(reader.byId(inbound['codecId']), 'mimeType'),
    bitrateBps: reader.bitrateBps(inbound, 'bytesReceived'),
    packetsLost: numberOf(inbound, 'packetsLost') ?? 0,
    lossRatio: expected > 0 ? lost / expected : 0,
    jitterMs: millisecondsOf(inbound, 'jitter'),
    jitterBufferMs: emitted > 0 ? (reader.growth(inbound, 'jitterBufferDelay') / emitted) * 1_000 : undefined,
    width: numberOf(inbound, 'frameWidth'),
    height: numberOf(inbound, 'frameHeight'),
    framesPerSecond: numberOf(inbound, 'framesPerSecond'),
    framesDecoded: numberOf(inbound, 'framesDecoded'),
    framesDropped: numberOf(inbound, 'framesDropped'),
    freezeCount: numberOf(inbound, 'freezeCount'),
    freezesDurationMs: millisecondsOf(inbound, 'totalFreezesDuration'),
    audioLevel: numberOf(inbound, 'audioLevel'),
    audioEnergy: numberOf(inbound, 'totalAudioEnergy'),
  };
}

function summarizeLayer(reader: StatsReader, entry: StatsEntry): LayerStats {
  return {
    rid: textOf(entry, 'rid'),
    width: numberOf(entry, 'frameWidth'),
    height: numberOf(entry, 'frameHeight'),
    framesPerSecond: numberOf(entry, 'framesPerSecond'),
    bitrateBps: reader.bitrateBps(entry, 'bytesSent'),
    active: entry['active'] !== false,
  };
}

function maximum(values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

function toMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1_000;
}
