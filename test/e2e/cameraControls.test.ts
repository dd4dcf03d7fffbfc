import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS } from '../helpers/RoomPage.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';

/** What Chromium's fake camera has: exposure and focus. Its time begins at 50, each time that it is opened. */
const AT_FIRST = 50;

describe('the controls of a real browser’s camera', function () {
  this.timeout(60_000);
  let node: TestServer;
  let chromium: Chromium;
  let host: SdkPage;
  /** Sets the exposure time and answers with what the camera says of it. */
  const expose = (time: number) =>
    host.page.evaluate(async (value) => {
      const { cameraControls } = window.room.localParticipant.tracks.get('teaCloseUp')!;
      await cameraControls!.set({ exposure: { time: value } });
      return cameraControls!.settings.exposure?.time;
    }, time);
  const exposureTime = () =>
    host.page.evaluate(() => {
      const { cameraControls } = window.room.localParticipant.tracks.get('teaCloseUp')!;
      return cameraControls!.settings.exposure?.time;
    });

  const focusDistance = () =>
    host.page.evaluate(() => {
      const { cameraControls } = window.room.localParticipant.tracks.get('teaCloseUp')!;
      return cameraControls!.settings.focus?.distance;
    });

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  beforeEach(async () => {
    host = await SdkPage.join(chromium.browser, node.url, await node.token({ role: 'host' }), ['teaCloseUp']);
  });
  afterEach(async () => {
    await host.close();
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  it('name what the camera has, in its ranges', async () => {
    const capabilities = await host.page.evaluate(
      () => window.room.localParticipant.tracks.get('teaCloseUp')!.cameraControls!.capabilities,
    );
    expect(capabilities).to.deep.equal({
      exposure: { modes: ['manual', 'continuous'], time: { min: 10, max: 100, step: 5 } },
      focus: { modes: ['manual', 'continuous'], distance: { min: 10, max: 100, step: 5 } },
    });
  });

  it('take the nearest value that the camera can, at once', async () => {
    expect(await exposureTime()).to.equal(AT_FIRST);
    expect(await expose(73)).to.equal(75);
    expect(await expose(9_000)).to.equal(100);
  });

  it('come back when the camera was muted, and with it closed', async () => {
    await expose(75);
    await host.page.evaluate(async () => {
      const cup = window.room.localParticipant.tracks.get('teaCloseUp')!;
      await cup.mute();
      await cup.cameraControls!.set({ focus: { distance: 20 } });
      await cup.unmute();
      // In turn after what unmuting has begun.
      await cup.cameraControls!.set({});
    });
    expect(await exposureTime()).to.equal(75);
    expect(await focusDistance()).to.equal(20);
  });

  it('belong to each camera alone', async () => {
    await expose(75);
    const times = await host.page.evaluate(async () => {
      const cup = window.room.localParticipant.tracks.get('teaCloseUp')!;
      const first = cup.deviceId!;
      const cameras = await window.Chaxi.devices.list('videoinput');
      const other = cameras.find(({ label, deviceId }) => label === 'fake_device_2' && deviceId !== first)!;
      const seen: (number | undefined)[] = [];
      for (const deviceId of [other.deviceId, first]) {
        await cup.switchDevice(deviceId);
        await cup.cameraControls!.set({});
        seen.push(cup.cameraControls!.settings.exposure?.time);
      }
      return seen;
    });
    expect(times).to.deep.equal([AT_FIRST, 75]);
  });

  it('work on the camera itself while its colours are corrected', async () => {
    await host.page.evaluate(() =>
      window.room.localParticipant.tracks
        .get('teaCloseUp')!
        .setColorCorrection({ gains: [0.9, 1, 1.2], matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] }),
    );
    expect(await expose(30)).to.equal(30);
  });

  it('are none where the track comes from no camera', async () => {
    const controls = await host.page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.getContext('2d');
      const [track] = canvas.captureStream().getVideoTracks();
      const published = await window.room.localParticipant.publish(track!, { source: 'camera' });
      return published.cameraControls;
    });
    expect(controls).to.equal(null);
  });
});
