import { expect } from 'chai';
import type { VideoCodecName } from '../../protocol/mediaCodecs.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { observeSending, sentVideo, type SentStream } from '../helpers/sentVideo.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('layers that nobody watches', function () {
  this.timeout(120_000);
  let node: TestServer;
  let chromium: Chromium;
  const pages: SdkPage[] = [];
  const open = async (identity: string) => {
    const role = identity === 'host' ? 'host' : 'guest';
    const page = await SdkPage.open(chromium.browser, node.url, await node.token({ identity, role }));
    pages.push(page);
    return page;
  };
  const publish = async (codec: VideoCodecName) => {
    const host = await open('host');
    await observeSending(host.page);
    await host.page.evaluate(() => window.room.join());
    await host.page.evaluate(async (name) => {
      const size = { width: 1_280, height: 720, frameRate: 15 };
      await window.room.localParticipant.publishCamera({ source: 'camera', ...size, codec: name });
    }, codec);
    return host;
  };
  const watch = async () => {
    const guest = await open('guest');
    await guest.page.evaluate(() => window.room.join());
    await guest.waitForMovingVideo('host', 'camera');
    return guest;
  };
  /** The width of the tile, in pixels of the page; 0 hides it. */
  const showIn = (guest: SdkPage, widthPx: number) =>
    guest.page.evaluate((width) => {
      const element = window.elements.get('host camera');
      if (!element) throw new Error('there is no element');
      element.style.display = width > 0 ? '' : 'none';
      element.style.width = `${width}px`;
    }, widthPx);
  const receivedWidth = (guest: SdkPage) =>
    guest.page.evaluate(() => (window.elements.get('host camera') as HTMLVideoElement | undefined)?.videoWidth ?? 0);
  const untilSent = async (host: SdkPage, what: string, fits: (streams: SentStream[]) => boolean) => {
    let seen: SentStream[] = [];
    await waitFor(
      what,
      async () => {
        seen = await sentVideo(host.page);
        return (seen.length > 0 && fits(seen)) || undefined;
      },
      { timeoutMs: 30_000 },
    ).catch((error: Error) => {
      throw new Error(`${error.message}; sent: ${JSON.stringify(seen)}`);
    });
  };
  const untilReceived = (guest: SdkPage, width: number) =>
    waitFor(`a picture ${width} wide`, async () => (await receivedWidth(guest)) === width || undefined, {
      timeoutMs: 30_000,
    });
  const isResting = ({ width }: SentStream) => width !== null && width <= 80;
  const bytesOf = (streams: SentStream[]) => streams.reduce((sum, { bytes }) => sum + bytes, 0);

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

  for (const codec of ['vp8', 'h264'] as const) {
    it(`rest while a small tile is all there is, and come back for a large one, in ${codec}`, async () => {
      const host = await publish(codec);
      const guest = await watch();
      await showIn(guest, 300);
      await untilSent(host, 'the larger streams to rest', ([small, ...larger]) => {
        return small?.width === 320 && larger.length === 2 && larger.every(isResting);
      });
      await untilReceived(guest, 320);
      await showIn(guest, 1_280);
      await untilReceived(guest, 1_280);
      await untilSent(host, 'all streams', (streams) => streams.map(({ width }) => width).join() === '320,640,1280');
    });
  }

  it('are left out while a small tile is all there is, and come back for a large one, in vp9', async () => {
    const host = await publish('vp9');
    const guest = await watch();
    await showIn(guest, 300);
    await untilSent(host, 'the smallest layer alone', ([stream]) => stream?.scalabilityMode === 'L1T2');
    await untilReceived(guest, 320);
    await showIn(guest, 1_280);
    await untilReceived(guest, 1_280);
    await untilSent(host, 'all layers', ([stream]) => stream?.scalabilityMode === 'L3T2_KEY');
  });

  for (const codec of ['vp8', 'vp9', 'av1'] as const) {
    it(`stop altogether while the only tile is hidden, and come back with it, in ${codec}`, async () => {
      const host = await publish(codec);
      const guest = await watch();
      await showIn(guest, 0);
      await untilSent(host, 'all streams to stop', (streams) => streams.every(({ active }) => !active));
      const stopped = bytesOf(await sentVideo(host.page));
      await showIn(guest, 1_280);
      // What moves at first may be the last that was received before.
      await untilSent(host, 'more to be sent', (streams) => bytesOf(streams) > stopped);
      await untilReceived(guest, 1_280);
      await guest.waitForMovingVideo('host', 'camera');
    });
  }

  it('show none of the tiny pictures of their rest to someone who had prepared to join', async () => {
    const host = await publish('vp8');
    await showIn(await watch(), 300);
    await untilSent(
      host,
      'the larger streams to rest',
      ([, ...larger]) => larger.length > 0 && larger.every(isResting),
    );
    const late = await open('late');
    await late.page.evaluate(async () => {
      window.room.on('trackSubscribed', () => {
        const element = window.elements.get('host camera') as HTMLVideoElement;
        element.style.width = '1280px';
        const note = () => window.seen.push(`width ${element.videoWidth}`);
        for (const event of ['loadedmetadata', 'resize']) element.addEventListener(event, note);
      });
      await window.room.prepare({ media: true });
      await window.room.join();
    });
    await untilReceived(late, 1_280);
    const noted = async () => (await late.events()).filter((event) => event.startsWith('width'));
    await waitFor('the page to be told of it', async () => (await noted()).includes('width 1280'));
    const widths = await noted();
    expect(widths.filter((event) => /^width \d\d$/.test(event))).to.deep.equal([]);
  });

  it('are chosen by the size that a shared window has now', async () => {
    const host = await open('host');
    await host.page.evaluate(async () => {
      await window.room.join();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [1_280, 720];
      setInterval(() => canvas.getContext('2d')?.fillRect(0, 0, Math.random() * canvas.width, 100), 100);
      const [track] = canvas.captureStream(10).getVideoTracks();
      if (track) await window.room.localParticipant.publish(track, { source: 'screen' });
      document.body.append(canvas);
    });
    const size = () => {
      const participants = node.server.registry.rooms.flatMap((room) => room.participants);
      return participants.flatMap(({ tracks }) => [...tracks.values()])[0]?.size?.width;
    };
    await waitFor('the first size', () => size() === 1_280);
    await host.page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      if (canvas) [canvas.width, canvas.height] = [640, 480];
    });
    await waitFor('the other size', () => size() === 640);
  });

  it('are there for someone who joins a room where nobody watched', async () => {
    const host = await publish('vp8');
    await untilSent(host, 'all streams to stop', (streams) => streams.every(({ active }) => !active));
    const guest = await watch();
    await showIn(guest, 1_280);
    await untilReceived(guest, 1_280);
  });
});
