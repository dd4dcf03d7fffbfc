import { expect } from 'chai';
import { expectAccessible } from '../helpers/accessibility.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, SECOND_CAMERA } from '../helpers/RoomPage.ts';
import { StillViewerPage } from '../helpers/StillViewerPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

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

    it(`has nothing that axe objects to on the page of the colour card, ${where}`, async () => {
      const card = keep(await RoomPage.visit(chromium.browser, `${node.url}/card`, { phone }));
      await card.find('Print', 'button');
      await expectAccessible(card, 'colour card');
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
      await expectAccessible(host, 'someone at the door');
      await host.pressControl('People 1');
      await host.reads('Waiting to join');
      await expectAccessible(host, 'people, someone waiting');
      await host.press('Let in · Anna');
      await host.waitForMovingVideo('Anna');
      await host.press('What to do: Anna');
      await expectAccessible(host, 'people, with what can be done about one');
      await host.press('Remove…');
      await expectAccessible(host, 'people, someone about to be removed');
      await host.press('Close');
      await expectAccessible(host, 'room');
      await host.pressControl('Settings');
      await host.find('Language', 'combobox');
      await expectAccessible(host, 'settings');
      await guest.press('Leave');
      await guest.reads('You have left');
      await expectAccessible(guest, 'left');
    });

    it(`has nothing that axe objects to among the stills, ${where}`, async () => {
      const host = await open('Mei', { phone });
      await host.sees('>>> cx-preview >>> video');
      await host.choose('Tea close-up', SECOND_CAMERA);
      await host.joinByButton();
      await host.pressControl('Stills');
      await host.reads('No stills yet');
      await expectAccessible(host, 'no stills');
      await host.press('Close');
      await host.press('Take a still: Tea close-up · You');
      await host.reads('The still is here');
      await host.press('View');
      const viewer = new StillViewerPage(host.page);
      await viewer.waitForPicture();
      await expectAccessible(host, 'a still');
      await host.press('Colour');
      await waitFor('a colour', () => viewer.pickedColor());
      await expectAccessible(host, 'a still with its colour');
      await host.press('Close');
      await host.pressControl('Stills 1');
      await host.sees('>>> cx-stills >>> img');
      await expectAccessible(host, 'stills');
      await host.page.locator('>>> cx-stills >>> .still').click();
      await host.press('Remove');
      await host.find('Remove still', 'button');
      await expectAccessible(host, 'a still about to be removed');
      await host.press('Remove still');
      await host.reads('No stills yet');
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
