import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ciede2000 } from '../../client-sdk/src/color/colorDifference.ts';
import { applyAffine, yuvToRgb } from '../../client-sdk/src/color/yuv.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { corrected, correction } from '../helpers/colorCorrection.ts';
import type { Rgb } from '../helpers/PatchCamera.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

/** What the camera sees everywhere, as its Y'CbCr, and as a page shows it. */
const SEEN = [120, 108, 146] as const;
const [WIDTH, HEIGHT] = [320, 240];
const seen: Rgb = applyAffine(yuvToRgb({ matrix: 'bt601', fullRange: false }), SEEN);

/** A file that Chromium's fake camera plays again and again. */
async function writeCameraFile(path: string): Promise<void> {
  const planes = [Buffer.alloc(WIDTH * HEIGHT, SEEN[0])];
  for (const chroma of SEEN.slice(1)) planes.push(Buffer.alloc((WIDTH * HEIGHT) / 4, chroma));
  const frame = Buffer.concat([Buffer.from('FRAME\n'), ...planes]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420jpeg\n`);
  await writeFile(path, Buffer.concat([head, frame, frame]));
}

describe('the colours of a camera', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  let folder: string;
  const pages: SdkPage[] = [];

  const enter = async (identity: string) => {
    const role = identity === 'host' ? 'host' : 'guest';
    const page = await SdkPage.join(chromium.browser, node.url, await node.token({ identity, role }));
    pages.push(page);
    return page;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chaxi-test-'));
    const file = join(folder, 'camera.y4m');
    await writeCameraFile(file);
    node = await startTestServer();
    chromium = await launchChromium([`--use-file-for-fake-video-capture=${file}`]);
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const captured = (host: SdkPage) =>
    host.page.evaluate(async () => {
      const { data } = await window.room.localParticipant.tracks.get('teaCloseUp')!.captureFrame();
      return [data[0]!, data[1]!, data[2]!] as const;
    });
  const waitForColor = async (guest: SdkPage, meant: Rgb) => {
    const shown = () =>
      guest.page.evaluate(() => {
        const video = window.elements.get('host teaCloseUp') as HTMLVideoElement | undefined;
        if (!video || video.videoWidth === 0) return null;
        const context = new OffscreenCanvas(1, 1).getContext('2d')!;
        context.drawImage(video, 0, 0, 1, 1);
        const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
        return [red!, green!, blue!] as const;
      });
    let last: Rgb | null = null;
    await waitFor(`the colour ${meant.join(', ')}`, async () => {
      last = await shown();
      return last && ciede2000(last, meant) < 2;
    }).catch((error: Error) => {
      throw new Error(`${error.message}; ${String(last)}`);
    });
  };

  const waitForFrames = async (guest: SdkPage) => {
    const before = await guest.framesDecoded('host', 'teaCloseUp');
    await waitFor('further frames', async () => (await guest.framesDecoded('host', 'teaCloseUp')) > before + 2);
  };

  it('stay corrected when it is muted and opened again, and when it is switched', async () => {
    const [host, guest] = [await enter('host'), await enter('guest')];
    await host.publish('teaCloseUp');
    await waitForColor(guest, seen);
    await host.page.evaluate(
      (given) => window.room.localParticipant.tracks.get('teaCloseUp')!.setColorCorrection(given),
      correction,
    );
    await waitForColor(guest, corrected(seen));
    await host.page.evaluate(() => window.room.localParticipant.tracks.get('teaCloseUp')!.mute());
    await guest.waitForEvent('trackMuted');
    await host.page.evaluate(() => window.room.localParticipant.tracks.get('teaCloseUp')!.unmute());
    await guest.waitForEvent('trackUnmuted');
    await waitForFrames(guest);
    await waitForColor(guest, corrected(seen));
    await host.page.evaluate(async () => {
      const track = window.room.localParticipant.tracks.get('teaCloseUp')!;
      await track.switchDevice(track.deviceId!);
    });
    await waitForFrames(guest);
    await waitForColor(guest, corrected(seen));
    expect(ciede2000(await captured(host), seen)).to.be.below(1);
  });

  it('can be captured, though not corrected, where the browser gives no frames out', async () => {
    const host = await enter('host');
    await host.publish('teaCloseUp');
    await host.page.evaluate(() => {
      Reflect.deleteProperty(window, 'MediaStreamTrackProcessor');
      Reflect.deleteProperty(window, 'MediaStreamTrackGenerator');
    });
    expect(ciede2000(await captured(host), seen)).to.be.below(1);
    const failure = await host.page.evaluate(
      (given) =>
        window.room.localParticipant.tracks
          .get('teaCloseUp')!
          .setColorCorrection(given)
          .then(String, (error: { code: string }) => error.code),
      correction,
    );
    expect(failure).to.equal('browserUnsupported');
  });

  it('can be photographed, unless it is muted', async () => {
    const host = await enter('host');
    await host.publish('teaCloseUp');
    const still = await host.page.evaluate(async () => {
      const {
        blob,
        width,
        height,
        corrected: isCorrected,
      } = await window.room.localParticipant.tracks.get('teaCloseUp')!.captureStill();
      return { width, height, isCorrected, type: blob.type };
    });
    expect(still).to.deep.equal({ width: WIDTH, height: HEIGHT, isCorrected: false, type: 'image/jpeg' });
    const failure = await host.page.evaluate(async () => {
      const track = window.room.localParticipant.tracks.get('teaCloseUp')!;
      await track.mute();
      return track.captureStill().then(String, (error: { code: string }) => error.code);
    });
    expect(failure).to.equal('cameraUnavailable');
  });
});
