import { expect } from 'chai';
import type { InviteDialog } from '../../web/src/components/InviteDialog.ts';
import { expectAccessible } from '../helpers/accessibility.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, type RoomPageOptions } from '../helpers/RoomPage.ts';
import { TcpProxy } from '../helpers/TcpProxy.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

const roles: Readonly<Record<string, 'host' | 'guest' | 'expert'>> = { Mei: 'host', 'Dr. Chen': 'expert' };

describe('the people of a tasting, several browsers at once', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  const people: RoomPage[] = [];
  /** Another one for each test: a lock, a word and a ban stay with their room. */
  let room: string;
  let rooms = 0;
  const keep = (person: RoomPage) => {
    people.push(person);
    return person;
  };
  const open = async (name: string, options?: RoomPageOptions, url = node.url) => {
    const token = await node.token({ identity: name.toLowerCase(), name, role: roles[name] ?? 'guest', room });
    return keep(await RoomPage.open(chromium.browser, url, token, options));
  };
  const knock = async (name: string, options?: RoomPageOptions) => {
    const person = await open(name, options);
    await person.sees('>>> cx-preview >>> video');
    await person.press(options?.language === 'zh' ? '入席' : 'Join');
    await person.sees('>>> cx-lobby');
    return person;
  };
  const host = async (url?: string) => {
    const mei = await open('Mei', {}, url);
    await mei.joinByButton();
    return mei;
  };
  /** A host, and who was let in. */
  const tasting = async (name: string) => {
    const mei = await host();
    const guest = await knock(name);
    await mei.press(`Let in · ${name}`);
    await guest.sees('>>> cx-stage');
    await mei.waitForTile(name);
    return [mei, guest] as const;
  };
  const act = async (mei: RoomPage, name: string, action: string, confirm?: string) => {
    if (!(await mei.has('Invite', 'button'))) await mei.pressControl(`People ${(await mei.tiles()).length}`);
    if (!(await mei.has(action, 'button'))) await mei.press(`What to do: ${name}`);
    await mei.press(action);
    if (confirm) await mei.press(confirm);
  };

  before(async () => {
    node = await startTestServer({ rooms: { lobby: true } });
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  beforeEach(() => {
    room = `tea ${++rooms}`;
  });
  afterEach(async () => {
    await Promise.all(people.splice(0).map((person) => person.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  it('read in the lobby who the host is and what they say, at once, and switch their devices there', async () => {
    const mei = await host();
    const wei = await knock('Wei', { language: 'zh', phone: true });
    await wei.reads('席主Mei知道您到了，会请您入席。');
    await mei.reads('Wei is waiting to join');
    await mei.pressControl('People 1');
    await write(mei, 'A word for those who wait', '水快开了，五分钟后开席。');
    await mei.press('Show it');
    await wei.reads('水快开了，五分钟后开席。');
    await wei.press('摄像头');
    await wei.waitForSwitch('摄像头', false);
    expect(await wei.page.$('>>> cx-lobby >>> video')).to.equal(null);
    await expectAccessible(wei, 'the lobby with a word, on a phone');
    await mei.press('Let in · Wei');
    await wei.sees('>>> cx-stage');
    await mei.waitForMicrophone('Wei', true);
  });

  it('are let in one by one, or all at once', async () => {
    const mei = await host();
    const anna = await knock('Anna');
    await mei.reads('Anna is waiting to join');
    await mei.press('Let in · Anna');
    await mei.waitForMovingVideo('Anna');
    const others = await Promise.all([knock('Tom'), knock('Wei')]);
    await mei.reads('Waiting to join: 2');
    await expectAccessible(mei, 'two at the door');
    await mei.press('Let all in');
    await Promise.all(others.map((person) => person.sees('>>> cx-stage')));
    await Promise.all(['Tom', 'Wei'].map((name) => anna.waitForTile(name)));
    await mei.readsNoMore('Waiting to join');
  });

  it('are declined with words to choose or to write, which they read; the sign can be put aside meanwhile', async () => {
    const mei = await host();
    const tom = await knock('Tom');
    await mei.press('Decline · Tom');
    await mei.press('We begin a little later. Please open the link again in a while.');
    await expectAccessible(mei, 'declining');
    await mei.press('Send and decline');
    await tom.reads('We begin a little later. Please open the link again in a while.');
    await expectAccessible(tom, 'declined with a reason');
    const wei = await knock('Wei', { language: 'zh' });
    await mei.reads('Wei is waiting to join');
    await mei.press('Close');
    await mei.readsNoMore('Wei is waiting to join');
    await mei.pressControl('People 1');
    await mei.press('Decline · Wei');
    await write(mei, 'In your own words', '明天下午三点再见。');
    await mei.press('Send and decline');
    await wei.reads('明天下午三点再见。');
  });

  it('can be asked for a second opinion: a link, alone first, then with all', async () => {
    const [mei, anna] = await tasting('Anna');
    await mei.pressControl('People 2');
    await mei.press('Invite');
    await mei.reads('Nobody has been invited yet.');
    await expectAccessible(mei, 'inviting');
    await write(mei, 'Name', 'Dr. Chen');
    await mei.press('Make the link');
    await mei.reads('The link for Dr. Chen');
    await mei.reads('Not opened yet');
    await expectAccessible(mei, 'an invitation');
    const link = await (await mei.find('Link', 'textbox')).evaluate((field) => (field as HTMLInputElement).value);
    expect(link).to.match(/\/invite#.+/);
    const chen = keep(await RoomPage.visit(chromium.browser, link));
    await chen.reads('Mei invites you to');
    await chen.press('To the table');
    await chen.sees('>>> cx-preview >>> video');
    await mei.reads('Opened');
    await chen.press('Join');
    await chen.reads('Mei is the host, knows that you are here, and will let you in.');
    await mei.reads('In the lobby');
    await mei.press('Close');
    await mei.press('Speak alone first · Dr. Chen');
    await chen.reads('Only Mei hears you');
    await mei.reads('Only Dr. Chen hears you');
    await anna.reads('Mei is speaking with someone aside');
    await Promise.all([chen.waitForMovingVideo('Anna'), mei.waitForMovingVideo('Dr. Chen')]);
    expect((await anna.tiles()).map(({ title }) => title)).to.not.include('Dr. Chen');
    await expectAccessible(mei, 'speaking aside, the host');
    await expectAccessible(chen, 'speaking aside, the expert');
    await chen.key('c');
    expect(await chen.page.$('>>> cx-chat-panel:not([hidden])'), 'the conversation of all, by its key').to.equal(null);
    await mei.press('Back to lobby');
    await chen.reads('One moment, please');
    await chen.sees('>>> cx-lobby >>> video');
    await anna.readsNoMore('Mei is speaking with someone aside');
    await mei.press('Speak alone first · Dr. Chen');
    await chen.reads('Only Mei hears you');
    await mei.press('Let join all');
    await Promise.all([anna.waitForMovingVideo('Dr. Chen'), chen.readsNoMore('Only Mei hears you')]);
    await mei.readsNoMore('Only Dr. Chen hears you');
    await mei.press('Invite');
    await mei.reads('In the room');
  });

  it('are invited at the second try: why the first failed is said in the dialog, where the name still stands', async () => {
    const mei = await host();
    await mei.pressControl('People 1');
    await mei.press('Invite');
    await write(mei, 'Name', 'Dr. Chen');
    const dialog = await mei.page.$('>>> cx-invite-dialog');
    await dialog!.evaluate((element) => {
      const { invites } = (element as InviteDialog).session.room;
      const fail = () => {
        Reflect.deleteProperty(invites, 'create');
        return Promise.reject(new Error('on purpose'));
      };
      Object.assign(invites, { create: fail });
    });
    await mei.press('Make the link');
    await mei.sees('>>> cx-invite-dialog >>> cx-notices >>> .notice');
    await expectAccessible(mei, 'an invitation that failed');
    await mei.press('Make the link');
    await mei.reads('The link for Dr. Chen');
  });

  it('are not let in by an invitation that was taken back', async () => {
    const mei = await host();
    await mei.pressControl('People 1');
    await mei.press('Invite');
    await mei.press('Make the link');
    const link = await (await mei.find('Link', 'textbox')).evaluate((field) => (field as HTMLInputElement).value);
    await mei.press('Revoke the invitation of Whoever has the link');
    await mei.press('Revoke');
    await mei.reads('Revoked');
    const late = keep(await RoomPage.visit(chromium.browser, link));
    await late.reads('This invitation was taken back');
  });

  it('are muted and hidden, which they can undo, and removed, which they can not', async () => {
    const [mei, anna] = await tasting('Anna');
    await mei.waitForMovingVideo('Anna');
    await act(mei, 'Anna', 'Mute');
    await anna.waitForSwitch('Mic', false);
    await act(mei, 'Anna', 'Stop the picture');
    await anna.waitForSwitch('Camera', false);
    await anna.reads('The host switched off your picture. Switch it on again when it is needed.');
    await anna.press('Camera');
    await mei.waitForMovingVideo('Anna');
    await act(mei, 'Anna', 'Remove…', 'Remove');
    await anna.reads('The host removed you from the room');
    await mei.waitForTile('Anna', false);
  });

  it('are kept out by a ban until it is lifted', async () => {
    const [mei, tom] = await tasting('Tom');
    await act(mei, 'Tom', 'Remove and keep out…', 'Keep out');
    await tom.reads('You were sent out of this room');
    await mei.reads('Kept out: 1');
    const again = await open('Tom');
    await again.reads('Error code participantBanned');
    await mei.press('Let Tom come again');
    await mei.readsNoMore('Kept out');
    await knock('Tom');
    await mei.press('Let in · Tom');
    await mei.waitForTile('Tom');
  });

  it('see that the room is locked, and nobody new comes in until it is opened', async () => {
    const [mei, anna] = await tasting('Anna');
    await mei.pressControl('People 2');
    const lock = await mei.find('Lock the room Nobody new comes in. Who is here can come back.', 'checkbox');
    await lock.click();
    await anna.reads('The room is locked: nobody new comes in');
    const late = await open('Tom');
    await late.reads('Error code roomLocked');
    await lock.click();
    await anna.readsNoMore('The room is locked');
    await late.press('Join again');
    await late.sees('>>> cx-preview >>> video');
    await late.press('Join');
    await mei.press('Let in · Tom');
    await anna.waitForTile('Tom');
  });

  it('are handed the hosting, with a question that says what it means, and hand it back', async () => {
    const [mei, anna] = await tasting('Anna');
    await act(mei, 'Anna', 'Make host…');
    await mei.reads('Anna will lead the tasting');
    await expectAccessible(mei, 'handing over');
    await mei.press('Make host');
    await anna.reads('You lead the tasting now');
    await mei.reads('Your role now: Expert');
    await knock('Tom');
    await anna.press('Let in · Tom');
    await mei.waitForTile('Tom');
    expect(await mei.has('What to do: Tom', 'button')).to.equal(false);
    await act(anna, 'Mei', 'Make host…', 'Make host');
    await mei.reads('You lead the tasting now');
  });

  it('are told in calm words that the host is away, and no longer when the host is back', async () => {
    const proxy = await TcpProxy.start(node.url);
    try {
      const mei = await host(proxy.url);
      const anna = await knock('Anna');
      await mei.press('Let in · Anna');
      await anna.waitForStage('Mei');
      proxy.refusing = true;
      proxy.cut();
      await anna.reads('Mei has lost the connection and keeps the seat of the host');
      await expectAccessible(anna, 'the host is away');
      proxy.refusing = false;
      await anna.readsNoMore('Mei has lost the connection');
      await mei.press('Mic');
      await mei.waitForSwitch('Mic', false);
    } finally {
      await proxy.close();
    }
  });
});

async function write(person: RoomPage, field: string, text: string): Promise<void> {
  const found = await person.find(field, 'textbox');
  await found.click();
  await found.type(text);
  await waitFor(`“${text}” to be written`, () =>
    found.evaluate((element, wanted) => (element as HTMLInputElement).value === wanted, text),
  );
}
