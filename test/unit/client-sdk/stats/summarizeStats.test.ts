import { expect } from 'chai';
import { StatsReader, type StatsEntry } from '../../../../client-sdk/src/stats/statsReader.ts';
import {
  summarizeLocalTrack,
  summarizeRemoteTrack,
  summarizeTransport,
} from '../../../../client-sdk/src/stats/summarizeStats.ts';

interface Entry {
  id: string;
  type: string;
  [field: string]: unknown;
}

/** Readings two seconds apart. */
function reader(before: Entry[], now: Entry[]): StatsReader {
  const at = (timestamp: number, entries: Entry[]) =>
    new Map(entries.map((entry): [string, StatsEntry] => [entry.id, { timestamp, ...entry }]));
  return new StatsReader(at(2_000, now), at(0, before));
}

describe('summaries of statistics', () => {
  it('tell the path and the rates of a transport', () => {
    const pair = { id: 'pair', type: 'candidate-pair', localCandidateId: 'local' };
    const summary = summarizeTransport(
      reader(
        [{ ...pair, bytesSent: 1_000, bytesReceived: 0 }],
        [
          { id: 'transport', type: 'transport', selectedCandidatePairId: 'pair' },
          {
            ...pair,
            bytesSent: 251_000,
            bytesReceived: 2_500,
            currentRoundTripTime: 0.025,
            availableOutgoingBitrate: 9e5,
          },
          { id: 'local', type: 'local-candidate', protocol: 'udp' },
        ],
      ),
    );
    expect(summary).to.deep.equal({
      protocol: 'udp',
      roundTripTimeMs: 25,
      sentBps: 1_000_000,
      receivedBps: 10_000,
      availableOutgoingBps: 900_000,
    });
  });

  it('find the selected pair where a browser has no transport object', () => {
    const pair = { id: 'pair', type: 'candidate-pair', selected: true, currentRoundTripTime: 0.01 };
    expect(summarizeTransport(reader([], [pair])).roundTripTimeMs).to.equal(10);
  });

  it('order the layers of a camera by size and name what holds it back', () => {
    const large = { id: 'b', type: 'outbound-rtp', rid: 'r1', frameWidth: 1_280, codecId: 'codec', active: true };
    const small = { id: 'a', type: 'outbound-rtp', rid: 'r0', frameWidth: 640, codecId: 'codec', active: false };
    const summary = summarizeLocalTrack(
      reader(
        [
          { ...large, bytesSent: 0 },
          { ...small, bytesSent: 0 },
        ],
        [
          { ...large, bytesSent: 250_000, qualityLimitationReason: 'bandwidth' },
          { ...small, bytesSent: 125_000, qualityLimitationReason: 'none' },
          { id: 'codec', type: 'codec', mimeType: 'video/VP8' },
          { id: 'r', type: 'remote-inbound-rtp', fractionLost: 0.02, jitter: 0.004, roundTripTime: 0.03 },
          { id: 's', type: 'remote-inbound-rtp', fractionLost: 0.01, jitter: 0.001 },
        ],
      ),
    );
    expect(summary).to.deep.include({
      codec: 'video/VP8',
      bitrateBps: 1_500_000,
      lossRatio: 0.02,
      jitterMs: 4,
      roundTripTimeMs: 30,
      qualityLimitation: 'bandwidth',
    });
    expect(summary.layers.map(({ rid, active, bitrateBps }) => [rid, active, bitrateBps])).to.deep.equal([
      ['r0', false, 500_000],
      ['r1', true, 1_000_000],
    ]);
  });

  it('count the loss since the reading before, not since the beginning', () => {
    const inbound = { id: 'in', type: 'inbound-rtp' };
    const summary = summarizeRemoteTrack(
      reader(
        [{ ...inbound, packetsLost: 50, packetsReceived: 100, jitterBufferDelay: 1, jitterBufferEmittedCount: 10 }],
        [
          {
            ...inbound,
            packetsLost: 60,
            packetsReceived: 190,
            jitterBufferDelay: 2,
            jitterBufferEmittedCount: 60,
            bytesReceived: 50_000,
            frameWidth: 640,
            totalFreezesDuration: 1.5,
          },
        ],
      ),
    );
    expect(summary).to.deep.include({
      packetsLost: 60,
      lossRatio: 0.1,
      jitterBufferMs: 20,
      bitrateBps: 200_000,
      width: 640,
      freezesDurationMs: 1_500,
    });
  });

  it('have no rates at the first reading, and nothing at all before the first packet', () => {
    const inbound = { id: 'in', type: 'inbound-rtp', bytesReceived: 1_000 };
    expect(summarizeRemoteTrack(reader([], [inbound])).bitrateBps).to.equal(0);
    expect(summarizeRemoteTrack(reader([], []))).to.deep.equal({ bitrateBps: 0, packetsLost: 0, lossRatio: 0 });
  });
});
