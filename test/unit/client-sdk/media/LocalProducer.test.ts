import { expect } from 'chai';
import type { types } from 'mediasoup-client';
import { LocalProducer } from '../../../../client-sdk/src/media/LocalProducer.ts';
import type { MediaTransport } from '../../../../client-sdk/src/media/MediaTransport.ts';
import { videoPublishPlan } from '../../../../client-sdk/src/policies/publishPolicy.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';
import { usePageClock } from '../fakes/pageClock.ts';
import { silentLogger } from '../fakes/silentLogger.ts';
import { statsReport } from '../fakes/statsReport.ts';

describe('LocalProducer', () => {
  const { passUntil } = usePageClock();

  it('plans for what the camera gives, whatever a converted track tells of itself', async () => {
    const asked: types.ProducerOptions[] = [];
    const produce = (options: types.ProducerOptions) => Promise.resolve(void asked.push(options));
    const size = { width: 640, height: 360, frameRate: 15 };
    await LocalProducer.create({ transport: { produce } } as unknown as MediaTransport, {
      logger: silentLogger,
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

  describe('in three sizes', () => {
    const hd = { width: 1_280, height: 720, frameRate: 15 };
    /** What the browser was asked to send, one after the other; it takes it, unless `refuses`. */
    async function make(inactive = false) {
      const state = { refuses: false };
      const asked: RTCRtpEncodingParameters[][] = [];
      const { encodings } = videoPublishPlan({ source: 'camera', profile: 'standard', codec: 'vp8', ...hd });
      const rtpSender = {
        getParameters: () => ({ encodings: encodings.map((encoding) => ({ ...encoding })) }),
        setParameters: (parameters: RTCRtpSendParameters) => {
          asked.push(parameters.encodings);
          if (!state.refuses) return Promise.resolve();
          return Promise.reject(new DOMException('another change is not over', 'InvalidStateError'));
        },
      };
      const rtpParameters = { mid: '0', encodings: encodings.map((_, layer) => ({ rid: `r${layer}` })) };
      const produced = { closed: false, rtpSender, rtpParameters };
      const transport = { transport: { produce: () => Promise.resolve(produced) } };
      const local = await LocalProducer.create(transport as unknown as MediaTransport, {
        logger: silentLogger,
        source: 'camera',
        profile: 'standard',
        track: fakeTrack('video', hd),
        size: hd,
        inactive,
      });
      asked.length = 0;
      return { local, state, asked };
    }

    it('makes those that rest from what the camera gives now, and gives room to its frame rate', async () => {
      const { local, asked } = await make();
      await local.sendLayers(1, hd);
      expect(local.sends(1, hd)).to.equal(true);
      const other = { width: 1_920, height: 1_080, frameRate: 60 };
      expect(local.sends(1, other)).to.equal(false);
      await local.sendLayers(1, other);
      expect(asked[1]?.[0]).to.include({ maxFramerate: 120, scaleResolutionDownBy: 4 });
      expect(asked[1]?.slice(1).map((encoding) => encoding.scaleResolutionDownBy)).to.deep.equal([24, 24]);
    });

    it('has nothing to change for another size where none rests', async () => {
      const { local } = await make();
      expect(local.sends(3, { ...hd, width: 640 })).to.equal(true);
      await local.sendLayers(0, hd);
      expect(local.sends(0, { ...hd, width: 640 })).to.equal(true);
    });

    it('has something else to send when a look finds that the link does not carry all of it', async () => {
      const { local, asked } = await make();
      const stream = (layer: number, targetBitrate: number) =>
        ({ type: 'outbound-rtp', kind: 'video', mid: '0', rid: `r${layer}`, targetBitrate, framesSent: 9 }) as const;
      const stopped = statsReport([
        { type: 'candidate-pair', selected: true, availableOutgoingBitrate: 80_000 },
        ...[stream(0, 60_000), stream(1, 0), stream(2, 0)],
      ]);
      // What an encoder gets that is only just set up says nothing.
      await passUntil('a look that counts', () => local.look(stopped));
      expect(local.sends(3, hd)).to.equal(false);
      expect(local.heldBackBps).to.be.greaterThan(0);
      await local.sendLayers(3, hd);
      expect(local.sends(3, hd)).to.equal(true);
      expect(asked[0]?.map(({ active }) => active)).to.deep.equal([false, false, true]);
      expect(asked[0]?.[2]?.scaleResolutionDownBy).to.be.greaterThan(1);
    });

    it('lives on where the browser refuses a change, and does not ask for the same again', async () => {
      const { local, state, asked } = await make();
      state.refuses = true;
      await local.sendLayers(1, hd);
      expect(asked).to.have.lengthOf(2);
      expect(local.sends(1, hd)).to.equal(true);
      state.refuses = false;
      await local.sendLayers(3, hd);
      expect(local.sends(3, hd)).to.equal(true);
    });

    it('fails where not even the first picture can be sent', async () => {
      const { local, state } = await make(true);
      state.refuses = true;
      expect(await local.sendLayers(3, hd).catch((error: unknown) => error)).to.be.instanceOf(DOMException);
    });
  });
});
