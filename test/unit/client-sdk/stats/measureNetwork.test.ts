import { expect } from 'chai';
import { measureDownlink, measureUplink } from '../../../../client-sdk/src/stats/measureNetwork.ts';
import { PooledLoss } from '../../../../client-sdk/src/stats/PooledLoss.ts';
import { StatsReader, type StatsEntry } from '../../../../client-sdk/src/stats/statsReader.ts';

interface Entry {
  id: string;
  type: string;
  [field: string]: unknown;
}

/** What a transport reads two seconds after the reading before. */
function reading(before: Entry[], now: Entry[]) {
  const at = (timestamp: number, entries: Entry[]) =>
    new Map(entries.map((entry): [string, StatsEntry] => [entry.id, { timestamp, ...entry }]));
  const reader = new StatsReader(at(2_000, now), at(0, before));
  return { reader, loss: new PooledLoss(), roundTripTimeMs: 40, blocked: false };
}

const wanted = (bps: number, heldBackBps = 0) => ({ bps, heldBackBps });

describe('what a page reports of its network', () => {
  describe('up', () => {
    const pair = { id: 'pair', type: 'candidate-pair', selected: true, availableOutgoingBitrate: 600_000 };
    const video = { id: 'video', type: 'outbound-rtp', kind: 'video', active: true };
    const remote = { id: 'remote', type: 'remote-inbound-rtp', kind: 'video' };

    it('is loss, delay and what holds the encoder back', () => {
      const before = [
        {
          ...video,
          packetsSent: 100,
          retransmittedPacketsSent: 0,
          qualityLimitationDurations: { bandwidth: 3, cpu: 1 },
        },
        { ...remote, packetsLost: 7 },
      ];
      const now = [
        pair,
        {
          ...video,
          packetsSent: 230,
          retransmittedPacketsSent: 30,
          qualityLimitationDurations: { bandwidth: 4.5, cpu: 1.5 },
        },
        { ...remote, packetsLost: 12, jitter: 0.3 },
        { id: 'voice', type: 'remote-inbound-rtp', kind: 'audio', jitter: 0.012 },
      ];
      expect(measureUplink(reading(before, now), wanted(2_000_000))).to.deep.equal({
        // 30 were sent again and 5 never came, of 100 that are new.
        lossRatio: 0.35,
        roundTripTimeMs: 40,
        jitterMs: 12,
        bandwidthLimitedRatio: 0.75,
        cpuLimitedRatio: 0.25,
        wantedBps: 2_000_000,
        availableBps: 600_000,
        blocked: false,
      });
    });

    it('leaves out what a browser does not tell, and a loss of too few packets', () => {
      const now = [{ ...video, packetsSent: 20 }];
      expect(measureUplink(reading([{ ...video, packetsSent: 0 }], now), wanted(0))).to.deep.equal({
        roundTripTimeMs: 40,
        bandwidthLimitedRatio: 0,
        cpuLimitedRatio: 0,
        wantedBps: 0,
        blocked: false,
      });
    });

    it('takes a video that is made smaller for the link for one that the link holds back', () => {
      const free = { ...video, qualityLimitationDurations: { bandwidth: 0 } };
      const report = measureUplink(reading([free], [free]), wanted(2_000_000, 1_400_000));
      expect(report).to.include({ bandwidthLimitedRatio: 1, wantedBps: 2_000_000 });
    });

    it('does not mind a layer that is switched off', () => {
      const off = { ...video, active: false, qualityLimitationDurations: { bandwidth: 2 } };
      const report = measureUplink(
        reading([{ ...off, qualityLimitationDurations: { bandwidth: 0 } }], [off]),
        wanted(0),
      );
      expect(report).to.not.have.property('bandwidthLimitedRatio');
    });
  });

  describe('down', () => {
    const video = { id: 'video', type: 'inbound-rtp', kind: 'video' };
    const audio = { id: 'audio', type: 'inbound-rtp', kind: 'audio' };

    it('is loss over all that is received, and the worst of what is seen and heard', () => {
      const before = [
        { ...video, packetsReceived: 0, packetsLost: 0, framesDecoded: 0, framesDropped: 0, totalFreezesDuration: 1 },
        { ...audio, packetsReceived: 0, packetsLost: 0, totalSamplesReceived: 0, concealedSamples: 0 },
      ];
      const now = [
        {
          ...video,
          packetsReceived: 150,
          packetsLost: 10,
          retransmittedPacketsReceived: 20,
          framesDecoded: 30,
          framesDropped: 10,
          totalFreezesDuration: 1.5,
        },
        {
          ...audio,
          packetsReceived: 30,
          packetsLost: 10,
          totalSamplesReceived: 96_000,
          concealedSamples: 19_200,
          silentConcealedSamples: 9_600,
        },
      ];
      expect(measureDownlink(reading(before, now))).to.deep.equal({
        lossRatio: 0.2,
        roundTripTimeMs: 40,
        freezeRatio: 0.25,
        concealedRatio: 0.1,
        droppedFrameRatio: 0.25,
        blocked: false,
      });
    });

    it('does not count the stream that only probes the bandwidth', () => {
      const probe = { ...video, id: 'probe', mid: 'probator', packetsReceived: 100, packetsLost: 100 };
      expect(measureDownlink(reading([], [probe]))).to.deep.equal({ roundTripTimeMs: 40, blocked: false });
    });

    it('is never outside of its limits, whatever a browser counts', () => {
      const before = [{ ...video, packetsReceived: 0, packetsLost: 40, totalFreezesDuration: 0, framesDropped: 20 }];
      const now = [
        {
          ...video,
          packetsReceived: 90,
          packetsLost: 10,
          totalFreezesDuration: 9,
          framesDropped: 10,
          framesDecoded: 40,
        },
      ];
      expect(measureDownlink(reading(before, now))).to.include({ lossRatio: 0, freezeRatio: 1, droppedFrameRatio: 0 });
    });
  });
});
