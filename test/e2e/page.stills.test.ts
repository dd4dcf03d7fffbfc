import { expect } from 'chai';
import type { HTTPRequest } from 'puppeteer-core';
import { ciede2000 } from '../../client-sdk/src/color/index.ts';
import type { Role } from '../../client-sdk/src/index.ts';
import type { StillInfo } from '../../protocol/stills.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { openPatchCamera, patches, publishPatches, type Rgb } from '../helpers/PatchCamera.ts';
import { FAKE_CAMERAS, RoomPage, SECOND_CAMERA } from '../helpers/RoomPage.ts';
import { callRest } from '../helpers/restClient.ts';
import { SdkPage } from '../helpers/SdkPage.ts';
import { StillViewerPage } from '../helpers/StillViewerPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

const CLOSE_UP = 'Tea close-up · Mei';
const TAKE = `Take a still: ${CLOSE_UP}`;
const QUESTION = 'Once removed, nobody sees this still any more.';

describe('stills in the page of a room', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  const pages: { close(): Promise<void> }[] = [];
  /** Stills stay with a room: each test has its own. */
  let room = '';
  const tokenOf = (name: string, role: Role) => node.token({ room, identity: name.toLowerCase(), name, role });
  const join = async (name: string, role: Role = 'guest', options: { phone?: boolean } = {}) => {
    const person = await RoomPage.open(chromium.browser, node.url, await tokenOf(name, role), options);
    pages.push(person);
    if (role === 'observer') {
      await person.press('Join');
      await person.sees('>>> cx-stage');
    } else {
      await person.joinByButton();
    }
    return person;
  };
  /** A host whose cup shows known colours. */
  const joinWithPatches = async () => {
    const host = await SdkPage.join(chromium.browser, node.url, await tokenOf('Mei', 'host'));
    pages.push(host);
    await openPatchCamera(host.page, 'rgb');
    await publishPatches(host.page, 'vp8');
    return host;
  };
  const takeAndView = async (person: RoomPage) => {
    await person.press(TAKE);
    await person.reads('The still is here');
    await person.press('View');
    const viewer = new StillViewerPage(person.page);
    await viewer.waitForPicture();
    return viewer;
  };

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  beforeEach(() => {
    room = `tea-${Math.random().toString(36).slice(2)}`;
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    for (const open of node.server.registry.rooms) open.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  for (const phone of [false, true]) {
    it(`are taken of the host’s cup and seen by both, ${phone ? 'on a phone' : 'on a desktop'}`, async () => {
      const host = await RoomPage.open(chromium.browser, node.url, await tokenOf('Mei', 'host'), { phone });
      pages.push(host);
      await host.sees('>>> cx-preview >>> video');
      await host.choose('Tea close-up', SECOND_CAMERA);
      await host.joinByButton();
      const guest = await join('Anna', 'guest', { phone });
      await guest.waitForMovingVideo(CLOSE_UP);
      const viewer = await takeAndView(guest);
      await host.reads('Anna took a still with your camera');
      await guest.reads('Taken by Anna');
      expect(await guest.has('Remove', 'button')).to.equal(false);
      await guest.press('Close');
      await viewer.waitForClosed();
      await host.pressControl('Stills 1');
      await host.reads('1 still');
      await host.sees('>>> cx-stills >>> img');
      const image = await host.page.$('>>> cx-stills >>> img');
      await waitFor('the thumbnail', () => image?.evaluate((element) => (element as HTMLImageElement).naturalWidth));
      const overflow = await guest.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).to.equal(0);
    });

    it(`let colours be picked, ${phone ? 'by a finger' : 'by mouse and keys'}`, async () => {
      await joinWithPatches();
      const guest = await join('Anna', 'guest', { phone });
      const viewer = await takeAndView(guest);
      await guest.press('Colour');
      for (const index of [2, 3, 4, 5]) {
        const [x, y] = [((index % 4) + 0.5) / 4, index < 4 ? 0.25 : 0.75];
        await (phone ? viewer.tap(x, y) : viewer.click(x, y));
        await expectColor(viewer, patches[index]!);
      }
      await guest.reads('tender green');
      if (phone) return;
      // From the middle of the sixth patch into the fifth, on its left: a patch is 160 pixels wide.
      await guest.page.focus('>>> cx-still-picture >>> .frame');
      await guest.page.keyboard.down('Shift');
      for (let press = 0; press < 12; press++) await guest.key('ArrowLeft');
      await guest.page.keyboard.up('Shift');
      await expectColor(viewer, patches[4]!);
      await guest.reads('reddish brown');
      await guest.press('Copy');
      await guest.reads('Copied');
    });
  }

  it('stand small in panel and notice, and in the viewer until they have come whole, in the same place', async () => {
    await joinWithPatches();
    const guest = await join('Anna');
    const held: HTTPRequest[] = [];
    const shown: string[] = [];
    /** Of pictures, not of previews. */
    let whole = new Set<string>();
    await guest.page.setRequestInterception(true);
    guest.page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (request.resourceType() === 'image') shown.push(pathname);
      if (whole.has(pathname)) held.push(request);
      else void request.continue();
    });
    const seesPreview = (place: string) =>
      waitFor(`the preview in ${place}`, () =>
        guest.page.$eval(`>>> ${place} >>> img`, (image) => (image as HTMLImageElement).naturalWidth === 480),
      );
    await guest.press(TAKE);
    await guest.reads('The still is here');
    await seesPreview('cx-notices');
    const [still] = ((await callRest(node, 'GET', `/rooms/${room}/stills`)).body as { stills: StillInfo[] }).stills;
    whole = new Set([still!.path]);
    await guest.press('Stills 1');
    await seesPreview('cx-stills');
    expect(new Set(shown.filter((path) => path.startsWith('/stills/')))).to.deep.equal(new Set([still!.previewPath]));
    await guest.page.locator('>>> cx-stills >>> .still').click();
    const viewer = new StillViewerPage(guest.page);
    const before = await viewer.waitForPreview();
    expect(before.naturalWidth).to.equal(480);
    expect(before.preview).to.deep.equal(before.picture);
    const scale = await viewer.scale();
    await guest.reads('Loading the full picture');
    await guest.press('Colour');
    await viewer.click(0.625, 0.25);
    expect(await viewer.pickedColor()).to.equal(null);
    await waitFor('the picture to be asked for', () => held.length > 0);
    for (const request of held) await request.continue();
    await viewer.waitForPicture();
    expect(await viewer.place()).to.deep.equal({ x: before.preview.x, y: before.preview.y });
    expect(await viewer.scale()).to.equal(scale);
    await viewer.click(0.625, 0.25);
    await expectColor(viewer, patches[2]!);
  });

  it('can be zoomed down to single pixels by wheel, double click, keys and buttons, and moved', async () => {
    await joinWithPatches();
    const guest = await join('Anna');
    const viewer = await takeAndView(guest);
    const whole = await viewer.scale();
    await viewer.wheel(0.25, 0.25, -600);
    await viewer.waitForScale((scale) => scale > 2 * whole);
    const before = await viewer.place();
    await viewer.drag(0.25, 0.25, 60, 40);
    const after = await viewer.place();
    expect([after.x - before.x, after.y - before.y].map(Math.round)).to.deep.equal([60, 40]);
    await guest.press('Show all of it');
    await viewer.waitForScale((scale) => scale === whole);
    await viewer.doubleClick(0.5, 0.5);
    await viewer.waitForScale((scale) => Math.abs(scale - 4 * whole) <= 2);
    await guest.key('0');
    await viewer.waitForScale((scale) => scale === whole);
    for (let press = 0; press < 15; press++) await guest.key('+');
    await viewer.waitForScale((scale) => scale === 4_800);
    expect(await viewer.showsSquares()).to.equal(true);
    await guest.press('Zoom out');
    await viewer.waitForScale((scale) => scale === 3_200);
  });

  it('are pinched and pushed by two fingers', async () => {
    await joinWithPatches();
    const guest = await join('Anna', 'guest', { phone: true });
    const viewer = await takeAndView(guest);
    const whole = await viewer.scale();
    await viewer.pinch(0.5, 0.5, 40, 120);
    await viewer.waitForScale((scale) => Math.abs(scale - 3 * whole) <= 0.1 * whole);
  });

  it('are there for who comes later, one after the other, until a moderator removes them', async () => {
    await joinWithPatches();
    const guest = await join('Anna');
    const viewer = await takeAndView(guest);
    await guest.press('Close');
    await viewer.waitForClosed();
    await takeAndView(guest);
    const moderator = await join('Hong', 'host');
    const expert = await join('Wei', 'expert');
    await expert.press('Stills 2');
    await expert.reads('2 stills');
    await expert.page.locator('>>> cx-stills >>> .still').click();
    await new StillViewerPage(expert.page).waitForPicture();
    await expert.reads('Taken by Anna');
    await expert.key('ArrowRight');
    await waitFor('the older one', () =>
      expert.page.$eval('>>> [aria-label="Older still"]', (next) => (next as HTMLButtonElement).disabled),
    );
    await moderator.press('Stills 2');
    for (let count = 2; count > 0; count--) {
      await moderator.page.locator('>>> cx-stills >>> .still').click();
      await moderator.press('Remove');
      await moderator.press('Remove still');
      await waitFor('one less', async () => (await expert.page.$$('>>> cx-stills >>> .still')).length === count - 1);
      if (count > 1) await moderator.press('Close');
    }
    await expert.reads('No stills yet');
    await new StillViewerPage(expert.page).waitForClosed();
    await new StillViewerPage(guest.page).waitForClosed();
  });

  it('are removed only where the question was about the one in view', async () => {
    await joinWithPatches();
    const guest = await join('Anna');
    for (let count = 1; count <= 2; count++) {
      const viewer = await takeAndView(guest);
      await guest.press('Close');
      await viewer.waitForClosed();
    }
    const moderator = await join('Hong', 'host');
    await moderator.press('Stills 2');
    await moderator.page.locator('>>> cx-stills >>> .still').click();
    await moderator.press('Remove');
    await moderator.reads(QUESTION);
    await moderator.press('Older still');
    await moderator.readsNoMore(QUESTION);
    await moderator.press('Newer still');
    await moderator.find('Remove', 'button');
    await moderator.press('Remove');
    await moderator.reads(QUESTION);
    // Another one removes it, and the view moves on.
    const { body } = await callRest(node, 'GET', `/rooms/${room}/stills`);
    const [newest, older] = (body as { stills: StillInfo[] }).stills;
    await callRest(node, 'DELETE', `/rooms/${room}/stills/${newest!.stillId}`);
    await waitFor('the other one in view', async () => {
      const picture = await moderator.page.$('>>> cx-still-picture >>> img.picture');
      return picture?.evaluate((image, path) => (image as HTMLImageElement).src.endsWith(path), older!.path);
    });
    await moderator.readsNoMore(QUESTION);
    expect(await moderator.has('Remove still', 'button')).to.equal(false);
  });

  it('are seen but not taken by an observer', async () => {
    await joinWithPatches();
    const observer = await join('Olga', 'observer');
    const guest = await join('Anna');
    await observer.waitForStage(CLOSE_UP);
    expect(await observer.has(TAKE, 'button')).to.equal(false);
    await guest.press(TAKE);
    await observer.reads('Anna took a still');
    await observer.press('View');
    await new StillViewerPage(observer.page).waitForPicture();
  });

  it('say why there is none where the camera fails', async () => {
    const host = await joinWithPatches();
    await host.page.evaluate(() => {
      const track = window.room.localParticipant.tracks.get('teaCloseUp')!;
      track.captureStill = () => Promise.reject(new Error('no light'));
    });
    const guest = await join('Anna');
    await guest.press(TAKE);
    await guest.reads('The camera could not take the picture');
    await guest.press('Stills');
    await guest.reads('No stills yet');
  });
});

async function expectColor(viewer: StillViewerPage, meant: Rgb): Promise<void> {
  let difference = Infinity;
  await waitFor(`the colour ${meant.join(' ')}`, async () => {
    const picked = await viewer.pickedColor();
    if (picked) difference = ciede2000(picked, meant);
    return difference < 1.5;
  }).catch((error: Error) => {
    throw new Error(`${error.message}; off by ${difference.toFixed(1)}`);
  });
}
