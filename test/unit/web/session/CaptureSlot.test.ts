import { expect } from 'chai';
import type { LocalParticipant } from '../../../../client-sdk/src/index.ts';
import { CaptureSlot } from '../../../../web/src/session/CaptureSlot.ts';

/** A camera's track that remembers whether it was stopped. */
class FakeTrack extends EventTarget {
  readonly kind = 'video';
  readonly deviceId: string;
  stopped = false;

  constructor(deviceId: string) {
    super();
    this.deviceId = deviceId;
  }

  getSettings() {
    return { deviceId: this.deviceId };
  }

  stop() {
    this.stopped = true;
  }
}

/** A publication as the SDK keeps it. */
class FakePublication {
  muted = false;
  mediaStreamTrack: FakeTrack;

  constructor(track: FakeTrack) {
    this.mediaStreamTrack = track;
  }

  get deviceId() {
    return this.mediaStreamTrack.deviceId;
  }

  mute() {
    this.muted = true;
    return Promise.resolve();
  }

  unmute() {
    this.muted = false;
    return Promise.resolve();
  }

  switchDevice(deviceId: string) {
    this.mediaStreamTrack = new FakeTrack(deviceId);
    return Promise.resolve();
  }
}

class FakeLocalParticipant {
  readonly tracks = new Map<string, FakePublication>();
  failure: Error | null = null;

  publishCamera({ source, mediaStreamTrack }: { source: string; mediaStreamTrack?: FakeTrack }) {
    if (this.failure) return Promise.reject(this.failure);
    this.tracks.set(source, new FakePublication(mediaStreamTrack ?? new FakeTrack('opened by the SDK')));
    return Promise.resolve();
  }

  unpublish(source: string) {
    this.tracks.delete(source);
    return Promise.resolve();
  }
}

describe('a capture slot', () => {
  let slot: CaptureSlot;
  let opened: FakeTrack[];
  let failures: string[];
  let local: FakeLocalParticipant;
  const enter = () => slot.enter(local as unknown as LocalParticipant);

  beforeEach(() => {
    slot = new CaptureSlot('camera');
    opened = [];
    failures = [];
    local = new FakeLocalParticipant();
    const mediaDevices = {
      getUserMedia({ video }: { video: { deviceId?: { exact: string } } }) {
        const failure = failures.shift();
        if (failure) return Promise.reject(new DOMException(failure, failure));
        const track = new FakeTrack(video.deviceId?.exact ?? 'default');
        opened.push(track);
        return Promise.resolve({ getVideoTracks: () => [track] });
      },
    };
    Object.defineProperty(globalThis.navigator, 'mediaDevices', { value: mediaDevices, configurable: true });
  });
  afterEach(() => Reflect.deleteProperty(globalThis.navigator, 'mediaDevices'));

  it('opens the camera for the preview and closes it again', async () => {
    await slot.set(true);
    expect(slot.on).to.equal(true);
    await slot.set(false);
    expect(slot.on).to.equal(false);
    expect(opened[0]?.stopped).to.equal(true);
  });

  it('ends where it was asked to be last, whatever came in between', async () => {
    await Promise.all([slot.set(true), slot.set(false), slot.set(true), slot.set(false)]);
    expect(slot.on).to.equal(false);
    expect(opened.every(({ stopped }) => stopped)).to.equal(true);
  });

  it('stays off and says why when the camera is denied', async () => {
    failures = ['NotAllowedError'];
    await slot.set(true);
    expect(slot).to.include({ on: false, busy: false, error: 'cameraDenied' });
  });

  it('forgets the failure at the next try', async () => {
    failures = ['NotAllowedError'];
    await slot.set(true);
    await slot.set(true);
    expect(slot).to.include({ on: true, error: null });
  });

  it('takes any other camera where the one of the last time is gone', async () => {
    slot = new CaptureSlot('camera', 'gone');
    failures = ['NotFoundError'];
    await slot.set(true);
    expect(slot).to.include({ on: true, deviceId: 'default' });
  });

  it('goes over to another camera in the preview', async () => {
    await slot.set(true);
    await slot.choose('usb');
    expect(opened[0]?.stopped).to.equal(true);
    expect(slot).to.include({ on: true, deviceId: 'usb' });
  });

  it('hands the opened camera over to the room, without opening it again', async () => {
    await slot.set(true);
    await enter();
    expect(local.tracks.get('camera')?.mediaStreamTrack).to.equal(opened[0]);
    expect(opened).to.have.length(1);
    expect(slot).to.include({ on: true, preview: null });
  });

  it('publishes nothing on entering when it is off, and when it is switched on later', async () => {
    await enter();
    expect(local.tracks.size).to.equal(0);
    await slot.set(true);
    expect(slot.on).to.equal(true);
    expect(local.tracks.has('camera')).to.equal(true);
  });

  it('is a preview again before the door, as it was: on with the same camera, or off', async () => {
    await slot.choose('usb');
    await enter();
    await slot.withdraw();
    expect(local.tracks.size).to.equal(0);
    expect(slot).to.include({ on: true, deviceId: 'usb', published: undefined });
    expect(slot.preview).to.equal(opened.at(-1));
    await enter();
    await slot.toggle();
    await slot.withdraw();
    expect(slot).to.include({ on: false, preview: null });
  });

  /** Someone who publishes, sent back to the lobby: what is published ends when the test says so. */
  async function withdrawing() {
    await slot.set(true);
    await enter();
    let release: () => void = () => undefined;
    const { unpublish } = local;
    local.unpublish = async (source) => {
      await new Promise<void>((resolve) => (release = resolve));
      await unpublish.call(local, source);
    };
    const withdrawn = slot.withdraw();
    await new Promise(setImmediate);
    return { withdrawn, release: () => release() };
  }

  it('is published anew where one is let in again before it was withdrawn', async () => {
    const { withdrawn, release } = await withdrawing();
    const entered = enter();
    release();
    await Promise.all([withdrawn, entered]);
    expect(local.tracks.has('camera')).to.equal(true);
    expect(slot).to.include({ on: true, preview: null });
  });

  it('opens no camera where one leaves before it was withdrawn', async () => {
    const { withdrawn, release } = await withdrawing();
    slot.exit();
    release();
    await withdrawn;
    expect(slot.on).to.equal(false);
    expect(opened).to.have.length(1);
  });

  it('is left alone before the door where it was in no room', async () => {
    await slot.set(true);
    await slot.withdraw();
    expect(opened).to.have.length(1);
    expect(slot.preview).to.equal(opened[0]);
  });

  it('mutes a camera in the room and takes a close-up away', async () => {
    await slot.set(true);
    await enter();
    await slot.toggle();
    expect(local.tracks.get('camera')?.muted).to.equal(true);

    slot = new CaptureSlot('teaCloseUp');
    await slot.set(true);
    await enter();
    await slot.toggle();
    expect(local.tracks.has('teaCloseUp')).to.equal(false);
  });

  it('switches the device of a publication without ending it', async () => {
    await slot.set(true);
    await enter();
    const publication = local.tracks.get('camera');
    await slot.choose('usb');
    expect(local.tracks.get('camera')).to.equal(publication);
    expect(slot.deviceId).to.equal('usb');
  });

  it('publishes a muted camera anew when another device is chosen', async () => {
    await slot.set(true);
    await enter();
    await slot.set(false);
    await slot.choose('usb');
    expect(slot.on).to.equal(true);
  });

  it('says why the room did not take it, and closes the camera', async () => {
    await slot.set(true);
    local.failure = new Error('unforeseen');
    await enter();
    expect(slot).to.include({ on: false, error: 'internal' });
    expect(opened[0]?.stopped).to.equal(true);
  });

  it('follows a moderator who mutes it', async () => {
    await slot.set(true);
    await enter();
    local.tracks.get('camera')!.muted = true;
    expect(slot).to.include({ on: false, wanted: true });
    slot.refresh();
    expect(slot).to.include({ on: false, wanted: false });
    await slot.toggle();
    expect(slot.on).to.equal(true);
  });

  it('notices that the camera was unplugged during the preview', async () => {
    await slot.set(true);
    opened[0]!.dispatchEvent(new Event('ended'));
    expect(slot).to.include({ on: false, error: 'deviceNotFound' });
  });

  it('leaves no device open on its way out, also twice', async () => {
    await slot.set(true);
    slot.exit();
    slot.exit();
    expect(opened[0]?.stopped).to.equal(true);
    expect(slot.on).to.equal(false);
  });

  it('closes a camera that opens after it went out', async () => {
    const opening = slot.set(true);
    slot.exit();
    await opening;
    expect(slot.on).to.equal(false);
    expect(opened.every(({ stopped }) => stopped)).to.equal(true);
  });
});
