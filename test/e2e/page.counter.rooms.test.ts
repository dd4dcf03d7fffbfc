import { expect } from 'chai';
import { expectAccessible } from '../helpers/accessibility.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, type RoomPageOptions } from '../helpers/RoomPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the rooms on the page of the counter', function () {
  this.timeout(60_000);
  let node: TestServer;
  let chromium: Chromium;
  const visitors = new Visitors(() => node);
  const people: RoomPage[] = [];

  before(async () => {
    node = await startTestServer({ rooms: { lobby: true } });
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  afterEach(async () => {
    await Promise.all(people.splice(0).map((person) => person.close()));
    visitors.clear();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  const atCounter = async ({ language = 'en', ...options }: RoomPageOptions = {}) => {
    const token = await node.token({ identity: 'mei', name: 'Mei', role: 'host', counter: true });
    const mei = await RoomPage.visit(chromium.browser, `${node.url}/counter#token=${token}&lang=${language}`, options);
    people.push(mei);
    return mei;
  };

  it('show who waits, and one click leads to them as host, in a tab of its own', async () => {
    const mei = await atCounter();
    await mei.reads('No room is open');
    const guest = await visitors.join('anna', { name: 'Anna', room: 'Spring tasting' });
    await mei.reads('Anna');
    await mei.reads('just now');
    await waitFor('the title', async () => (await mei.page.title()).startsWith('(1)'));
    await expectAccessible(mei, 'a counter with someone who waits');
    const opened = new Promise<RoomPage['page'] | null>((resolve) => mei.page.once('popup', resolve));
    await mei.press('Let in: enter as host, Enter Spring tasting as host');
    const tab = (await opened)!;
    // It is opened empty in the click itself, and goes to the room when the server has given the token.
    await waitFor('the address of the room', () => tab.url().startsWith(`${node.url}/room`));
    // Nothing tells of what changes within the elements.
    const find = (selector: string) => waitFor(selector, () => tab.$(selector), { timeoutMs: 30_000 });
    await find('>>> cx-preview >>> video');
    expect(await tab.evaluate(() => window.opener as unknown)).to.equal(null);
    await (await find('>>> cx-preview >>> .join')).click();
    await find('>>> cx-stage');
    await mei.reads('Mei, Host');
    await guest.client.request('leave', {});
    await mei.reads('Enter');
    await mei.readsNoMore('just now');
  });

  it('are opened from it, where guests wait unless it is said otherwise', async () => {
    const mei = await atCounter({ phone: true });
    await mei.press('Rooms');
    await mei.press('Open a room');
    await (await mei.find('Name of the room', 'textbox')).focus();
    await mei.page.keyboard.type('Wuyi evening');
    await expectAccessible(mei, 'opening a room on a phone');
    await mei.press('Open it');
    await mei.reads('Nobody is in it');
    await visitors.join('tom', { name: 'Tom', room: 'Wuyi evening' });
    await mei.reads('Tom');
    await mei.press('Open a room');
    await (await mei.find('Name of the room', 'textbox')).focus();
    await mei.page.keyboard.type('Wuyi evening');
    await mei.press('Open it');
    await mei.reads('A room with this name exists');
  });

  it('are told in Chinese', async () => {
    await visitors.join('wang', { name: '王阿姨', room: '春茶' });
    const mei = await atCounter({ language: 'zh' });
    await mei.reads('王阿姨');
    await mei.reads('刚到');
    await mei.reads('去迎客');
    await mei.find('开一席茶', 'button');
  });
});
