import { expectAccessible } from '../helpers/accessibility.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, type RoomPageOptions } from '../helpers/RoomPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';

/** Often enough that the page's own reports, of a good network, never come four in a row. */
const INTERVAL_MS = 1_500;

describe('the page on a poor network', function () {
  this.timeout(120_000);
  let node: TestServer;
  let chromium: Chromium;
  let timer: NodeJS.Timeout | undefined;
  const people: RoomPage[] = [];
  const join = async (name: string, options: RoomPageOptions = {}) => {
    const role = name === 'Mei' ? 'host' : 'guest';
    const token = await node.token({ identity: name.toLowerCase(), name, role });
    const person = await RoomPage.join(chromium.browser, node.url, token, options);
    people.push(person);
    return person;
  };

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  afterEach(async () => {
    clearInterval(timer);
    await Promise.all(people.splice(0).map((person) => person.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  /** From now on the server hears that nothing gets through to someone. */
  function spoil(identity: string): void {
    timer = setInterval(() => {
      for (const room of node.server.registry.rooms) {
        const participant = room.participants.find(({ claims }) => claims.sub === identity);
        // More than may be reported is refused, which makes no difference here.
        if (participant) room.quality.report(participant, { up: null, down: { blocked: true } }).catch(() => undefined);
      }
    }, INTERVAL_MS);
  }

  it('tells the others what the network suffers from, and its owner what to do, until it is read', async () => {
    const mei = await join('Mei');
    const anna = await join('Anna');
    await mei.waitForMovingVideo('Anna');
    spoil('anna');
    await mei.reads('Poor network: losing data');
    await anna.reads('Your network loses data, so sound and picture break up.');
    await expectAccessible(mei, 'someone’s poor network');
    await expectAccessible(anna, 'advice about the own network');
    await anna.press('Got it');
    await anna.readsNoMore('Your network loses data');
    await mei.press('People 2');
    await expectAccessible(mei, 'a poor network among the people');
    clearInterval(timer);
    await mei.readsNoMore('Poor network');
  });

  it('says so in Chinese on a phone', async () => {
    await join('Mei');
    const anna = await join('Anna', { phone: true, language: 'zh' });
    spoil('anna');
    await anna.reads('您的网络在丢包，声音和画面会断续。');
    await anna.reads('网络较差：丢包');
    await expectAccessible(anna, 'advice about the own network, on a phone');
  });
});
