import { expect } from 'chai';
import { expectAccessible } from '../helpers/accessibility.ts';
import { ChatPage } from '../helpers/ChatPage.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, SECOND_CAMERA, type RoomPageOptions } from '../helpers/RoomPage.ts';
import { StillViewerPage } from '../helpers/StillViewerPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the chat of the room', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  const pages: ChatPage[] = [];
  let rooms = 0;
  let room = '';

  const tokenOf = (name: string) => {
    const role = name === 'Mei' ? 'host' : name === 'Olga' ? 'observer' : 'guest';
    return node.token({ identity: name.toLowerCase(), name, role, room });
  };
  const join = async (name: string, options: RoomPageOptions = {}) => {
    const token = await tokenOf(name);
    const person =
      name === 'Olga'
        ? await RoomPage.open(chromium.browser, node.url, token, options)
        : await RoomPage.join(chromium.browser, node.url, token, options);
    const chat = new ChatPage(person, options.phone);
    pages.push(chat);
    return chat;
  };
  /** Another device of the same person, where all conversations are. */
  const secondDevice = async (name: string) => {
    const chat = await ChatPage.visit(chromium.browser, `${node.url}/counter`, await tokenOf(name), { phone: true });
    pages.push(chat);
    return chat;
  };

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  beforeEach(() => {
    room = `tea-${++rooms}`;
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((chat) => chat.close()));
    for (const open of node.server.registry.rooms) open.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  it('is a key away, says what is unread, and shows the same on two devices of one person', async () => {
    const [mei, anna] = [await join('Mei'), await join('Anna')];
    await mei.person.key('c');
    await mei.person.reads('No messages yet');
    await anna.person.find('Chat', 'button');
    await mei.say('Welcome to the tasting');
    await anna.person.reads('Mei: Welcome to the tasting');
    await anna.person.find('Chat 1', 'button');
    await mei.waitForStatus('Welcome to the tasting', 'Delivered');
    const phone = await secondDevice('Anna');
    await phone.waitForConversations([`${room} 1`]);
    await phone.choose(room);
    await phone.waitForTexts(['Welcome to the tasting']);
    await mei.waitForStatus('Welcome to the tasting', 'Read');
    // It was read on the other device.
    await anna.person.find('Chat', 'button');
    await phone.say('Thank you');
    await anna.person.press('Chat');
    await anna.waitForTexts(['Welcome to the tasting', 'Thank you']);
    await mei.waitForTexts(['Welcome to the tasting', 'Thank you']);
    const [, own] = await anna.messages();
    expect(own?.own).to.equal(true);
    await anna.person.press('Leave');
    await anna.person.press('Join again');
    await anna.person.joinByButton();
    await anna.person.press('Chat');
    await anna.waitForTexts(['Welcome to the tasting', 'Thank you']);
  });

  it('takes answers, reactions, other words and words back, and says who has read', async () => {
    const [mei, anna] = [await join('Mei'), await join('Anna')];
    await Promise.all([mei, anna].map((chat) => chat.person.press('Chat')));
    await mei.say('Which one is sweeter?');
    await anna.waitForTexts(['Which one is sweeter?']);
    await anna.openMenu('Which one is sweeter?');
    await anna.person.press('Reply');
    await anna.person.reads('Reply to Mei');
    await anna.say('The second');
    await mei.person.find('You Which one is sweeter?', 'button');
    await mei.openMenu('The second');
    await expectAccessible(mei.person, 'what can be done with a message');
    await mei.person.press('React with 👍');
    await anna.person.find('👍 from Mei', 'button');
    await anna.openMenu('The second');
    await anna.person.press('Edit');
    await anna.write(' one');
    await anna.person.press('Save');
    await mei.waitForTexts(['Which one is sweeter?', 'The second one']);
    await mei.person.reads('Edited');
    await anna.person.find('Read', 'button');
    await anna.openMenu('The second one');
    await anna.person.press('Who has read it');
    await anna.person.reads('Mei');
    await anna.person.key('Escape');
    await anna.openMenu('The second one');
    await anna.person.press('Delete');
    await anna.person.press('Delete for everyone');
    await mei.waitForTexts(['Which one is sweeter?', 'This message was deleted']);
  });

  it('finds whom one means by an @, and shows it to them', async () => {
    const [mei, anna] = [await join('Mei'), await join('Anna')];
    await Promise.all([mei, anna].map((chat) => chat.person.press('Chat')));
    await anna.person.reads('2 members');
    await anna.write('@me');
    await anna.person.find('Mei', 'option');
    await anna.person.key('Enter');
    await anna.write('hotter water?');
    await anna.person.key('Enter');
    await mei.waitForTexts(['@Mei hotter water?']);
    await mei.person.sees('>>> cx-messages >>> .mention.me');
  });

  it('shows what looks like HTML as what was written, and only addresses of the web as links', async () => {
    const [mei, anna] = [await join('Mei'), await join('Anna')];
    await Promise.all([mei, anna].map((chat) => chat.person.press('Chat')));
    const text = '<img src=x onerror="window.hacked = 1"><b>tea</b> javascript:alert(1) https://tea.example/leaf.';
    await anna.say(text);
    await mei.waitForTexts([text]);
    const seen = await mei.page.$eval('>>> cx-messages >>> .text', (element) => ({
      elements: [...element.querySelectorAll('*')].map(({ localName }) => localName),
      links: [...element.querySelectorAll('a')].map(({ href, rel, target }) => [href, rel, target]),
    }));
    expect(seen).to.deep.equal({
      elements: ['a'],
      links: [['https://tea.example/leaf', 'noopener noreferrer nofollow', '_blank']],
    });
    expect(await mei.page.evaluate(() => 'hacked' in window)).to.equal(false);
  });

  it('is read along by an observer, who can not write', async () => {
    const mei = await join('Mei');
    await mei.person.press('Chat');
    await mei.say('Welcome');
    const olga = await join('Olga');
    await olga.person.press('Join');
    await olga.person.find('Chat 1', 'button');
    await olga.person.press('Chat 1');
    await olga.waitForTexts(['Welcome']);
    await olga.person.reads('You read along here.');
    expect(await olga.person.has('Message', 'textbox')).to.equal(false);
  });

  it('takes a still of the room, which is looked at where it was taken', async () => {
    const token = await tokenOf('Mei');
    const person = await RoomPage.open(chromium.browser, node.url, token);
    const mei = new ChatPage(person);
    pages.push(mei);
    await person.sees('>>> cx-preview >>> video');
    await person.choose('Tea close-up', SECOND_CAMERA);
    await person.joinByButton();
    await person.press('Take a still: Tea close-up · You');
    await person.press('View');
    await person.press('To chat');
    await person.reads('The still is in the chat');
    const viewer = new StillViewerPage(mei.page);
    await person.press('Close');
    await viewer.waitForClosed();
    await person.press('Chat');
    await waitFor('its picture', () =>
      mei.page.$eval('>>> cx-messages >>> .card img', (image) => (image as HTMLImageElement).naturalWidth > 0),
    );
    await expectAccessible(person, 'a still in the chat');
    await person.press('View');
    await viewer.waitForPicture();
  });

  it('takes pictures that are dropped or pasted, and leaves out those that are taken back', async () => {
    const anna = await join('Anna');
    await anna.person.press('Chat');
    await anna.person.find('Message', 'textbox');
    await anna.page.evaluate(async () => {
      const view = document
        .querySelector('chaxi-room')!
        .shadowRoot!.querySelector('cx-stage')!
        .shadowRoot!.querySelector('cx-chat-panel')!
        .shadowRoot!.querySelector('cx-chat')!;
      const canvas = new OffscreenCanvas(320, 240);
      canvas.getContext('2d')!.fillRect(0, 0, 320, 240);
      const blob = await canvas.convertToBlob();
      const transferOf = (...names: string[]) => {
        const transfer = new DataTransfer();
        for (const name of names) transfer.items.add(new File([blob], name, { type: 'image/png' }));
        return transfer;
      };
      const dropped = transferOf('one.png', 'two.png');
      view.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, cancelable: true }));
      const composer = view.shadowRoot!.querySelector('cx-composer')!;
      const field = composer.shadowRoot!.querySelector('textarea')!;
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transferOf('three.png'), cancelable: true }));
    });
    await anna.person.press('Do not send two.png');
    await expectAccessible(anna.person, 'pictures about to be sent');
    await anna.say('Leaves');
    await anna.waitForTexts(['', 'Leaves']);
    await anna.person.find('Enlarge one.png', 'button');
    await anna.person.find('Enlarge three.png', 'button');
  });

  it('leaves the keys of an input method to it', async () => {
    const anna = await join('Anna');
    await anna.person.press('Chat');
    await anna.write('cha');
    const field = await anna.person.find('Message', 'textbox');
    await field.evaluate((box) => {
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
    });
    await anna.page.keyboard.down('Shift');
    await anna.person.key('Enter');
    await anna.page.keyboard.up('Shift');
    await anna.write('ma');
    await anna.person.key('Enter');
    await anna.waitForTexts(['cha\nma']);
  });

  it('covers the whole of a phone, and is left by its button', async () => {
    const anna = await join('Anna', { phone: true });
    await anna.person.press('Chat');
    await anna.say('Hello');
    await anna.waitForTexts(['Hello']);
    await expectAccessible(anna.person, 'the chat on a phone');
    const box = await anna.page.$eval('>>> cx-chat-panel', (panel) => panel.getBoundingClientRect().toJSON());
    expect(box).to.include({ x: 0, y: 0, width: 390, height: 844 });
    await anna.person.press('Close');
    await waitFor('the panel to close', async () => !(await anna.person.has('Message', 'textbox')));
    expect((await anna.person.focused()).text).to.equal('Chat');
  });
});
