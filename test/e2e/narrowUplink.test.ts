import { expect } from 'chai';
import { freePorts } from '../../bench/lib/freePorts.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { observeSending, sentVideo, type SentStream } from '../helpers/sentVideo.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';
import { RELAY_ADDRESS, WeakNetwork } from '../helpers/WeakNetwork.ts';

/** Of the link while it is narrow: too little for 1280 x 720, enough for a smaller picture. */
const NARROW = { rateBps: 500_000, queueBytes: 20_000 };
const PATIENCE_MS = 60_000;

describe('a publisher whose link narrows', function () {
  this.timeout(200_000);
  let node: TestServer;
  let chromium: Chromium;
  let network: WeakNetwork;
  let host: SdkPage;
  let guest: SdkPage;

  before(async () => {
    const basePort = await freePorts(1, ['127.0.0.1', RELAY_ADDRESS]);
    node = await startTestServer({ media: { workers: 1, basePort } as TestServer['config']['media'] });
    network = await WeakNetwork.open([basePort]);
    chromium = await launchChromium();
    const open = async (identity: string, role: 'host' | 'guest') =>
      SdkPage.open(chromium.browser, node.url, await node.token({ identity, role }));
    [host, guest] = [await open('host', 'host'), await open('guest', 'guest')];
    await observeSending(host.page);
    await network.putBehind(host.page);
    await host.page.evaluate(async () => {
      await window.room.join();
      await window.room.localParticipant.publishCamera({ width: 1_280, height: 720, frameRate: 15 });
    });
    await guest.page.evaluate(() => window.room.join());
    await guest.waitForMovingVideo('host', 'camera');
    await guest.page.evaluate(() => {
      const element = window.elements.get('host camera');
      if (element) element.style.width = '1280px';
    });
  });
  after(async () => {
    await chromium?.close();
    await network?.close();
    await node?.close();
  });

  async function untilSent(what: string, fits: (largest: SentStream) => boolean): Promise<void> {
    let seen: SentStream[] = [];
    await waitFor(
      what,
      async () => {
        seen = await sentVideo(host.page);
        const largest = seen.at(-1);
        return largest !== undefined && fits(largest);
      },
      { timeoutMs: PATIENCE_MS, intervalMs: 200 },
    ).catch((error: Error) => {
      throw new Error(`${error.message}; sent: ${JSON.stringify(seen)}`);
    });
  }
  const received = () =>
    guest.page.evaluate(() => (window.elements.get('host camera') as HTMLVideoElement | undefined)?.videoWidth ?? 0);

  it('sends its largest stream smaller instead of none, to who has it, and in full again when there is room', async () => {
    await untilSent('the whole picture', ({ active, width }) => active && width === 1_280);
    await waitFor('the guest to see it', async () => (await received()) === 1_280, { timeoutMs: PATIENCE_MS });
    await network.become(NARROW);
    await untilSent('a smaller picture in the same stream', ({ active, width }) => {
      return active && width !== null && width > 80 && width < 1_280;
    });
    await waitFor('the guest to see that', async () => (await received()) < 1_280, { timeoutMs: PATIENCE_MS });
    await guest.waitForMovingVideo('host', 'camera');
    await network.become({});
    await untilSent('the whole picture again', ({ active, width }) => active && width === 1_280);
    await waitFor('the guest to see it again', async () => (await received()) === 1_280, { timeoutMs: PATIENCE_MS });
  });

  it('keeps a good picture where packets are lost by chance, and knows it from a link that is narrow', async () => {
    const leastKbps = () =>
      host.page.evaluate(() => {
        const described = window.observedConnections.map(({ remoteDescription }) => remoteDescription?.sdp ?? '');
        const found = described.flatMap((sdp) => [...sdp.matchAll(/x-google-min-bitrate=(\d+)/g)]);
        return Math.max(0, ...found.map(([, kbps]) => Number(kbps)));
      });
    expect(await leastKbps(), 'while the link was narrow').to.be.at.most(80);
    await network.become({ lossRatio: 0.2 });
    await waitFor('the estimation to be held', async () => (await leastKbps()) > 80, { timeoutMs: PATIENCE_MS });
    await guest.waitForMovingVideo('host', 'camera');
    await network.become({});
    await waitFor('the estimation to be let go', async () => (await leastKbps()) <= 80, { timeoutMs: PATIENCE_MS });
    await untilSent('the whole picture', ({ active, width }) => active && width === 1_280);
  });
});
