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
