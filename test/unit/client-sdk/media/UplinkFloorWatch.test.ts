import { expect } from 'chai';
import type { types } from 'mediasoup-client';
import { UplinkFloorWatch } from '../../../../client-sdk/src/media/UplinkFloorWatch.ts';
import type { Logger } from '../../../../client-sdk/src/Logger.ts';
import { usePageClock } from '../fakes/pageClock.ts';
import { statsReport } from '../fakes/statsReport.ts';

const WANTED_BPS = 650_000;

interface Second {
  sentAgain?: number;
  lost?: number;
  rttMs?: number;
  kind?: string;
}

describe('the watch over the floor of an uplink', () => {
  const { pass } = usePageClock();

  /** Looks each second at 100 more packets. @returns what the floor was set to, in kbps */
  async function watch(seconds: readonly Second[]): Promise<number[]> {
    const floors: number[] = [];
    const connection = {
      signalingState: 'stable',
      createOffer: async () => ({ type: 'offer' }),
      setLocalDescription: async () => undefined,
      setRemoteDescription: async ({ sdp }: { sdp: string }) =>
        void floors.push(Number(/min-bitrate=(\d+)/.exec(sdp)?.[1])),
    };
    const sdp = 'a=fmtp:96 x-google-start-bitrate=2500;x-google-min-bitrate=80';
    const transport = {
      closed: false,
      handler: { _pc: connection, _remoteSdp: { getSdp: () => sdp } },
      _awaitQueue: { push: (task: () => Promise<unknown>) => task() },
    } as unknown as types.Transport;
    const floor = new UplinkFloorWatch({
      transport,
      wantedBps: () => WANTED_BPS,
      logger: { debug: () => undefined } as unknown as Logger,
    });
    let [packets, again, lost] = [0, 0, 0];
    for (const [index, { sentAgain = 0, lost: lostNow = 0, rttMs = 20, kind = 'video' }] of seconds.entries()) {
      packets += 100;
      again += sentAgain;
      lost += lostNow;
      const [timestamp, roundTripTime] = [index * 1_000, rttMs / 1_000];
      floor.take(
        statsReport([
          { type: 'candidate-pair', id: '0', selected: true, currentRoundTripTime: 0.02 },
          { type: 'outbound-rtp', id: '1', kind, timestamp, packetsSent: packets, retransmittedPacketsSent: again },
          { type: 'remote-inbound-rtp', id: '2', kind, timestamp, packetsLost: lost, roundTripTime },
          // Of a stream that was stopped long ago.
          { type: 'remote-inbound-rtp', id: '3', kind, timestamp: 0, packetsLost: 50, roundTripTime: 2 },
        ]),
      );
      await pass(1_000);
    }
    return floors;
  }
  const seconds = (count: number, second: Second) => Array.from({ length: count }, () => second);

  it('holds what is sent where packets are lost by chance, and lets go when none are any more', async () => {
    expect(await watch([{}, ...seconds(6, { sentAgain: 20 })])).to.deep.equal([650]);
    expect(await watch([{}, ...seconds(6, { lost: 20 })])).to.deep.equal([650]);
    expect(await watch([{}, ...seconds(6, { sentAgain: 20 }), ...seconds(20, {})])).to.deep.equal([650, 80]);
  });

  it('leaves a queue that fills to the browser', async () => {
    expect(await watch([{}, {}, ...seconds(10, { sentAgain: 20, rttMs: 300 })])).to.deep.equal([]);
  });

  it('does not look at sound', async () => {
    expect(await watch([{}, ...seconds(6, { sentAgain: 20, kind: 'audio' })])).to.deep.equal([]);
  });
});
