import { expect } from 'chai';
import { ColorPath } from '../../../../../client-sdk/src/color/pipeline/ColorPath.ts';
import type { ColorPathOptions } from '../../../../../client-sdk/src/color/pipeline/ColorPath.ts';
import { waitFor } from '../../../../helpers/waitFor.ts';
import { frameTrack, useBreakoutBox } from '../../fakes/breakoutBox.ts';
import { BrokenVideoFrame, openFrames } from '../../fakes/FakeVideoFrame.ts';
import { rejection } from '../../fakes/rejection.ts';
import { silentLogger } from '../../fakes/silentLogger.ts';
import { noCorrection } from '../corrections.ts';

const brighter = { ...noCorrection, gains: [1.5, 1.5, 1.5] as const };

describe('ColorPath', () => {
  const { generators, give } = useBreakoutBox();
  const paths: ColorPath[] = [];
  const open = (options: Partial<ColorPathOptions> = {}) => {
    const source = frameTrack();
    const published: MediaStreamTrack[] = [];
    const failures: string[] = [];
    const path = new ColorPath({
      source,
      profile: 'tea',
      codec: 'vp8',
      logger: silentLogger,
      changed: (output) => published.push(output),
      correctionFailed: ({ code }) => failures.push(code),
      ...options,
    });
    paths.push(path);
    return { path, source, published, failures };
  };
  const written = (index = 0) => generators[index]?.written ?? [];
  const frames = async (index = 0) => {
    const before = written(index).length;
    await waitFor('further frames', () => written(index).length > before + 1);
  };
  const isConverted = ({ output }: ColorPath) => (output as unknown) === generators.at(-1);

  afterEach(async () => {
    for (const path of paths.splice(0)) path.close();
    await waitFor('every frame to be closed', () => openFrames.size === 0);
  });

  it('sends a camera as it is where its colours fit the codec, and takes one frame to see that', async () => {
    const { path, source, published } = open();
    expect(source.readers).to.equal(1);
    await waitFor('the frame', () => source.readers === 0);
    expect(path.output).to.equal(source);
    expect([...published, ...generators]).to.deep.equal([]);
  });

  it('converts where they do not', async () => {
    const { path, published } = open({ source: frameTrack('bt709') });
    await waitFor('converted frames', () => isConverted(path));
    expect(published).to.deep.equal([path.output]);
    expect(written()[0]?.colorSpace).to.deep.include({ matrix: 'smpte170m' });
  });

  it('begins and ends to convert with the codec, and stops the track that is no longer sent', async () => {
    const { path, source, published } = open();
    await waitFor('the first frame', () => source.readers === 0);
    path.setCodec('vp9');
    await waitFor('converted frames', () => isConverted(path));
    const [made] = published;
    path.setCodec('vp8');
    expect(path.output).to.equal(source);
    expect(published).to.deep.equal([made, source]);
    expect(made?.readyState).to.equal('ended');
    await waitFor('the camera to be given back', () => source.readers === 0);
  });

  it('converts nothing while it is paused, and goes on afterwards in the same track', async () => {
    const { path, source } = open();
    await path.setCorrection(brighter);
    await waitFor('corrected frames', () => isConverted(path));
    path.setPaused(true);
    await waitFor('the camera to be given back', () => source.readers === 0);
    path.setPaused(false);
    await frames();
    expect(generators).to.have.lengthOf(1);
    expect(path.correction).to.deep.equal(brighter);
  });

  it('takes up another source while the track is opened', async () => {
    const { path, source } = open();
    const correcting = path.setCorrection(brighter);
    const other = frameTrack();
    path.setSource(other);
    expect(path.output).to.equal(other);
    await correcting;
    await frames();
    expect(isConverted(path)).to.equal(true);
    await waitFor('the camera before to be given back', () => source.readers === 0);
  });

  it('keeps its track when the source changes later', async () => {
    const { path, source, published } = open();
    await path.setCorrection(brighter);
    await waitFor('corrected frames', () => isConverted(path));
    path.setSource(frameTrack('bt709'));
    await waitFor('the camera before to be given back', () => source.readers === 0);
    await frames();
    expect(published).to.have.lengthOf(1);
  });

  it('says that a correction can not be where no track can be opened, and sends the camera', async () => {
    give(
      'MediaStreamTrackGenerator',
      class {
        constructor() {
          throw new TypeError('no memory is left');
        }
      },
    );
    const { path, source } = open();
    expect((await rejection(path.setCorrection(brighter))).code).to.equal('browserUnsupported');
    expect(path.correction).to.equal(null);
    expect(path.output).to.equal(source);
  });

  it('takes a correction back that does not come about, and tells', async () => {
    const source = frameTrack('smpte170m', BrokenVideoFrame);
    const { path, failures } = open({ source });
    await path.setCorrection(brighter);
    await waitFor('the failure', () => failures.length > 0);
    expect(failures).to.deep.equal(['colorCorrectionFailed']);
    expect(path.correction).to.equal(null);
    expect(path.output).to.equal(source);
    expect(generators[0]?.readyState).to.equal('ended');
  });

  it('tells of each correction that does not come about, also where frames are converted anyway', async () => {
    const { path, failures } = open({ source: frameTrack('bt709', BrokenVideoFrame) });
    await waitFor('frames', () => isConverted(path));
    for (const told of [1, 2]) {
      await path.setCorrection(brighter);
      await waitFor('the failure', () => failures.length === told);
      expect(path.correction).to.equal(null);
    }
  });

  it('takes no correction back that came about', async () => {
    const { path, failures } = open();
    await path.setCorrection(brighter);
    await waitFor('corrected frames', () => isConverted(path));
    await frames();
    expect(written()[0]?.data[0]).to.be.above(130);
    expect(path.correction).to.deep.equal(brighter);
    expect(failures).to.deep.equal([]);
  });

  it('takes nothing for a correction where a page says undefined', async () => {
    const { path, source } = open();
    await path.setCorrection(brighter);
    await path.setCorrection(undefined as unknown as null);
    expect(path.correction).to.equal(null);
    expect(path.output).to.equal(source);
  });

  it('ends with the last of many corrections, in one track', async () => {
    const { path } = open();
    await Promise.all(Array.from({ length: 21 }, (_, index) => path.setCorrection(index % 2 ? null : brighter)));
    await waitFor('corrected frames', () => isConverted(path));
    expect(generators.filter(({ readyState }) => readyState === 'live')).to.have.lengthOf(1);
  });
});
