import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, type RoomPageOptions } from '../helpers/RoomPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';

describe('the lobby in the page', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  let host: RoomPage;
  const guests: RoomPage[] = [];
  const knock = async (name: string, options?: RoomPageOptions) => {
    const token = await node.token({ identity: name.toLowerCase(), name });
    const guest = await RoomPage.open(chromium.browser, node.url, token, options);
    guests.push(guest);
    await guest.sees('>>> cx-preview >>> video');
    await guest.press(options?.language === 'zh' ? '入席' : 'Join');
    return guest;
  };

  before(async () => {
    node = await startTestServer({ rooms: { lobby: true } });
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  beforeEach(async () => {
    const token = await node.token({ identity: 'mei', name: 'Mei', role: 'host' });
    host = await RoomPage.join(chromium.browser, node.url, token);
  });
  afterEach(async () => {
    await Promise.all([...guests.splice(0), host].map((person) => person.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  it('lets a guest wait with their own picture until the host lets them in from the sign at the door', async () => {
    const status = await host.page.$('>>> cx-knock >>> [role=status]');
    const guest = await knock('Anna', { phone: true });
    await guest.reads('One moment, please');
    await guest.reads('Mei is the host, knows that you are here, and will let you in.');
    await guest.sees('>>> cx-lobby >>> video');
    await host.reads('Anna is waiting to join');
    expect(await status?.evaluate(({ textContent }) => textContent)).to.equal('Anna is waiting to join');
    await host.press('Let in · Anna');
    await Promise.all([guest.waitForMovingVideo('Mei'), host.waitForMovingVideo('Anna')]);
    await host.readsNoMore('Anna is waiting to join');
  });

  it('lists who waits in the panel of people, where the host picks whom to let in and whom to decline', async () => {
    const anna = await knock('Anna');
    await host.reads('Anna is waiting to join');
    const wei = await knock('Wei', { language: 'zh' });
    await wei.reads('请稍候片刻');
    await host.reads('Anna and 1 more are waiting to join');
    await host.press('See all');
    await host.press('Decline · Wei');
    await host.press('Decline');
    await wei.reads('席主这次没有请您入席');
    await wei.reads('请先与席主联系，再打开链接。');
    expect(await wei.has('重新入席', 'button')).to.equal(false);
    await host.press('Let in · Anna');
    await host.waitForMovingVideo('Anna');
    await anna.waitForStage('Mei');
    await host.readsNoMore('Waiting to join');
  });

  it('takes who no longer wants to wait off the list', async () => {
    const guest = await knock('Anna');
    await host.reads('Anna is waiting to join');
    await guest.press('Do not wait');
    await guest.reads('You have left');
    await host.readsNoMore('Anna is waiting to join');
  });
});
