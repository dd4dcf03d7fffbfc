import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage } from '../helpers/RoomPage.ts';
import { TcpProxy } from '../helpers/TcpProxy.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the words of the page for each failure', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  const people: RoomPage[] = [];
  const keep = (person: RoomPage) => {
    people.push(person);
    return person;
  };
  const open = async (token: string, url = node.url, browser = chromium.browser) =>
    keep(await RoomPage.open(browser, url, token));

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  afterEach(async () => {
    await Promise.all(people.splice(0).map((person) => person.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  for (const [failure, makeToken, words, code] of [
    ['is not complete', () => Promise.resolve(''), 'This link is not complete', 'tokenMissing'],
    ['is no token', () => Promise.resolve('nonsense'), 'This link is not valid', 'tokenInvalid'],
    ['has expired', () => node.token({ ttlSeconds: -60 }), 'This link has expired', 'tokenExpired'],
  ] as const) {
    it(`a link that ${failure}: asks for no camera and offers no button that can not help`, async () => {
      const person = await open(await makeToken());
      await person.reads(words);
      await person.reads(`Error code ${code}`);
      await person.sees('>>> [role=alert]');
      for (const useless of ['Join', 'Join again', 'Reload the page']) {
        expect(await person.has(useless, 'button'), useless).to.equal(false);
      }
    });
  }

  it('a full room: can be tried again, and has a seat when someone has left', async () => {
    const tiny = await startTestServer({ rooms: { maxParticipants: 1 } });
    try {
      const first = await open(await tiny.token({ identity: 'first', name: 'First' }), tiny.url);
      await first.joinByButton();
      const second = await open(await tiny.token({ identity: 'second', name: 'Second' }), tiny.url);
      await waitFor(
        'a button to press',
        async () => (await second.has('Join', 'button')) || second.has('Join again', 'button'),
      );
      if (await second.has('Join', 'button')) await second.press('Join');
      await second.reads('The room is full');
      await first.press('Leave');
      await first.reads('You have left');
      await second.press('Join again');
      await second.joinByButton();
    } finally {
      await Promise.all(people.splice(0).map((person) => person.close()));
      await tiny.close();
    }
  });

  it('a server that can not be reached: can be tried again, and works once it is back', async () => {
    const proxy = await TcpProxy.start(node.url);
    try {
      proxy.refusing = true;
      const token = await node.token();
      const link = `${node.url}/room#token=${token}&lang=en&url=${encodeURIComponent(proxy.url)}`;
      const person = keep(await RoomPage.visit(chromium.browser, link));
      await person.reads('The server can not be reached');
      proxy.refusing = false;
      await person.press('Join again');
      await person.joinByButton();
    } finally {
      await proxy.close();
    }
  });

  it('a server that goes away: reconnects by itself, and says so in between', async () => {
    const proxy = await TcpProxy.start(node.url);
    try {
      const person = await open(await node.token(), proxy.url);
      await person.joinByButton();
      proxy.refusing = true;
      proxy.cut();
      await person.reads('Connection lost. Reconnecting…');
      proxy.refusing = false;
      await person.reads('Connected again');
      await person.readsNoMore('Connection lost. Reconnecting…');
    } finally {
      await proxy.close();
    }
  });

  it('a server that stays away: gives up after a minute and says what to do', async () => {
    const proxy = await TcpProxy.start(node.url);
    try {
      const person = await open(await node.token(), proxy.url);
      await person.joinByButton();
      proxy.refusing = true;
      proxy.cut();
      await person.reads('Connection lost. Reconnecting…');
      // The page's clock is put on by a minute, so that nobody waits for one.
      await person.page.evaluate(() => {
        const now = performance.now.bind(performance);
        performance.now = () => now() + 61_000;
      });
      await person.reads('Error code');
      await person.find('Join again', 'button');
      expect(await person.words()).to.satisfy((words: string[]) =>
        words.some((text) => ['The connection was lost', 'The server can not be reached'].includes(text)),
      );
    } finally {
      await proxy.close();
    }
  });

  it('a camera that the browser does not allow: says how to allow it, and lets one join without', async () => {
    const denying = await launchChromium(['--use-fake-ui-for-media-stream=deny']);
    try {
      const person = await open(await node.token({ name: 'Anna' }), node.url, denying.browser);
      await person.reads('The browser was not allowed to use camera and microphone');
      await person.reads('Click the icon beside the address, allow them, then try again.');
      await person.reads('You can join without it.');
      await person.press('Try again');
      await person.reads('The browser was not allowed to use camera and microphone');
      await person.press('Join');
      await person.sees('>>> cx-stage');
      await person.press('Camera');
      await person.reads('The browser was not allowed to use the camera. Click the icon beside the address');
      await person.waitForSwitch('Camera', false);
    } finally {
      await denying.close();
      people.length = 0;
    }
  });

  it('no camera at all: says so, and lets one join with the microphone only', async () => {
    const blind = await launchChromium(['--use-fake-device-for-media-stream=device-count=0']);
    try {
      const person = await open(await node.token({ name: 'Anna' }), node.url, blind.browser);
      await person.reads('No camera or microphone was found');
      await person.reads('Connect one, then try again.');
      await person.reads('You can join without it.');
      await person.waitForSwitch('Microphone', true);
      await person.press('Join');
      await person.sees('>>> cx-stage');
      await person.waitForSwitch('Mic', true);
      await person.waitForSwitch('Camera', false);
    } finally {
      await blind.close();
      people.length = 0;
    }
  });

  it('sound that the browser does not play without a click: says so, and plays it after one', async () => {
    const strict = await launchChromium([FAKE_CAMERAS, '--autoplay-policy=document-user-activation-required']);
    try {
      const host = await open(await node.token({ identity: 'host', role: 'host' }));
      await host.joinByButton();
      const observer = { identity: 'observer', role: 'observer' } as const;
      const person = await open(await node.token(observer), node.url, strict.browser);
      await joinWithoutGesture(person);
      await person.reads('The browser does not play sound yet');
      await person.press('Click to hear');
      await person.readsNoMore('The browser does not play sound yet');
    } finally {
      await strict.close();
      await people.shift()?.close();
      people.length = 0;
    }
  });
});

/**
 * As a page may do itself: the browser does not count it as something that the person did. Puppeteer's own `evaluate`
 * counts as a gesture, so the page is not looked at in any other way before it has tried to play the sound.
 */
async function joinWithoutGesture({ page }: RoomPage): Promise<void> {
  const session = await page.createCDPSession();
  const evaluate = async (expression: string) =>
    (await session.send('Runtime.evaluate', { expression, userGesture: false })).result.value as unknown;
  const root = `document.querySelector('chaxi-room')?.shadowRoot`;
  await waitFor('the button to join', () =>
    evaluate(
      `{ const join = ${root}?.querySelector('cx-preview')?.shadowRoot.querySelector('.join'); join?.click(); !!join }`,
    ),
  );
  const notices = `${root}.querySelector('cx-stage')?.shadowRoot.querySelector('cx-notices')?.shadowRoot`;
  await waitFor('the banner', () => evaluate(`!!${notices}?.querySelector('[role=status] button')`));
  await session.detach();
}
