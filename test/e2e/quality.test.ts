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
      await page.page.evaluate(() => window.room.join());
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

  it('is that of a good network where it is one', async () => {
    for (const page of [weak, friend]) {
      await waitToSee(page, 'weak', noFaultOfTheNetwork);
      await waitToSee(page, 'friend', noFaultOfTheNetwork);
    }
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
