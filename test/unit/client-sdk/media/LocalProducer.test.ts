import { expect } from 'chai';
import type { types } from 'mediasoup-client';
import { LocalProducer } from '../../../../client-sdk/src/media/LocalProducer.ts';
import type { MediaTransport } from '../../../../client-sdk/src/media/MediaTransport.ts';
import { videoPublishPlan } from '../../../../client-sdk/src/policies/publishPolicy.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';

describe('LocalProducer', () => {
  it('plans for what the camera gives, whatever a converted track tells of itself', async () => {
    const asked: types.ProducerOptions[] = [];
    const produce = (options: types.ProducerOptions) => Promise.resolve(void asked.push(options));
    const size = { width: 640, height: 360, frameRate: 15 };
    await LocalProducer.create({ transport: { produce } } as unknown as MediaTransport, {
      source: 'camera',
      profile: 'standard',
      track: fakeTrack('video', { width: 320, height: 180, frameRate: 30 }),
      size,
      inactive: true,
    }).catch(() => undefined);
    const plan = videoPublishPlan({ source: 'camera', profile: 'standard', codec: 'vp8', ...size });
    expect(asked[0]?.encodings?.map(({ maxBitrate }) => maxBitrate)).to.deep.equal(
      plan.encodings.map(({ maxBitrate }) => maxBitrate),
    );
  });
});
