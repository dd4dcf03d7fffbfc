import { expect } from 'chai';
import { ciede2000 } from '../../client-sdk/src/color/colorDifference.ts';
import type { ColorCorrection } from '../../client-sdk/src/color/ColorCorrection.ts';
import type { VideoCodecName } from '../../protocol/mediaCodecs.ts';
import { corrected, correction } from '../helpers/colorCorrection.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import {
  openPatchCamera,
  patches,
  publishPatches,
  shownPatches,
  type PatchFormat,
  type Rgb,
} from '../helpers/PatchCamera.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the colours of a close-up, through the server', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  const pages: SdkPage[] = [];

  const join = async (identity: string) => {
    const role = identity === 'host' ? 'host' : 'guest';
    const page = await SdkPage.join(chromium.browser, node.url, await node.token({ identity, role }));
    pages.push(page);
    return page;
  };
  const joinBoth = async () => ({ host: await join('host'), guest: await join('guest') });
  const publish = async (host: SdkPage, format: PatchFormat, codec: VideoCodecName) => {
    await openPatchCamera(host.page, format);
    await publishPatches(host.page, codec);
  };

  /** Waits until the guest sees these colours within the bar: mean at most 1, no patch over 2. */
  const waitForColors = async (guest: SdkPage, meant: readonly Rgb[]) => {
    let last = 'nothing';
    await waitFor('the true colours', async () => {
      const shown = await shownPatches(guest.page, 'host teaCloseUp');
      if (!shown) return false;
      const differences = meant.map((color, index) => ciede2000(color, shown[index]!));
      const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
      const max = Math.max(...differences);
      last = `mean ${mean.toFixed(2)}, max ${max.toFixed(2)}`;
      return mean <= 1 && max <= 2;
    }).catch((error: Error) => {
      throw new Error(`${error.message}; ${last}`);
    });
  };
  const correct = (page: SdkPage, wanted: ColorCorrection | null) =>
    page.page.evaluate(
      (given) => window.room.localParticipant.tracks.get('teaCloseUp')!.setColorCorrection(given),
      wanted,
    );
  const workers = (page: SdkPage) => page.page.workers().length;

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium();
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  const sources = [
    { format: 'rgb', codec: 'vp8', isConverted: true },
    { format: 'bt601', codec: 'vp8', isConverted: false },
    { format: 'bt709', codec: 'vp8', isConverted: true },
    { format: 'rgb', codec: 'vp9', isConverted: true },
    { format: 'bt601', codec: 'vp9', isConverted: true },
    { format: 'bt709', codec: 'vp9', isConverted: false },
  ] as const;
  for (const { format, codec, isConverted } of sources) {
    const way = isConverted ? 'converted' : 'as it is';
    it(`arrive from a source of ${format} through ${codec}, ${way}`, async () => {
      const { host, guest } = await joinBoth();
      await publish(host, format, codec);
      await waitForColors(guest, patches);
      expect(workers(host)).to.equal(isConverted ? 1 : 0);
    });
  }

  it('are corrected while it is sent, and given back', async () => {
    const { host, guest } = await joinBoth();
    await publish(host, 'bt601', 'vp8');
    await waitForColors(guest, patches);
    await correct(host, correction);
    await waitForColors(guest, patches.map(corrected));
    await correct(host, null);
    await waitForColors(guest, patches);
    await waitFor('the worker to end', () => workers(host) === 0);
  });

  it('are corrected through H.264 too, which is sent as it is otherwise', async () => {
    const { host, guest } = await joinBoth();
    await publish(host, 'rgb', 'h264');
    await waitForColors(guest, patches);
    expect(workers(host)).to.equal(0);
    await correct(host, correction);
    await waitForColors(guest, patches.map(corrected));
  });

  it('stay what H.264 was begun with when a source of another kind takes its place', async () => {
    const { host, guest } = await joinBoth();
    await publish(host, 'bt601', 'h264');
    await waitForColors(guest, patches);
    await host.page.evaluate(() => window.patchCamera.stop());
    await openPatchCamera(host.page, 'rgb');
    await host.page.evaluate(() =>
      window.room.localParticipant.tracks.get('teaCloseUp')!.replaceTrack(window.patchCamera.track),
    );
    await waitFor('frames to be converted', () => workers(host) === 1);
    await waitForColors(guest, patches);
  });

  it('stay corrected when the media connection is made anew', async () => {
    const { host, guest } = await joinBoth();
    await publish(host, 'rgb', 'vp8');
    await correct(host, correction);
    await waitForColors(guest, patches.map(corrected));
    const used = node.server.pool.workers.find(({ load }) => load > 0);
    process.kill(used!.pid, 'SIGKILL');
    await guest.waitForEvent('trackUnsubscribed host teaCloseUp');
    await waitForColors(guest, patches.map(corrected));
  });

  it('stay corrected when it is muted and sent again', async () => {
    const { host, guest } = await joinBoth();
    await publish(host, 'rgb', 'vp8');
    await correct(host, correction);
    await waitForColors(guest, patches.map(corrected));
    await host.page.evaluate(() => window.room.localParticipant.tracks.get('teaCloseUp')!.mute());
    await guest.waitForEvent('trackMuted');
    await host.page.evaluate(() => window.room.localParticipant.tracks.get('teaCloseUp')!.unmute());
    await guest.waitForEvent('trackUnmuted');
    await waitForColors(guest, patches.map(corrected));
  });

  it('stay corrected when another track takes its place, of another kind', async () => {
    const { host, guest } = await joinBoth();
    await publish(host, 'rgb', 'vp8');
    await correct(host, correction);
    await waitForColors(guest, patches.map(corrected));
    await host.page.evaluate(() => window.patchCamera.stop());
    await openPatchCamera(host.page, 'bt709');
    await host.page.evaluate(() =>
      window.room.localParticipant.tracks.get('teaCloseUp')!.replaceTrack(window.patchCamera.track),
    );
    await waitForColors(guest, patches.map(corrected));
  });

  it('are converted on the page itself where it allows no worker', async () => {
    const { host, guest } = await joinBoth();
    await host.page.evaluate(() => {
      const policy = document.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = "worker-src 'none'";
      document.head.append(policy);
    });
    await publish(host, 'rgb', 'vp8');
    await waitForColors(guest, patches);
    expect(workers(host)).to.equal(0);
  });

  it('follow the last of many corrections, with one worker', async () => {
    const { host, guest } = await joinBoth();
    await publish(host, 'bt601', 'vp8');
    await host.page.evaluate(async (given) => {
      const track = window.room.localParticipant.tracks.get('teaCloseUp')!;
      const changes = Array.from({ length: 21 }, (_, index) => track.setColorCorrection(index % 2 ? null : given));
      await Promise.all(changes);
    }, correction);
    await waitForColors(guest, patches.map(corrected));
    expect(workers(host)).to.equal(1);
  });

  it('are not looked after any more when it is unpublished at once', async () => {
    const host = await join('host');
    await publish(host, 'rgb', 'vp8');
    await host.page.evaluate(async (given) => {
      const { localParticipant } = window.room;
      const correcting = localParticipant.tracks.get('teaCloseUp')!.setColorCorrection(given);
      await Promise.all([correcting, localParticipant.unpublish('teaCloseUp')]);
    }, correction);
    await waitFor('the worker to end', () => workers(host) === 0);
  });

  it('leave no worker behind when the publication ends', async () => {
    const { host, guest } = await joinBoth();
    await publish(host, 'rgb', 'vp8');
    await waitForColors(guest, patches);
    await host.page.evaluate(() => window.room.localParticipant.unpublish('teaCloseUp'));
    await waitFor('the worker to end', () => workers(host) === 0);
    expect(await host.page.evaluate(() => window.patchCamera.track.readyState)).to.equal('live');
  });

  it('can be read from the frame that is captured, without the correction', async () => {
    const host = await join('host');
    await publish(host, 'bt709', 'vp8');
    await correct(host, correction);
    const picture = await host.page.evaluate(async () => {
      const { width, height, data } = await window.room.localParticipant.tracks.get('teaCloseUp')!.captureFrame();
      const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
      return { width, height, first: at(80, 90), last: at(560, 270) };
    });
    expect(picture).to.include({ width: 640, height: 360 });
    // What 8-bit chroma rounds off is more in greys.
    expect(ciede2000(picture.first as unknown as Rgb, patches[0]!)).to.be.below(1.5);
    expect(ciede2000(picture.last as unknown as Rgb, patches[7]!)).to.be.below(1.5);
  });

  it('are corrected in a still too, which is a JPEG of the full size, and in its preview', async () => {
    const host = await join('host');
    await publish(host, 'bt601', 'vp8');
    await correct(host, correction);
    const still = await host.page.evaluate(async () => {
      const { blob, preview, ...rest } = await window.room.localParticipant.tracks.get('teaCloseUp')!.captureStill();
      const look = async (picture: Blob) => {
        const { width, height } = await createImageBitmap(picture);
        const context = new OffscreenCanvas(width, height).getContext('2d')!;
        context.drawImage(await createImageBitmap(picture), 0, 0);
        const { data } = context.getImageData(Math.round(width * 0.625), Math.round(height * 0.25), 1, 1);
        return { type: picture.type, width, height, color: [...data.subarray(0, 3)] };
      };
      return { ...rest, picture: await look(blob), preview: await look(preview!) };
    });
    expect(still).to.include({ width: 640, height: 360, corrected: true });
    expect(still.picture).to.include({ type: 'image/jpeg', width: 640, height: 360 });
    expect(still.preview).to.include({ type: 'image/jpeg', width: 480, height: 270 });
    for (const { color } of [still.picture, still.preview]) {
      expect(ciede2000(color as unknown as Rgb, corrected(patches[2]!))).to.be.below(1.5);
    }
  });
});
