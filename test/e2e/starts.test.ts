import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('starts and refusals in a real browser', function () {
  this.timeout(60_000);
  let node: TestServer;
  let chromium: Chromium;
  const pages: SdkPage[] = [];
  const keep = (page: SdkPage) => {
    pages.push(page);
    return page;
  };
  const refusal = async (token: string) => {
    const page = keep(await SdkPage.open(chromium.browser, node.url, token));
    return page.page.evaluate(() =>
      window.room.join().then(
        () => 'joined',
        (error: { code: string }) => error.code,
      ),
    );
  };

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium();
    const host = await SdkPage.join(chromium.browser, node.url, await node.token({ identity: 'host', role: 'host' }), [
      'teaCloseUp',
    ]);
    keep(host);
  });
  afterEach(() => Promise.all(pages.splice(1).map((page) => page.close())));
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  for (const [start, prepare] of [
    ['cold', null],
    ['warm', { media: false }],
    ['hot', { media: true }],
  ] as const) {
    it(`shows the cup from a ${start} start and times its stages`, async () => {
      const token = await node.token({ identity: `guest-${start}` });
      const guest = keep(await SdkPage.open(chromium.browser, node.url, token));
      if (prepare) await guest.page.evaluate((options) => window.room.prepare(options), prepare);
      await guest.page.evaluate(() => window.room.join());
      await guest.waitForMovingVideo('host', 'teaCloseUp');
      // A picture that came late is looked for less often than it is shown: the timing may follow it.
      const timing = await waitFor('the timing of the join', () => guest.page.evaluate(() => window.room.joinTiming));
      expect(timing).to.include({ start });
      expect(timing.firstFrameMs).to.be.greaterThan(0);
    });
  }

  it('works with a server whose codecs are not the ones that the SDK knows', async () => {
    const small = await startTestServer({ media: { codecs: ['opus', 'vp8'] } });
    try {
      const host = keep(
        await SdkPage.join(chromium.browser, small.url, await small.token({ identity: 'host', role: 'host' }), [
          'camera',
        ]),
      );
      const guest = keep(await SdkPage.join(chromium.browser, small.url, await small.token({ identity: 'guest' })));
      await guest.waitForMovingVideo('host', 'camera');
      expect(await host.state()).to.equal('joined');
    } finally {
      await Promise.all(pages.splice(1).map((page) => page.close()));
      await small.close();
    }
  });

  it('says that a token has expired', async () => {
    expect(await refusal(await node.token({ ttlSeconds: -60 }))).to.equal('tokenExpired');
  });

  it('says that a token was tampered with', async () => {
    const token = await node.token({ role: 'guest' });
    const [header, payload, signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, role: 'host' })).toString('base64url');
    expect(await refusal(`${header}.${forged}.${signature}`)).to.equal('tokenInvalid');
  });

  it('says that a token is signed with the secret of another shop', async () => {
    expect(await refusal(await node.token({ apiSecret: OTHER_SECRET }))).to.equal('tokenInvalid');
  });

  it('leads into the room of the token and no other', async () => {
    const page = keep(await SdkPage.join(chromium.browser, node.url, await node.token({ room: 'elsewhere' })));
    expect(await page.identities()).to.deep.equal([]);
    expect(await page.page.evaluate(() => window.room.info?.name)).to.equal('elsewhere');
  });

  it('waits in the lobby until the host lets it in', async () => {
    const shop = await startTestServer({ rooms: { lobby: true } });
    try {
      const host = keep(
        await SdkPage.join(chromium.browser, shop.url, await shop.token({ identity: 'host', role: 'host' }), [
          'camera',
        ]),
      );
      const guest = keep(await SdkPage.open(chromium.browser, shop.url, await shop.token({ identity: 'guest' })));
      const joined = guest.page.evaluate(() => window.room.join());
      await guest.waitForEvent('lobbyEntered');
      const waiting = await host.page.evaluate(() => window.room.waiting.map(({ identity }) => identity));
      expect(waiting).to.deep.equal(['guest']);
      expect(await guest.framesDecoded('host', 'camera')).to.equal(0);
      await host.page.evaluate(() => window.room.admit(window.room.waiting[0]!.participantId));
      await joined;
      await guest.waitForMovingVideo('host', 'camera');
    } finally {
      await Promise.all(pages.splice(1).map((page) => page.close()));
      await shop.close();
    }
  });

  it('says that the room is full', async () => {
    const tiny = await startTestServer({ rooms: { maxParticipants: 1 } });
    try {
      keep(await SdkPage.join(chromium.browser, tiny.url, await tiny.token({ identity: 'first' })));
      const second = keep(await SdkPage.open(chromium.browser, tiny.url, await tiny.token({ identity: 'second' })));
      const code = await second.page.evaluate(() => window.room.join().catch((error: { code: string }) => error.code));
      expect(code).to.equal('roomFull');
    } finally {
      await Promise.all(pages.splice(1).map((page) => page.close()));
      await tiny.close();
    }
  });
});
