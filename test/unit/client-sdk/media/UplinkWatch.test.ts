import { expect } from 'chai';
import { UplinkWatch } from '../../../../client-sdk/src/media/UplinkWatch.ts';
import { videoPublishPlan } from '../../../../client-sdk/src/policies/publishPolicy.ts';
import { usePageClock } from '../fakes/pageClock.ts';
import { statsReport } from '../fakes/statsReport.ts';

const MID = '1';

/** A look at a transport over which a close-up and the video of another `mid` go: what Chromium gives to each stream. */
function look(availableBps: number | undefined, given: readonly number[], others = 0, framesSent = 1_000) {
  const outbound = (mid: string, targetBitrate: number, rid?: string) => ({
    type: 'outbound-rtp',
    kind: 'video',
    mid,
    targetBitrate,
    // A lone packet may probe the path.
    packetsSent: framesSent + 1,
    framesSent,
    ...(rid ? { rid } : {}),
  });
  return statsReport([
    { type: 'candidate-pair', selected: true, availableOutgoingBitrate: availableBps },
    ...given.map((bps, layer) => outbound(MID, bps, `r${layer}`)),
    outbound('2', others),
  ]);
}

function make(layers = 3) {
  const plan = videoPublishPlan({
    ...{ source: 'teaCloseUp', profile: 'tea', codec: 'vp8' },
    ...{ width: 1_280, height: 720, frameRate: 30 },
  });
  const encodings = plan.encodings.map((_, layer) => ({ rid: `r${layer}` }));
  const watch = new UplinkWatch({ plan, rtpParameters: { mid: MID, encodings } });
  watch.want(layers);
  return watch;
}

const whole = look(6_000_000, [150_000, 600_000, 2_600_000]);
const stopped = look(900_000, [150_000, 600_000, 0]);

describe('the watch over an uplink', () => {
  const { pass } = usePageClock();

  /** One that has looked at an encoder which is not new any more. */
  async function watching(layers = 3): Promise<UplinkWatch> {
    const watch = make(layers);
    await pass(1_000);
    return watch;
  }

  it('changes nothing while all is given', async () => {
    const watch = await watching();
    expect(watch.take(whole)).to.equal(false);
    expect(watch.step).to.include({ smaller: 2, shrink: 1 });
    expect(watch.heldBackBps).to.equal(0);
  });

  it('takes less for right when the largest stream is stopped, and tells how much less', async () => {
    const watch = await watching();
    expect(watch.take(stopped)).to.equal(true);
    expect(watch.step?.shrink).to.be.greaterThan(1);
    expect(watch.heldBackBps).to.be.greaterThan(1_000_000);
    expect(watch.take(stopped)).to.equal(false);
  });

  it('takes a stream that was never sent for one of a size that the picture has not, and the link for none the worse', async () => {
    const watch = await watching();
    expect(watch.take(look(6_000_000, [150_000, 600_000, 0], 0, 0))).to.equal(false);
    await pass(1_000);
    expect(watch.take(look(6_000_000, [150_000, 600_000, 0], 0, 0))).to.equal(false);
    expect(watch.step).to.include({ smaller: 2, shrink: 1 });
    expect(watch.heldBackBps).to.equal(0);
  });

  it('takes less for right where packets wait in the page for their turn, by those since the look before', async () => {
    const watch = await watching();
    const queue = (packetsSent: number, totalPacketSendDelay: number) =>
      statsReport([
        { type: 'candidate-pair', selected: true, availableOutgoingBitrate: 3_000_000 },
        ...[150_000, 600_000, 1_600_000].map((targetBitrate, layer) => ({
          ...{ type: 'outbound-rtp', kind: 'video', mid: MID, rid: `r${layer}`, targetBitrate, framesSent: 9 },
          ...(layer === 2 ? { packetsSent, totalPacketSendDelay } : {}),
        })),
      ]);
    expect(watch.take(queue(1_000, 10))).to.equal(false);
    const looks: boolean[] = [];
    for (const [packets, seconds] of [
      [1_100, 60],
      [1_200, 110],
    ] as const) {
      await pass(400);
      looks.push(watch.take(queue(packets, seconds)));
    }
    expect(looks).to.deep.equal([false, true]);
  });

  it('goes by the largest stream that is wanted: those above it rest', async () => {
    const watch = await watching(2);
    expect(watch.take(look(800_000, [150_000, 500_000, 0]))).to.equal(false);
    expect(watch.take(look(600_000, [150_000, 0, 0]))).to.equal(true);
    expect(watch.step).to.include({ smaller: 0 });
  });

  it('keeps to what the link carried when more is watched, and also after a while without anyone', async () => {
    const watch = await watching();
    watch.take(stopped);
    const { step } = watch;
    watch.want(0);
    expect(watch.step).to.include({ shrink: 1 });
    watch.want(3);
    expect(watch.step).to.include({ smaller: step!.smaller, shrink: step!.shrink });
  });

  it('does not judge by the video of another source, nor where the browser does not tell what it gives', async () => {
    const watch = await watching();
    expect(watch.take(look(900_000, [], 600_000))).to.equal(false);
    expect(watch.take(look(undefined, [150_000, 600_000, 0]))).to.equal(false);
    expect(watch.take(look(900_000, [0, 0, 0]))).to.equal(false);
    expect(watch.take(statsReport([]))).to.equal(false);
  });
});
