import { expect } from 'chai';
import fc from 'fast-check';
import {
  audioPublishPlan,
  defaultProfile,
  videoPublishPlan,
  type VideoToPublish,
} from '../../../../client-sdk/src/policies/publishPolicy.ts';

const hd: VideoToPublish = {
  source: 'camera',
  profile: 'standard',
  codec: 'vp8',
  width: 1_280,
  height: 720,
  frameRate: 30,
};

describe('the publish policy for video', () => {
  const layers: [what: string, video: VideoToPublish, scales: (number | undefined)[], mode: string][] = [
    ['a camera of 1280 x 720 in three sizes', hd, [4, 2, 1], 'L1T2'],
    ['the cup in three sizes', { ...hd, source: 'teaCloseUp', profile: 'tea' }, [4, 2, 1], 'L1T2'],
    ['H.264 in three sizes', { ...hd, codec: 'h264' }, [4, 2, 1], 'L1T2'],
    ['a phone held upright in three sizes', { ...hd, width: 720, height: 1_280 }, [4, 2, 1], 'L1T2'],
    ['a camera of 640 x 360 in two sizes', { ...hd, width: 640, height: 360 }, [2, 1], 'L1T2'],
    ['a camera of 320 x 240 in one size', { ...hd, width: 320, height: 240 }, [1], 'L1T1'],
    [
      'a small one in two sizes where that is asked for',
      { ...hd, width: 320, height: 240, simulcast: true },
      [2, 1],
      'L1T2',
    ],
    ['a large one in one size where that is asked for', { ...hd, simulcast: false }, [1], 'L1T1'],
    ['VP9 in three sizes that build on each other', { ...hd, codec: 'vp9' }, [1], 'L3T2_KEY'],
    ['AV1 in one size, whatever is asked for', { ...hd, codec: 'av1', simulcast: true }, [1], 'L1T2'],
    ['VP9 of 640 x 360 in two sizes', { ...hd, codec: 'vp9', width: 640, height: 360 }, [1], 'L2T2_KEY'],
    ['a small VP9 with temporal layers', { ...hd, codec: 'vp9', width: 320, height: 240 }, [1], 'L1T2'],
    ['VP9 in one size where that is asked for', { ...hd, codec: 'vp9', simulcast: false }, [1], 'L1T2'],
    ['the screen in one size', { ...hd, source: 'screen', frameRate: 15 }, [undefined], 'L1T1'],
  ];
  for (const [what, video, scales, mode] of layers) {
    it(`sends ${what}`, () => {
      const { encodings } = videoPublishPlan(video);
      expect(encodings.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).to.deep.equal(scales);
      expect(new Set(encodings.map(({ scalabilityMode }) => scalabilityMode))).to.deep.equal(new Set([mode]));
    });
  }

  it('takes the cup for tea and everything else for what it always was', () => {
    expect(defaultProfile('teaCloseUp')).to.equal('tea');
    expect(defaultProfile('camera')).to.equal('standard');
    expect(defaultProfile('screen')).to.equal('standard');
  });

  it('gives tea more bits than a person', () => {
    const total = (profile: 'standard' | 'tea') =>
      videoPublishPlan({ ...hd, profile }).encodings.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0);
    expect(total('standard')).to.be.within(2_200_000, 3_000_000);
    expect(total('tea')).to.be.greaterThan(total('standard'));
  });

  it('has a smallest size that 300 kbps carry beside a voice, whatever is sent', () => {
    const cameras = [hd, { ...hd, profile: 'tea' as const }, { ...hd, codec: 'h264' as const }];
    for (const video of cameras)
      expect(videoPublishPlan(video).encodings[0]?.maxBitrate).to.be.within(100_000, 220_000);
  });

  it('holds a floor under tea alone, low enough for the weakest link that is served', () => {
    expect(videoPublishPlan(hd).minBitrateKbps).to.equal(undefined);
    expect(videoPublishPlan({ ...hd, source: 'screen' }).minBitrateKbps).to.equal(undefined);
    expect(videoPublishPlan({ ...hd, profile: 'tea' }).minBitrateKbps).to.be.within(60, 84);
  });

  it('begins with room for a key frame where nobody set a limit', () => {
    const small = { ...hd, width: 640, height: 360 };
    expect(videoPublishPlan(small).startBitrateKbps).to.be.greaterThan(1_500);
    expect(videoPublishPlan({ ...small, maxBitrateBps: 300_000 }).startBitrateKbps).to.equal(300);
  });

  it('keeps the size of tea and screen when the link is weak', () => {
    const preference = (change: Partial<VideoToPublish>) =>
      videoPublishPlan({ ...hd, ...change }).degradationPreference;
    expect(preference({})).to.equal('balanced');
    expect(preference({ profile: 'tea' })).to.equal('maintain-resolution');
    expect(preference({ source: 'screen' })).to.equal('maintain-resolution');
  });

  it('says that detail counts only of the screen, since the encoder treats such a video as a slide show', () => {
    expect(videoPublishPlan(hd).contentHint).to.equal('');
    expect(videoPublishPlan({ ...hd, source: 'screen' }).contentHint).to.equal('detail');
  });

  it('stays within the bitrate that was asked for, and begins no higher than it may go', () => {
    const sizes = fc.record({
      width: fc.integer({ min: 16, max: 7_680 }),
      height: fc.integer({ min: 16, max: 4_320 }),
      frameRate: fc.integer({ min: 1, max: 120 }),
      codec: fc.constantFrom('vp8' as const, 'h264' as const, 'vp9' as const, 'av1' as const),
      source: fc.constantFrom('camera' as const, 'teaCloseUp' as const, 'screen' as const),
      profile: fc.constantFrom('standard' as const, 'tea' as const),
    });
    fc.assert(
      fc.property(sizes, fc.option(fc.integer({ min: 100_000, max: 20_000_000 })), (size, wanted) => {
        const { encodings, startBitrateKbps } = videoPublishPlan({ ...size, maxBitrateBps: wanted ?? undefined });
        const total = encodings.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0);
        expect(encodings.every(({ maxBitrate }) => Number.isInteger(maxBitrate) && maxBitrate > 0)).to.equal(true);
        if (wanted !== null) expect(total).to.be.closeTo(wanted, encodings.length);
        expect(startBitrateKbps).to.be.at.most(2_500);
        if (wanted === null) expect(startBitrateKbps).to.be.at.least(Math.min(Math.floor(total / 1_000), 2_500));
        else expect(startBitrateKbps).to.be.at.most(Math.ceil(total / 1_000));
      }),
    );
  });
});

describe('the publish policy for audio', () => {
  const speech = { opusFec: true, opusNack: true, opusDtx: true, opusStereo: false, opusMaxAverageBitrate: 40_000 };
  const sound = { opusFec: true, opusNack: true, opusDtx: false, opusStereo: false, opusMaxAverageBitrate: 96_000 };
  const cases: [what: string, plan: object, expected: object][] = [
    ['a microphone as speech', audioPublishPlan('microphone', { noiseSuppression: true, channelCount: 1 }), speech],
    ['an unknown microphone as speech', audioPublishPlan('microphone', {}), speech],
    [
      'a microphone that shall hear the water as sound',
      audioPublishPlan('microphone', { noiseSuppression: false }),
      sound,
    ],
    [
      'a shared tab as stereo sound',
      audioPublishPlan('screenAudio', { channelCount: 2 }),
      { ...sound, opusStereo: true },
    ],
  ];
  for (const [what, plan, expected] of cases) {
    it(`sends ${what}`, () => expect(plan).to.deep.equal(expected));
  }
});
