import { expect } from 'chai';
import { LocalParticipant, type PublishRequest } from '../../../../client-sdk/src/participants/LocalParticipant.ts';
import { LocalTrack } from '../../../../client-sdk/src/tracks/LocalTrack.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { Source } from '../../../../protocol/grants.ts';
import { useBrowser } from '../fakes/browser.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';
import { rejection } from '../fakes/rejection.ts';

describe('LocalParticipant', () => {
  useBrowser();

  function make() {
    const requests: PublishRequest[] = [];
    const unpublished: Source[] = [];
    const tracks = new Map<Source, LocalTrack>();
    const local: LocalParticipant = new LocalParticipant({
      tracks,
      publish: (request) => {
        requests.push(request);
        const track = new LocalTrack({
          source: request.source,
          participant: local,
          mediaStreamTrack: request.capture.given ?? fakeTrack('video'),
          muted: false,
          controls: {
            capture: {
              deviceId: undefined,
              profile: 'standard',
              cameraControls: null,
              colorCorrection: null,
              openDevice: () => Promise.resolve(),
              replaceTrack: () => Promise.resolve(),
              setColorCorrection: () => Promise.resolve(),
              captureFrame: () => Promise.reject(new ChaxiError('cameraUnavailable')),
              captureStill: () => Promise.reject(new ChaxiError('cameraUnavailable')),
            },
            setMuted: () => Promise.resolve(),
            playbackBlocked: () => undefined,
            changed: () => undefined,
          },
        });
        tracks.set(request.source, track);
        return Promise.resolve(track);
      },
      unpublish: (source) => {
        unpublished.push(source);
        tracks.delete(source);
        return Promise.resolve();
      },
      setMetadata: () => Promise.resolve(),
    });
    return { local, requests, unpublished };
  }

  it('takes over the track of a preview as its own', async () => {
    const { local, requests } = make();
    const preview = fakeTrack('video');
    await local.publishCamera({
      mediaStreamTrack: preview,
      source: 'teaCloseUp',
      deviceId: 'cup',
      codec: 'h264',
      profile: 'tea',
    });
    const [request] = requests;
    expect(request).to.deep.include({ source: 'teaCloseUp', codec: 'h264', profile: 'tea' });
    expect(request?.capture).to.include({ given: preview, deviceId: 'cup', reopenable: true, owned: true });
  });

  it("leaves the application's own track to it, unless told otherwise", async () => {
    const { local, requests } = make();
    await local.publish(fakeTrack('video'), { source: 'camera' });
    await local.publish(fakeTrack('audio'), { source: 'screenAudio', stopOnUnpublish: true });
    expect(requests.map(({ capture }) => [capture.owned, capture.reopenable])).to.deep.equal([
      [false, false],
      [true, false],
    ]);
  });

  it('refuses a track of the wrong kind with the field that is wrong', async () => {
    const { local, requests } = make();
    const error = await rejection(local.publish(fakeTrack('audio'), { source: 'camera' }));
    expect(error).to.include({ code: 'badRequest', path: 'source' });
    expect(requests).to.deep.equal([]);
  });

  it('takes the sound of a screen back with the screen', async () => {
    const { local, unpublished } = make();
    await local.unpublish('screen');
    expect(unpublished).to.deep.equal(['screen', 'screenAudio']);
  });

  it('does nothing for a track whose source has another by now', async () => {
    const { local, unpublished } = make();
    const old = await local.publish(fakeTrack('video'), { source: 'camera' });
    const present = await local.publish(fakeTrack('video'), { source: 'camera' });
    await local.unpublish(old);
    expect(unpublished).to.deep.equal([]);
    await local.unpublish(present);
    expect(unpublished).to.deep.equal(['camera']);
  });

  it('says that a page without devices needs https', async () => {
    const { local } = make();
    const request = rejection(local.publishScreen());
    // Node.js has neither.
    expect((await request).code).to.equal('insecureContext');
  });
});
