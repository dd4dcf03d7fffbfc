import { expect } from 'chai';
import { freePorts } from '../../bench/lib/freePorts.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';
import { RELAY_ADDRESS, WeakNetwork } from '../helpers/WeakNetwork.ts';

/** Reports every other second, two of them for the worse and four for the better, and a machine that is busy. */
const PATIENCE_MS = 40_000;

describe('the quality that a page shows of networks', function () {
  this.timeout(150_000);
  let node: TestServer;
  let chromium: Chromium;
  let network: WeakNetwork;
  let weak: SdkPage;
  let friend: SdkPage;

  before(async () => {
    const basePort = await freePorts(1, ['127.0.0.1', RELAY_ADDRESS]);
    node = await startTestServer({ media: { workers: 1, basePort } as TestServer['config']['media'] });
    network = await WeakNetwork.open([basePort]);
    chromium = await launchChromium();
    const open = async (identity: string) =>
      SdkPage.open(chromium.browser, node.url, await node.token({ identity, role: 'host' }));
    [weak, friend] = [await open('weak'), await open('friend')];
    await network.putBehind(weak.page);
    for (const page of [weak, friend]) {
      await page.page.evaluate(() => {
        window.room.on('connectionQualityChanged', ({ identity }, quality, reason) =>
          window.seen.push(`${identity} ${quality} ${reason}`),
        );
        return window.room.join();
      });
      for (const source of ['microphone', 'camera'] as const) await page.publish(source);
    }
  });
  after(async () => {
    await chromium?.close();
    await network?.close();
    await node?.close();
  });

  /** What a page shows of someone, oneself included, as `poor loss`. */
  function seenBy(page: SdkPage, identity: string): Promise<string> {
    return page.page.evaluate((who) => {
      const { localParticipant, participants } = window.room;
      const person = [localParticipant, ...participants.values()].find((other) => other.identity === who);
      return person ? [person.quality, person.qualityReason].filter(Boolean).join(' ') : 'nobody';
    }, identity);
  }

  async function waitToSee(page: SdkPage, identity: string, quality: RegExp): Promise<void> {
    const seen = new Set<string>();
    const matches = async () => {
      const now = await seenBy(page, identity);
      seen.add(now);
      return quality.test(now);
    };
    const what = `${identity} to be ${String(quality)}`;
    await waitFor(what, matches, { timeoutMs: PATIENCE_MS, intervalMs: 200 }).catch((error: Error) => {
      throw new Error(`${error.message}; seen: ${[...seen].join(', ')}`);
    });
  }

  // A machine that is short of processor time is a reason of its own, and true.
  const noFaultOfTheNetwork = /^(good|fair cpu|poor cpu)$/;

  /** Reports that the node has taken of anyone. */
  async function reportCount(): Promise<number> {
    const text = await (await fetch(`${node.url}/metrics`)).text();
    const counted = /chaxi_network_round_trip_seconds_count (\d+)/.exec(text)?.[1];
    if (counted === undefined) throw new Error(`The metrics do not count reports: ${text.slice(0, 200)}`);
    return Number(counted);
  }

  it('is that of a good network where it is one', async () => {
    for (const page of [weak, friend]) {
      await waitToSee(page, 'weak', noFaultOfTheNetwork);
      await waitToSee(page, 'friend', noFaultOfTheNetwork);
    }
  });

  it('is no worse for layers that nobody watches, nor when they are watched again', async () => {
    await weak.forgetEvents();
    // While another page has it open, the fake camera keeps the small size of that one.
    for (const { page } of [weak, friend]) {
      await page.evaluate(() => window.room.localParticipant.unpublish('camera'));
    }
    await friend.page.evaluate(() => window.room.localParticipant.publishCamera().then(() => undefined));
    await weak.waitForMovingVideo('friend', 'camera');
    for (const [widthPx, rests] of [
      [100, true],
      [1_200, false],
    ] as const) {
      await weak.page.evaluate((width) => {
        const element = window.elements.get('friend camera');
        if (element) element.style.width = `${width}px`;
      }, widthPx);
      const isSo = async () => (await friend.page.evaluate(hasRestingLayer)) === rests;
      await waitFor(`layers to ${rests ? 'rest' : 'be sent in full again'}`, isSo, { timeoutMs: PATIENCE_MS });
      const before = await reportCount();
      const came = async () => (await reportCount()) >= before + 10;
      // The address may ask for so many metrics a minute and no more.
      await waitFor('some reports of both', came, { timeoutMs: PATIENCE_MS, intervalMs: 1_000 });
    }
    // A layer that is missed would be taken for one that the bandwidth withholds; delay and loss are what a busy machine has.
    expect((await weak.events()).filter((event) => event.includes('bandwidth'))).to.deep.equal([]);
    await weak.publish('camera');
  });

  it('is poor for loss on the own way only, though what is lost is missed by all, and good again after', async () => {
    await network.become({ lossRatio: 0.2 });
    await waitToSee(friend, 'weak', /^poor loss$/);
    await waitToSee(weak, 'weak', /^poor loss$/);
    expect(await seenBy(friend, 'friend')).to.match(noFaultOfTheNetwork);
    await network.become({});
    await waitToSee(friend, 'weak', noFaultOfTheNetwork);
    expect(await seenBy(friend, 'friend')).to.match(noFaultOfTheNetwork);
  });

  it('is that of the speech where the cameras are off, whatever the network was like before', async () => {
    const setCameras = async (method: 'mute' | 'unmute') => {
      for (const { page } of [weak, friend]) {
        await page.evaluate((name) => window.room.localParticipant.tracks.get('camera')?.[name](), method);
      }
    };
    await setCameras('mute');
    await network.become({ lossRatio: 0.25 });
    await waitToSee(friend, 'weak', /^poor loss$/);
    expect(await seenBy(weak, 'friend')).to.match(noFaultOfTheNetwork);
    await network.become({});
    await waitToSee(friend, 'weak', noFaultOfTheNetwork);
    expect(await seenBy(weak, 'friend')).to.match(noFaultOfTheNetwork);
    await setCameras('unmute');
  });

  it('suffers from delay where the way is long', async () => {
    await network.become({ delayMs: 200 });
    await waitToSee(friend, 'weak', /^fair delay$/);
    await network.become({});
    await waitToSee(friend, 'weak', noFaultOfTheNetwork);
  });

  it('is poor at once where media stops getting through, though the socket is there', async () => {
    await network.become({ lossRatio: 1 });
    await waitToSee(friend, 'weak', /^poor loss$/);
    expect(await weak.state()).to.equal('joined');
    await network.become({});
    await waitToSee(friend, 'weak', noFaultOfTheNetwork);
  });
});

/** Runs in the page. One that rests is sent all the same, but has next to no size. */
async function hasRestingLayer(): Promise<boolean> {
  const { local } = await window.room.getStats();
  return local.some(({ source, layers }) => source === 'camera' && layers.some(({ width = 0 }) => width <= 80));
}
