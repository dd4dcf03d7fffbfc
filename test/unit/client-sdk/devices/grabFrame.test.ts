import { expect } from 'chai';
import { grabFrame } from '../../../../client-sdk/src/devices/grabFrame.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { FakeElement } from '../fakes/browser.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';
import { useGlobals } from '../fakes/useGlobals.ts';

/** A video element of a browser that gives no frames out. */
class FakeVideo extends FakeElement {
  videoWidth = 0;
  videoHeight = 0;
  readyState = 0;
  /** Never called in a page that is hidden. */
  shown: (() => void) | null = null;

  requestVideoFrameCallback(callback: () => void): void {
    this.shown = callback;
  }

  picture(width: number, height: number): void {
    this.videoWidth = width;
    this.videoHeight = height;
    this.readyState = 2;
  }
}

describe('a frame of a camera, where the browser gives none out', () => {
  const give = useGlobals();
  let video: FakeVideo;

  beforeEach(() => {
    video = new FakeVideo();
    give('document', { createElement: () => video });
    give('MediaStream', class {});
    give(
      'OffscreenCanvas',
      class {
        readonly #bytes: number;
        constructor(width: number, height: number) {
          this.#bytes = width * height * 4;
        }
        getContext() {
          return { drawImage: () => undefined, getImageData: () => ({ data: new Uint8ClampedArray(this.#bytes) }) };
        }
      },
    );
  });
  /** Settles with the picture, and tells meanwhile that there is none. */
  const grab = () => {
    const grabbed = { done: false, picture: grabFrame(fakeTrack('video')) };
    void grabbed.picture.then(() => (grabbed.done = true));
    return grabbed;
  };

  it('is the first that a video shows', async () => {
    const { picture } = grab();
    await waitFor('the video', () => video.shown !== null);
    video.picture(64, 48);
    video.shown?.();
    expect(await picture).to.include({ width: 64, height: 48 });
    expect(video.srcObject).to.equal(null);
  });

  it('comes in a hidden page too, where nobody tells of shown frames', async () => {
    const { picture } = grab();
    video.picture(64, 48);
    video.dispatchEvent(new Event('timeupdate'));
    expect(await picture).to.include({ width: 64, height: 48 });
  });

  it('is waited for while the video goes on without a picture', async () => {
    const grabbed = grab();
    video.dispatchEvent(new Event('timeupdate'));
    await new Promise(setImmediate);
    expect(grabbed.done).to.equal(false);
    video.picture(64, 48);
    video.dispatchEvent(new Event('timeupdate'));
    expect(await grabbed.picture).to.include({ width: 64, height: 48 });
  });
});
