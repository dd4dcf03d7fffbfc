import { expect } from 'chai';
import type { BrowserContext, Page } from 'puppeteer-core';
import type * as Messages from '../../client-sdk/src/messaging/index.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { MessagingClient } from '../helpers/MessagingClient.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { TcpProxy } from '../helpers/TcpProxy.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

declare global {
  interface Window {
    ChaxiMessages: typeof Messages;
    conversation: Messages.Conversation;
  }
}

function numbered(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);
}

/** A tab with nothing but the messages of the SDK, as a shop would load them, and the customer's conversation open in it. */
class MessagesTab {
  readonly page: Page;

  static async open(
    context: BrowserContext,
    node: TestServer,
    serverUrl: string,
    identity: string,
  ): Promise<MessagesTab> {
    const tab = new MessagesTab(await context.newPage());
    await tab.page.goto(`${node.url}/healthz`);
    await tab.load(serverUrl, await node.token({ identity, room: undefined }));
    return tab;
  }

  private constructor(page: Page) {
    this.page = page;
  }

  async load(url: string, token: string): Promise<void> {
    await this.page.addScriptTag({ url: '/chaxi-messages.iife.js' });
    await this.page.evaluate(
      async (given) => {
        const messenger = new window.ChaxiMessages.ChaxiMessenger(given);
        await messenger.connect();
        window.conversation = await messenger.openShop();
      },
      { url, token },
    );
  }

  /** One after the other is kept, as somebody writes. */
  write(texts: readonly string[]): Promise<void> {
    return this.page.evaluate(async (all) => {
      for (const text of all) await window.conversation.sendText(text);
    }, texts);
  }

  texts(): Promise<string[]> {
    return this.page.evaluate(() =>
      window.conversation.messages.map(({ content }) => (content?.type === 'text' ? content.text : '')),
    );
  }

  async untilStored(count: number): Promise<void> {
    await waitFor(`${count} stored messages`, () =>
      this.page.evaluate((wanted) => {
        const { messages } = window.conversation;
        return messages.length === wanted && messages.every(({ seq }) => seq !== null);
      }, count),
    );
  }
}

describe('messages in a browser', function () {
  this.timeout(60_000);
  let node: TestServer;
  let proxy: TcpProxy;
  let chromium: Chromium;
  before(async () => {
    node = await startTestServer();
    proxy = await TcpProxy.start(node.url);
    chromium = await launchChromium();
  });
  after(async () => {
    await chromium?.close();
    await proxy?.close();
    await node?.close();
  });

  it('go out after their tabs are gone, once and in the order in which the tabs wrote them', async () => {
    const context = await chromium.browser.createBrowserContext();
    const [one, two] = [
      await MessagesTab.open(context, node, proxy.url, 'customer'),
      await MessagesTab.open(context, node, proxy.url, 'customer'),
    ];
    proxy.refusing = true;
    proxy.cut();
    const texts = numbered('cup', 30);
    for (let i = 0; i < 30; i += 6) {
      await one.write(texts.slice(i, i + 3));
      await two.write(texts.slice(i + 3, i + 6));
    }
    await waitFor('each tab to show all', async () => (await one.texts()).length + (await two.texts()).length === 60);
    await one.page.close({ runBeforeUnload: false });
    await two.page.goto('about:blank');
    await two.page.close();
    proxy.refusing = false;
    const after = await MessagesTab.open(context, node, proxy.url, 'customer');
    await after.untilStored(30);
    expect(await after.texts()).to.deep.equal(texts);
    await context.close();
  });

  it('go both ways once and in order, while the sockets of two browsers are cut', async () => {
    const identities = ['phone', 'desk'];
    const contexts = await Promise.all(identities.map(() => chromium.browser.createBrowserContext()));
    const [phone, desk] = await Promise.all(
      contexts.map((context) => MessagesTab.open(context, node, proxy.url, 'guest with two devices')),
    );
    const writing = [phone!.write(numbered('p', 120)), desk!.write(numbered('d', 120))];
    for (const count of [40, 110, 180]) {
      await waitFor(`${count} messages`, async () => (await desk!.texts()).length >= count);
      proxy.cut();
    }
    await Promise.all(writing);
    for (const tab of [phone!, desk!]) await tab.untilStored(240);
    const texts = await phone!.texts();
    expect(await desk!.texts()).to.deep.equal(texts);
    expect(texts.filter((text) => text.startsWith('p'))).to.deep.equal(numbered('p', 120));
    expect(texts.filter((text) => text.startsWith('d'))).to.deep.equal(numbered('d', 120));
    for (const context of contexts) await context.close();
  });

  it('with a picture go on with its upload after a reload, and are seen by who stands at the counter', async () => {
    const context = await chromium.browser.createBrowserContext();
    const tab = await MessagesTab.open(context, node, proxy.url, 'photographer');
    const sent = await tab.page.evaluate(async () => {
      const canvas = new OffscreenCanvas(1_600, 1_200);
      const pixels = new ImageData(1_600, 1_200);
      // Noise is not compressed: some megabytes, in more than one request.
      for (let at = 0; at < pixels.data.length; at += 65_536) {
        crypto.getRandomValues(pixels.data.subarray(at, at + 65_536));
      }
      canvas.getContext('2d')!.putImageData(pixels, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
      await window.conversation.sendImage(new File([blob], '茶.jpg', { type: 'image/jpeg' }), { text: '看' });
      await window.conversation.sendText('and?');
      return blob.size;
    });
    await waitFor('the upload to begin', () =>
      tab.page.evaluate(() => window.conversation.messages.some(({ outgoing }) => outgoing?.upload?.sentBytes)),
    );
    proxy.refusing = true;
    proxy.cut();
    await tab.page.reload();
    proxy.refusing = false;
    await tab.load(proxy.url, await node.token({ identity: 'photographer', room: undefined }));
    await tab.untilStored(2);
    const counter = await MessagingClient.connect(node, 'counter', { role: 'host', counter: true });
    const { conversations } = await counter.request('listConversations', {});
    const { conversationId } = conversations.find(({ customer }) => customer === 'photographer')!;
    const { messages } = await counter.request('history', { conversationId });
    const contents = messages.map(({ content }) => content!);
    const image = contents.find((content) => content.type === 'image')!;
    expect(contents.map(({ type }) => type)).to.deep.equal(['text', 'image']);
    expect(image.attachment).to.include({ name: '茶.jpg', mimeType: 'image/jpeg', sizeBytes: sent, width: 1_600 });
    const { attachmentId } = image.attachment;
    const { path, previewPath } = await counter.request('attachmentUrl', { conversationId, attachmentId });
    expect((await (await fetch(node.url + path)).arrayBuffer()).byteLength).to.equal(sent);
    expect((await fetch(node.url + previewPath!)).headers.get('content-type')).to.equal('image/jpeg');
    counter.close();
    await context.close();
  });

  it('of a room are loaded when they are first wanted, and not before', async () => {
    const page = await SdkPage.join(chromium.browser, node.url, await node.token({ identity: 'anna' }));
    const loaded = () =>
      page.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
    expect(await loaded()).not.to.include('/chaxi-messages.js');
    const [kind, room, text] = await page.page.evaluate(async () => {
      const conversation = await window.room.messages.open();
      const message = await conversation.whenStored(await conversation.sendText('hello'));
      return [conversation.info.kind, conversation.info.room, message.content?.type];
    });
    expect([kind, room, text]).to.deep.equal(['room', 'tea', 'text']);
    expect(await loaded()).to.include('/chaxi-messages.js');
    const code = await page.page.evaluate(async () => {
      const conversation = await window.room.messages.open();
      await window.room.leave();
      const error = await conversation.sendText('too late').catch((reason: unknown) => reason);
      return error instanceof window.Chaxi.ChaxiError ? error.code : String(error);
    });
    expect(code).to.equal('invalidState');
    await page.close();
  });
});
