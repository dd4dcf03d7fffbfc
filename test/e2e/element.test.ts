import { expect } from 'chai';
import { ChatPage } from '../helpers/ChatPage.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, SECOND_CAMERA } from '../helpers/RoomPage.ts';
import { ShopServer } from '../helpers/ShopServer.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

declare global {
  interface Window {
    /** Names and details of the events that the shop's page got, in order. */
    heard: string[];
  }
}

describe('<chaxi-room> in the page of a shop', function () {
  this.timeout(90_000);
  let shop: ShopServer;
  let node: TestServer;
  let chromium: Chromium;
  const people: RoomPage[] = [];
  const visit = async (url: string, token: string) => {
    shop.html = shopPage(url, token);
    const person = await RoomPage.visit(chromium.browser, shop.origin);
    people.push(person);
    return person;
  };
  const tokenOf = (name: string) =>
    node.token({ identity: name.toLowerCase(), name, role: name === 'Mei' ? 'host' : 'guest' });

  before(async () => {
    shop = await ShopServer.start();
    node = await startTestServer({ http: { corsOrigins: [shop.origin] } });
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  afterEach(async () => {
    await Promise.all(people.splice(0).map((person) => person.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
    await shop?.close();
  });

  it('joins, sees the others, leaves, and tells the page of it', async () => {
    const host = await visit(node.url, await tokenOf('Mei'));
    await host.joinByButton();
    const guest = await visit(node.url, await tokenOf('Anna'));
    await guest.joinByButton();
    await Promise.all([host.waitForMovingVideo('Anna'), guest.waitForMovingVideo('Mei')]);
    await waitForHeard(guest, ['chaxi-joined {}']);
    await guest.press('Leave');
    await waitForHeard(guest, ['chaxi-joined {}', 'chaxi-left {"code":null}']);
    await host.waitForTile('Anna', false);
    await waitForHeard(host, ['chaxi-joined {}']);
  });

  it('leaves the room when it is taken out of the page, and opens again when it is put back', async () => {
    const host = await visit(node.url, await tokenOf('Mei'));
    await host.joinByButton();
    const guest = await visit(node.url, await tokenOf('Anna'));
    await guest.joinByButton();
    await host.waitForMovingVideo('Anna');
    const element = await guest.page.evaluateHandle(() => {
      const room = document.querySelector('chaxi-room')!;
      room.remove();
      return room;
    });
    await host.waitForTile('Anna', false);
    await guest.page.evaluate((room) => document.querySelector('section')!.append(room), element);
    await guest.joinByButton();
    await host.waitForMovingVideo('Anna');
  });

  it('has its chat, whose code comes from the node too', async () => {
    const [host, guest] = [await visit(node.url, await tokenOf('Mei')), await visit(node.url, await tokenOf('Anna'))];
    await Promise.all([host.joinByButton(), guest.joinByButton()]);
    await Promise.all([host.press('Chat'), guest.press('Chat')]);
    await new ChatPage(host).say('Welcome');
    await new ChatPage(guest).waitForTexts(['Welcome']);
  });

  it('takes the language and the look of the page that holds it', async () => {
    const guest = await visit(node.url, await tokenOf('Anna'));
    await guest.find('Join', 'button');
    await guest.page.evaluate(() => {
      const room = document.querySelector('chaxi-room')!;
      room.setAttribute('lang', 'zh');
      room.setAttribute('theme', 'dark');
    });
    await guest.find('入席', 'button');
    const surround = await guest.page.$eval('>>> cx-preview', (view) => getComputedStyle(view).backgroundColor);
    expect(surround).to.equal('rgb(43, 43, 43)');
  });

  it('looks for a color card in the background, with the node’s own worker', async () => {
    const host = await visit(node.url, await tokenOf('Mei'));
    await host.sees('>>> cx-preview >>> video');
    await host.choose('Tea close-up', SECOND_CAMERA);
    await host.joinByButton();
    await host.press('Adjust the close-up camera');
    await host.press('Correct with a card');
    await host.reads('Not found yet.');
    const workers = host.page.workers().map((worker) => worker.url());
    expect(workers.filter((url) => url.startsWith(`blob:${shop.origin}`))).not.to.be.empty;
  });

  it('says that a token has expired, to the person and to the page', async () => {
    const guest = await visit(node.url, await node.token({ ttlSeconds: -60 }));
    await guest.reads('This link has expired');
    await waitForHeard(guest, ['chaxi-error {"code":"tokenExpired"}', 'chaxi-left {"code":"tokenExpired"}']);
  });

  it('says in clear words that the node does not know the page’s origin', async () => {
    const strict = await startTestServer({ http: { corsOrigins: ['https://tea.example'] } });
    try {
      const guest = await visit(strict.url, await strict.token());
      await guest.reads('This web page may not use the room');
      await guest.reads('The shop has to add this page’s address to http.corsOrigins of its server.');
      await waitForHeard(guest, ['chaxi-error {"code":"originNotAllowed"}', 'chaxi-left {"code":"originNotAllowed"}']);
    } finally {
      await Promise.all(people.splice(0).map((person) => person.close()));
      await strict.close();
    }
  });
});

/** A page as a shop would write it, with the element of the node in a box of its own. */
function shopPage(url: string, token: string): string {
  return `<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>A tea shop</title>
        <style>
          section { height: 600px; }
        </style>
        <script>
          window.heard = [];
          for (const name of ['chaxi-joined', 'chaxi-left', 'chaxi-error']) {
            addEventListener(name, ({ detail }) => window.heard.push(name + ' ' + JSON.stringify(detail)));
          }
        </script>
        <script type="module" src="${url}/chaxi-room.js"></script>
      </head>
      <body>
        <h1>Spring teas</h1>
        <section><chaxi-room lang="en" url="${url}" token="${token}"></chaxi-room></section>
      </body>
    </html>`;
}

async function waitForHeard(person: RoomPage, events: string[]): Promise<void> {
  let heard: string[] = [];
  await waitFor(`the events ${events.join(', ')}`, async () => {
    heard = await person.page.evaluate(() => window.heard);
    return heard.length >= events.length;
  }).catch(() => undefined);
  expect(heard).to.deep.equal(events);
}
