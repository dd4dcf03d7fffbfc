import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { expectAccessible } from '../helpers/accessibility.ts';
import { ChatPage } from '../helpers/ChatPage.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import type { RoomPageOptions } from '../helpers/RoomPage.ts';
import { ShopServer } from '../helpers/ShopServer.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the counter of a shop and its customers', function () {
  this.timeout(60_000);
  let node: TestServer;
  let chromium: Chromium;
  const pages: ChatPage[] = [];
  /** Each test has customers of its own. */
  let run = 0;

  const open = async (path: string, name: string, options: RoomPageOptions = {}) => {
    const counter = path === '/counter';
    const token = await node.token({
      identity: counter ? 'mei' : `${name.toLowerCase()}-${run}`,
      name: counter ? name : `${name} ${run}`,
      role: counter ? 'host' : 'guest',
      counter,
    });
    const chat = await ChatPage.visit(chromium.browser, node.url + path, token, options);
    pages.push(chat);
    return chat;
  };
  const atCounter = (options?: RoomPageOptions) => open('/counter', 'Mei', options);
  const customer = async (name: string, options?: RoomPageOptions) => {
    const chat = await open('/chat', name, options);
    await chat.person.find('Message', 'textbox');
    return chat;
  };

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium();
  });
  beforeEach(() => void run++);
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((chat) => chat.close()));
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  it('tells what to do while nobody has written, and that nothing is found', async () => {
    const mei = await atCounter();
    await mei.person.reads('Nobody has written yet');
    await mei.person.reads('Choose a conversation');
    await expectAccessible(mei.person, 'an empty counter');
  });

  it('answers two customers at once, and shows whom it has not read yet', async () => {
    const [anna, tom] = [await customer('Anna'), await customer('Tom', { phone: true })];
    const mei = await atCounter();
    await anna.say('Do you have white tea?');
    await mei.waitForConversations([`Anna ${run} 1`]);
    await tom.say('Do you ship?');
    await tom.say('To Leeds');
    await mei.waitForConversations([`Tom ${run} 2`, `Anna ${run} 1`]);
    await waitFor('the title', async () => (await mei.page.title()).startsWith('(3)'));
    await anna.waitForStatus('Do you have white tea?', 'Sent');
    await mei.choose(`Anna ${run}`);
    await anna.waitForStatus('Do you have white tea?', 'Read');
    await mei.waitForConversations([`Tom ${run} 2`, `Anna ${run}`]);
    await mei.say('Yes, three of them');
    await anna.waitForTexts(['Do you have white tea?', 'Yes, three of them']);
    await mei.waitForStatus('Yes, three of them', 'Read');
    await mei.waitForConversations([`Anna ${run}`, `Tom ${run} 2`]);
    // Another device of the counter knows the same.
    const phone = await atCounter({ phone: true });
    await waitFor('both', async () => (await phone.conversations()).slice(0, 2).join() === `Anna ${run},Tom ${run} 2`);
    await phone.choose(`Tom ${run}`);
    await phone.waitForTexts(['Do you ship?', 'To Leeds']);
    await mei.waitForConversations([`Anna ${run}`, `Tom ${run}`].concat((await mei.conversations()).slice(2)));
    await expectAccessible(mei.person, 'a counter');
    await expectAccessible(phone.person, 'a conversation on a phone');
    await phone.page.goBack();
    await phone.person.find('Search', 'searchbox');
    await expectAccessible(phone.person, 'the conversations on a phone');
  });

  it('finds what was said, and shows it where it was said', async () => {
    const anna = await customer('Anna');
    await anna.say(`The oolong of ${run}`);
    await anna.waitForStatus(`The oolong of ${run}`, 'Sent');
    const mei = await atCounter();
    const search = await mei.person.find('Search', 'searchbox');
    await search.focus();
    await mei.page.keyboard.type(`oolong ${run}`);
    await mei.person.reads('In messages');
    await mei.page.locator('>>> cx-conversations >>> .conversation').click();
    await mei.waitForTexts([`The oolong of ${run}`]);
    await mei.person.press('Clear the search');
    await mei.person.find('Search', 'searchbox');
  });

  it('gets what was written without a network later, once and in order, also after a reload', async () => {
    const anna = await customer('Anna');
    const mei = await atCounter();
    await anna.say('one');
    await mei.choose(`Anna ${run}`);
    await anna.waitForStatus('one', 'Read');
    await anna.page.setOfflineMode(true);
    await anna.person.reads('No connection. What you write is kept');
    for (const text of ['two', 'three', 'four']) await anna.say(text);
    await anna.waitForTexts(['one', 'two', 'three', 'four']);
    await anna.waitForStatus('four', 'Sending');
    await anna.page.setOfflineMode(false);
    await anna.waitForStatus('four', 'Read');
    await mei.waitForTexts(['one', 'two', 'three', 'four']);
    await mei.person.readsNoMore('No connection');
    // What waits outlives the page, and so does what is not sent yet.
    await anna.page.setOfflineMode(true);
    await anna.person.reads('No connection. What you write is kept');
    await anna.say('five');
    await anna.waitForStatus('five', 'Sending');
    await anna.write('not yet');
    await anna.page.setOfflineMode(false);
    await anna.page.reload();
    await anna.waitForTexts(['one', 'two', 'three', 'four', 'five']);
    await mei.waitForTexts(['one', 'two', 'three', 'four', 'five']);
    const field = await anna.person.find('Message', 'textbox');
    expect(await field.evaluate((box) => (box as HTMLTextAreaElement).value)).to.equal('not yet');
  });

  it('gets pictures and files, and shows pictures in the box that they will have', async () => {
    const [anna, mei] = [await customer('Anna', { phone: true }), await atCounter()];
    const picture = join(node.config.dataDir, 'leaf.png');
    await writeFile(picture, await paintPicture(anna));
    const notes = join(node.config.dataDir, 'notes.txt');
    await writeFile(notes, 'Keep it dry.');
    await anna.attach(picture, notes);
    await anna.say('From last spring');
    await anna.waitForTexts(['', 'From last spring']);
    await mei.choose(`Anna ${run}`);
    await mei.person.find('Save notes.txt 12 B', 'button');
    await mei.person.press('Enlarge leaf.png');
    await mei.person.find('leaf.png', 'image');
    const size = await mei.page.$eval('>>> cx-picture-dialog >>> img', async (image) => {
      await (image as HTMLImageElement).decode();
      return [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight];
    });
    expect(size).to.deep.equal([640, 480]);
    await mei.person.press('Close');
    await expectAccessible(mei.person, 'a picture and a file');
  });

  it('gets what was spoken, to be heard at any speed from any place', async () => {
    const [anna, mei] = [await customer('Anna'), await atCounter()];
    await anna.person.press('Record a voice message');
    await waitFor('the loudness', async () => (await anna.page.$$('>>> cx-voice-recording >>> .level')).length > 10);
    await anna.person.press('Send the voice message');
    await mei.choose(`Anna ${run}`);
    const player = await waitFor('the voice message', () => mei.page.$('>>> cx-voice >>> .play'));
    await anna.waitForStatus('', 'Read');
    await (await mei.person.find('Speed 1', 'button')).evaluate((button) => (button as HTMLElement).click());
    await mei.person.find('Speed 1.5', 'button');
    await player.evaluate((button) => (button as HTMLElement).click());
    await mei.person.find('Pause', 'button');
    await waitFor('the end', async () => !(await mei.person.has('Pause', 'button')));
    const button = await anna.person.find('Record a voice message', 'button');
    const { x, y, width, height } = (await button.boundingBox())!;
    await anna.page.mouse.move(x + width / 2, y + height / 2);
    await anna.page.mouse.down();
    await waitFor('the loudness', async () => (await anna.page.$$('>>> cx-voice-recording >>> .level')).length > 20);
    await anna.page.mouse.move(x - 200, y - 200);
    await anna.page.mouse.up();
    await waitFor('both', async () => (await anna.messages()).length === 2);
    await anna.person.press('Record a voice message');
    await anna.person.press('Discard the recording');
    await anna.person.find('Record a voice message', 'button');
    expect(await anna.messages()).to.have.length(2);
    await expectAccessible(mei.person, 'a voice message');
  });

  it('shows a long talk in parts, and stays at what is read while older messages come', async () => {
    const anna = await customer('Anna');
    const texts = Array.from({ length: 260 }, (_, index) => `message ${index + 1}`);
    await anna.page.evaluate(sayAll, node.url, texts);
    await anna.waitForStatus('message 260', 'Sent');
    const mei = await atCounter();
    await mei.choose(`Anna ${run}`);
    await waitFor('the last one', async () => (await mei.messages()).at(-1)?.text === 'message 260');
    for (let first = ''; first !== 'message 1';) {
      const read = await mei.page.$eval('>>> cx-messages >>> .scroll', readFurtherUp);
      expect(read.moved, `what is read when ${read.first} comes`).to.be.within(-2, 2);
      expect(read.count).to.be.at.most(160);
      first = read.first;
    }
    await mei.person.reads('New');
    await mei.person.press('To the latest message');
    await waitFor('the last one', async () => (await mei.messages()).at(-1)?.text === 'message 260');
    await anna.waitForStatus('message 260', 'Read');
  });

  it('says why there is nothing to see with a link that has expired', async () => {
    const token = await node.token({ identity: 'mei', role: 'host', counter: true, ttlSeconds: -60 });
    for (const path of ['/counter', '/chat']) {
      const late = await ChatPage.visit(chromium.browser, node.url + path, token);
      pages.push(late);
      await late.person.reads('This link has expired');
    }
  });

  it('is reached from a page of the shop itself, by <chaxi-chat>', async () => {
    const shop = await ShopServer.start();
    try {
      const token = await node.token({ identity: `lin-${run}`, name: `Lin ${run}` });
      shop.html = `<!doctype html><html lang="en"><title>A tea shop</title>
        <script>window.heard = []; for (const name of ['chaxi-unread', 'chaxi-error'])
          addEventListener(name, ({ detail }) => window.heard.push(name + ' ' + JSON.stringify(detail)));</script>
        <script type="module" src="${node.url}/chaxi-chat.js"></script>
        <h1>Spring teas</h1>
        <div style="height: 480px"><chaxi-chat lang="en" url="${node.url}" token="${token}"></chaxi-chat></div>`;
      const lin = await ChatPage.visit(chromium.browser, `${shop.origin}/`, '');
      pages.push(lin);
      await lin.say('Hello shop');
      const mei = await atCounter();
      await mei.choose(`Lin ${run}`);
      await mei.say('Hello Lin');
      await lin.waitForTexts(['Hello shop', 'Hello Lin']);
      await lin.waitForStatus('Hello shop', 'Read').catch(() => undefined);
      const heard = await lin.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
      expect(heard.filter((event) => event.startsWith('chaxi-error'))).to.deep.equal([]);
    } finally {
      await shop.close();
    }
  });
});

/** A PNG of 640 x 480 pixels. */
async function paintPicture({ page }: ChatPage): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 480];
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#6b7a3a';
    context.fillRect(0, 0, 640, 480);
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.split(',')[1]!, 'base64');
}

/** Runs in the page: another messenger of the same person sends these texts. */
async function sayAll(url: string, texts: readonly string[]): Promise<void> {
  const { ChaxiMessenger } = (await import(`${url}/chaxi-messages.js`)) as {
    ChaxiMessenger: typeof import('../../client-sdk/src/messaging/index.ts').ChaxiMessenger;
  };
  const token = new URLSearchParams(location.hash.slice(1)).get('token')!;
  const messenger = new ChaxiMessenger({ url, token, storage: 'memory' });
  void messenger.connect();
  const conversation = await messenger.openShop();
  const sent = await Promise.all(texts.map((text) => conversation.sendText(text)));
  await conversation.whenStored(sent.at(-1)!);
  messenger.close();
}

/** Runs in the page: scrolls up, waits for what comes above, and tells by how many pixels the line that is read has moved. */
async function readFurtherUp(scroller: Element): Promise<{ first: string; moved: number; count: number }> {
  const rows = () => [...scroller.querySelectorAll<HTMLElement>('.message')];
  const textOf = (row: HTMLElement | undefined) => row?.querySelector('.text')?.textContent ?? '';
  const before = textOf(rows()[0]);
  scroller.scrollTop = 400;
  const { top } = scroller.getBoundingClientRect();
  const read = rows().find((row) => row.getBoundingClientRect().top > top)!;
  const place = read.getBoundingClientRect().top;
  while (textOf(rows()[0]) === before) await new Promise(requestAnimationFrame);
  const again = rows().find((row) => textOf(row) === textOf(read))!;
  return { first: textOf(rows()[0]), moved: again.getBoundingClientRect().top - place, count: rows().length };
}
