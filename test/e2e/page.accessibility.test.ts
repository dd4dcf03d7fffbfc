import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage } from '../helpers/RoomPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

declare global {
  interface Window {
    axe: typeof Axe;
  }
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the pages for everyone', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  const people: RoomPage[] = [];
  const keep = (person: RoomPage) => {
    people.push(person);
    return person;
  };
  const open = async (name: string, options: { phone?: boolean } = {}) => {
    const token = await node.token({ identity: name.toLowerCase(), name, role: name === 'Mei' ? 'host' : 'guest' });
    return keep(await RoomPage.open(chromium.browser, node.url, token, options));
  };

  before(async () => {
    node = await startTestServer({ mode: 'development', rooms: { lobby: true } });
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

  for (const phone of [false, true]) {
    const where = phone ? 'on a phone' : 'on a desktop';

    it(`has nothing that axe objects to on the first page, ${where}`, async () => {
      const start = keep(await RoomPage.visit(chromium.browser, node.url, { phone }));
      await start.reads('Try it');
      await expectAccessible(start, 'start');
    });

    it(`has nothing that axe objects to on the host’s way through the room, ${where}`, async () => {
      const host = await open('Mei', { phone });
      await host.sees('>>> cx-preview >>> video');
      await expectAccessible(host, 'preview');
      await host.joinByButton();
      const guest = await open('Anna', { phone });
      await guest.sees('>>> cx-preview >>> video');
      await guest.press('Join');
      await host.reads('Anna is waiting to join');
      await guest.reads('One moment, please');
      await expectAccessible(guest, 'lobby');
      await host.press('People 1');
      await host.reads('Waiting to join');
      await expectAccessible(host, 'people, someone waiting');
      await host.press('Let in · Anna');
      await host.waitForMovingVideo('Anna');
      await host.press('Remove Anna');
      await expectAccessible(host, 'people');
      await host.press('Close');
      await expectAccessible(host, 'room');
      await host.press('Settings');
      await host.find('Language', 'combobox');
      await expectAccessible(host, 'settings');
      await guest.press('Leave');
      await guest.reads('You have left');
      await expectAccessible(guest, 'left');
    });
  }

  it('has nothing that axe objects to where something is wrong', async () => {
    const expired = await node.token({ ttlSeconds: -60 });
    const person = keep(await RoomPage.open(chromium.browser, node.url, expired));
    await person.reads('This link has expired');
    await expectAccessible(person, 'left with an error');
  });

  it('can be joined, used and left by keyboard alone, with the focus where the page begins', async () => {
    const host = await open('Mei');
    await host.sees('>>> cx-preview >>> video');
    await tabTo(host, 'Join');
    await host.key('Enter');
    await host.sees('>>> cx-stage');
    await waitFor('the focus on the heading', async () => (await host.focused()).tag === 'h1');
    await tabTo(host, 'Mic');
    await host.key('Space');
    await host.waitForSwitch('Mic', false);
    await tabTo(host, 'Settings');
    await host.key('Enter');
    await host.find('Language', 'combobox');
    await host.key('Escape');
    await waitFor('the settings to close', async () => !(await host.has('Language', 'combobox')));
    expect((await host.focused()).text).to.equal('Settings');
    await tabTo(host, 'Leave');
    await host.key('Enter');
    await host.reads('You have left');
    await waitFor('the focus on the heading', async () => (await host.focused()).tag === 'h1');
    await tabTo(host, 'Join again');
    await host.key('Enter');
    await host.find('Join', 'button');
  });
});

/** Looks at the page in both languages, light and dark, and leaves it English and light. */
async function expectAccessible({ page }: RoomPage, view: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const faults: string[] = [];
  for (const [language, theme] of [
    ['zh', 'light'],
    ['zh', 'dark'],
    ['en', 'dark'],
    ['en', 'light'],
  ] as const) {
    // With motion, a colour on its way from one theme to the other would be looked at.
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    const found = await page.evaluate(async (lang) => {
      const element = document.querySelector<HTMLElement & { updateComplete: Promise<unknown> }>(
        'chaxi-room, cx-start',
      );
      element?.setAttribute('lang', lang);
      await element?.updateComplete;
      const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
    }, language);
    faults.push(...found.map((fault) => `${language}, ${theme}: ${fault}`));
  }
  expect(faults, view).to.deep.equal([]);
}

/** Presses Tab until the focus is on something with this text or label. */
async function tabTo(person: RoomPage, text: string): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < 40; press++) {
    await person.key('Tab');
    const focused = await person.focused();
    if (focused.text === text) return;
    passed.push(focused.text || focused.tag);
  }
  throw new Error(`Tab never came to “${text}”, but to ${passed.join(', ')}`);
}
