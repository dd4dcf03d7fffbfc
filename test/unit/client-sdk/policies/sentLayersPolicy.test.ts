import { expect } from 'chai';
import { videoPublishPlan, type VideoToPublish } from '../../../../client-sdk/src/policies/publishPolicy.ts';
import { sentEncodings } from '../../../../client-sdk/src/policies/sentLayersPolicy.ts';

const hd: VideoToPublish = {
  source: 'camera',
  profile: 'standard',
  codec: 'vp8',
  width: 1_280,
  height: 720,
  frameRate: 30,
};
const sent = (layers: number, change: Partial<VideoToPublish> = {}) =>
  sentEncodings(videoPublishPlan({ ...hd, ...change }), layers);

describe('the policy of sent layers', () => {
  it('sends what was planned where all layers are wanted', () => {
    for (const codec of ['vp8', 'h264', 'vp9', 'av1'] as const) {
      const { encodings, layerBitrates } = videoPublishPlan({ ...hd, codec });
      const all = sent(layerBitrates.length, { codec });
      expect(all.map(({ active }) => active)).to.deep.equal(encodings.map(() => true));
      expect(all.map(({ maxBitrate }) => maxBitrate)).to.deep.equal(encodings.map(({ maxBitrate }) => maxBitrate));
      expect(all.map(({ maxFramerate }) => maxFramerate)).to.deep.equal(encodings.map(() => undefined));
    }
  });

  it('sends nothing at all where nobody watches', () => {
    for (const codec of ['vp8', 'vp9'] as const) {
      expect(sent(0, { codec }).map(({ active }) => active)).to.not.include(true);
    }
    expect(sent(0, { source: 'screen' }).map(({ active }) => active)).to.deep.equal([false]);
  });

  it('lets the larger streams of simulcast rest while a smaller one is watched', () => {
    const [small, middle, large] = sent(1);
    expect(small).to.include({ active: true, scaleResolutionDownBy: 4 });
    for (const resting of [middle, large]) {
      expect(resting).to.include({ active: true, scaleResolutionDownBy: 16, maxFramerate: 2, maxBitrate: 30_000 });
    }
  });

  it('does not let the frame rate of those that rest hold for the others', () => {
    const [small, middle, large] = sent(2);
    expect([small, middle].map((encoding) => encoding?.maxFramerate)).to.deep.equal([60, 60]);
    expect(large?.maxFramerate).to.equal(2);
  });

  describe('on a link that does not carry all of it', () => {
    const onStep = (layers: number, smaller: number, shrink: number | null, change: Partial<VideoToPublish> = {}) =>
      sentEncodings(videoPublishPlan({ ...hd, ...change }), layers, { smaller, shrink, largestBps: 700_000 });

    it('makes the largest stream smaller, in size and bitrate, and stops those that it is then no larger than', () => {
      const [small, middle, large] = onStep(3, 1, 2);
      expect([small, middle, large].map((encoding) => encoding?.active)).to.deep.equal([true, false, true]);
      expect(large).to.include({ scaleResolutionDownBy: 2, maxBitrate: 700_000 });
      expect(small).to.deep.equal(sent(3)[0]);
    });

    it('stops the largest where the smallest goes on alone', () => {
      expect(onStep(3, 1, null).map(({ active }) => active)).to.deep.equal([true, false, false]);
      expect(onStep(3, 1, null)[0]).to.deep.equal(sent(3)[0]);
    });

    it('lets larger ones rest all the same where only a smaller one is watched', () => {
      const [small, middle, large] = onStep(2, 0, 2);
      expect(small?.active).to.equal(false);
      expect(middle).to.include({ active: true, scaleResolutionDownBy: 4, maxFramerate: 60 });
      expect(large).to.deep.equal(sent(2)[2]);
    });

    it('is what is sent by itself where nothing is held back', () => {
      expect(onStep(3, 2, 1)).to.deep.equal(sent(3));
      expect(onStep(2, 1, 1)).to.deep.equal(sent(2));
    });
  });

  it('takes the largest layers off SVC, so that those below stay the same', () => {
    const { layerBitrates } = videoPublishPlan({ ...hd, codec: 'vp9' });
    expect(sent(1, { codec: 'vp9' })[0]).to.include({
      scalabilityMode: 'L1T2',
      scaleResolutionDownBy: 4,
      maxBitrate: layerBitrates[0],
    });
    expect(sent(2, { codec: 'vp9' })[0]).to.include({ scalabilityMode: 'L2T2_KEY', scaleResolutionDownBy: 2 });
  });

  it('keeps the limit of a screen', () => {
    expect(sent(1, { source: 'screen', frameRate: 5 })[0]).to.include({ active: true, maxFramerate: 5 });
  });

  it('takes a server at its word that wants more than there is', () => {
    expect(sent(7)).to.deep.equal(sent(3));
  });
});
