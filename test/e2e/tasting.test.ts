import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('a tasting with a lobby, by the SDK in real browsers', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  let host: SdkPage;
  const pages: SdkPage[] = [];
  const keep = (page: SdkPage) => {
    pages.push(page);
    return page;
  };

  before(async () => {
    node = await startTestServer({ rooms: { lobby: true } });
    chromium = await launchChromium();
  });
  beforeEach(async () => {
    const token = await node.token({ identity: 'mei', role: 'host' });
    host = keep(await SdkPage.join(chromium.browser, node.url, token, ['teaCloseUp']));
    await host.page.evaluate(() =>
      window.room.guide.save({ title: 'One oolong', teas: [{ teaId: 'tgy', name: 'Iron Goddess' }] }),
    );
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  /** Opens a page that waits in the lobby. */
  async function knock(identity: string): Promise<SdkPage> {
    const page = keep(await SdkPage.open(chromium.browser, node.url, await node.token({ identity, role: 'expert' })));
    await page.page.evaluate(() => void window.room.join().catch(() => undefined));
    await page.waitForState('lobby');
    return page;
  }

  /** Where the host sees who waits, or is in the room. */
  function idOf(identity: string): Promise<string> {
    return waitFor(`${identity} to be seen by the host`, () =>
      host.page.evaluate((wanted) => {
        const { waiting, participants } = window.room;
        return [...waiting, ...participants.values()].find((one) => one.identity === wanted)?.participantId;
      }, identity),
    );
  }
  const admit = async (identity: string, aside = false) =>
    host.page.evaluate((id, options) => window.room.admit(id, options), await idOf(identity), { aside });

  it('lets an expert speak with the host alone, wait again, and come to all, with picture each time', async () => {
    const anna = await knock('anna');
    await admit('anna');
    await anna.waitForMovingVideo('mei', 'teaCloseUp');
    const chen = await knock('chen');
    expect(await chen.page.evaluate(() => window.room.guide.current?.title)).to.equal('One oolong');

    await admit('chen', true);
    await chen.waitForState('aside');
    await chen.publish('camera');
    await Promise.all([chen.waitForMovingVideo('mei', 'teaCloseUp'), host.waitForMovingVideo('chen', 'camera')]);
    const chenId = await idOf('chen');
    expect(await host.page.evaluate(() => window.room.asideWith)).to.equal(chenId);
    expect(await anna.identities()).to.deep.equal(['mei']);

    await host.page.evaluate((id) => window.room.endAside(id), chenId);
    await chen.waitForState('lobby');
    expect(await chen.identities()).to.deep.equal([]);
    await waitFor('the host to be alone again', () => host.page.evaluate(() => window.room.asideWith === null));

    await admit('chen');
    await chen.waitForState('joined');
    await Promise.all([
      chen.waitForMovingVideo('mei', 'teaCloseUp'),
      anna.waitForMovingVideo('chen', 'camera'),
      host.waitForMovingVideo('chen', 'camera'),
    ]);
  });

  it('keeps what is written in the lobby, and sends it when the same person is let in another time', async () => {
    const anna = await knock('anna');
    await anna.page.evaluate(async () => {
      window.room.notes.save({ teaId: 'tgy', aspects: { aroma: { score: 8.5, words: 'orchid' } } });
      await window.room.leave();
    });
    const token = await node.token({ identity: 'anna', role: 'expert' });
    // The page that comes back another day, with what its browser has kept.
    await anna.page.evaluate(
      (url, again) => {
        window.room = new window.Chaxi.TastingRoom({ url, token: again });
        window.room.join().catch(() => undefined);
      },
      node.url,
      token,
    );
    await anna.waitForState('lobby');
    expect(await anna.page.evaluate(() => window.room.notes.pending)).to.equal(true);
    await admit('anna');
    await waitFor('the note to be sent', () => anna.page.evaluate(() => !window.room.notes.pending));
    const { notes, guide } = await anna.page.evaluate(() => window.room.notes.export());
    expect(notes.map(({ teaId, aspects }) => [teaId, aspects.aroma])).to.deep.equal([
      ['tgy', { score: 8.5, words: 'orchid' }],
    ]);
    expect(guide?.teas[0]?.name).to.equal('Iron Goddess');
  });
});
