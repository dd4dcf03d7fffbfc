import { expect } from 'chai';
import type { Page } from 'puppeteer-core';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

/** What a page shows of a running timer, and when, by the clock that all pages of this machine have. */
interface Reading {
  wallMs: number;
  elapsedMs: number;
}

/** Each page may be so far from any other one. */
const IN_STEP_MS = 100;
const DURATION_MS = 600_000;

describe('the timer of an infusion in several browsers', function () {
  this.timeout(60_000);
  let node: TestServer;
  let chromium: Chromium;
  let host: SdkPage;
  const pages: SdkPage[] = [];

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium();
  });
  beforeEach(async () => {
    host = await enter('mei', 'host');
    await host.page.evaluate(() =>
      window.room.guide.save({
        title: 'One oolong',
        teas: [{ teaId: 'tgy', name: 'Iron Goddess', infusionSeconds: [20] }],
      }),
    );
    await host.page.evaluate(() => window.room.guide.goTo('tgy'));
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  async function enter(identity: string, role: 'host' | 'guest', prepare?: (page: Page) => Promise<unknown>) {
    const token = await node.token({ identity, role });
    const page = await SdkPage.open(chromium.browser, node.url, token, { prepare });
    pages.push(page);
    await page.page.evaluate(() => window.room.join());
    return page;
  }

  /** The timer as a page shows it when it runs. */
  function running({ page }: SdkPage): Promise<Reading> {
    return waitFor('the running timer', () =>
      page.evaluate(() => {
        const timer = window.room.guide.timer();
        return timer?.running
          ? { wallMs: performance.timeOrigin + performance.now(), elapsedMs: timer.elapsedMs }
          : null;
      }),
    );
  }

  /** How far apart the pages are at most: each says when the timer would have begun. */
  async function apart(): Promise<number> {
    const readings = await Promise.all(pages.map(running));
    const beganMs = readings.map(({ wallMs, elapsedMs }) => wallMs - elapsedMs);
    return Math.max(...beganMs) - Math.min(...beganMs);
  }

  /** As on a device whose date someone has set wrong. */
  const threeHoursAhead = (page: Page) =>
    page.evaluateOnNewDocument(() => {
      const { now } = Date;
      Date.now = () => now() + 3 * 3_600_000;
    });

  it('is in step for who is there, for who comes late, and for who has a wrong date', async () => {
    await enter('anna', 'guest');
    const wrong = await enter('bo', 'guest', threeHoursAhead);
    expect(await wrong.page.evaluate(() => Date.now() - performance.timeOrigin)).to.be.above(3_600_000);
    await host.page.evaluate((durationMs) => window.room.guide.startTimer(durationMs), DURATION_MS);
    expect(await apart(), 'milliseconds between the pages').to.be.below(IN_STEP_MS);
    const late = await enter('chen', 'guest');
    expect(await apart(), 'with who came late').to.be.below(IN_STEP_MS);
    const [here, there] = await Promise.all([running(host), running(late)]);
    expect(there.elapsedMs).to.be.above(0).and.below(DURATION_MS);
    expect(here.elapsedMs).to.be.above(0);
  });

  it('stands and goes on at the same moment for all', async () => {
    const guest = await enter('anna', 'guest', threeHoursAhead);
    await host.page.evaluate((durationMs) => window.room.guide.startTimer(durationMs), DURATION_MS);
    await Promise.all(pages.map(running));
    await host.page.evaluate(() => window.room.guide.pauseTimer());
    const standing = await waitFor('the timer to stand', () =>
      guest.page.evaluate(() => {
        const timer = window.room.guide.timer();
        return timer && !timer.running ? timer : null;
      }),
    );
    expect(await host.page.evaluate(() => window.room.guide.timer())).to.deep.equal(standing);
    expect(standing.elapsedMs).to.be.above(0);
    await host.page.evaluate(() => window.room.guide.startTimer());
    expect(await apart()).to.be.below(IN_STEP_MS);
    expect((await running(guest)).elapsedMs).to.be.at.least(standing.elapsedMs);
  });
});
