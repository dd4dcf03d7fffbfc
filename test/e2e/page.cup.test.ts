import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cardAreas, PICTURE, REFERENCE } from '../../bench/scenarios/colourScenes.ts';
import { ciede2000, type RgbBytes } from '../../client-sdk/src/color/index.ts';
import { expectAccessible } from '../helpers/accessibility.ts';
import { writeCardVideo } from '../helpers/cardVideo.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, SECOND_CAMERA, type RoomPageOptions } from '../helpers/RoomPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

const OPEN = 'Adjust the close-up camera';
const PATIENCE = { timeoutMs: 30_000 };
/** As shares of the picture: the middles of the card's patches. */
const MIDDLES = cardAreas().map((area) => ({
  x: area.reduce((sum, { x }) => sum + x, 0) / area.length / PICTURE.width,
  y: area.reduce((sum, { y }) => sum + y, 0) / area.length / PICTURE.height,
}));

describe('the panel of one’s own close-up camera', function () {
  this.timeout(120_000);
  let node: TestServer;
  let chromium: Chromium;
  let camera: string;
  const people: RoomPage[] = [];
  const open = async (name: string, options: RoomPageOptions = {}) => {
    const token = await node.token({ identity: name.toLowerCase(), name, role: name === 'Mei' ? 'host' : 'guest' });
    const person = await RoomPage.open(chromium.browser, node.url, token, options);
    people.push(person);
    return person;
  };
  const joinWithCup = async (host: RoomPage) => {
    await host.sees('>>> cx-preview >>> video');
    await host.choose('Tea close-up', camera);
    await host.joinByButton();
    await host.press(OPEN);
  };

  before(async () => {
    node = await startTestServer();
  });
  afterEach(async () => {
    await Promise.all(people.splice(0).map((person) => person.close()));
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await node?.close();
  });

  describe('with a colour card before the camera', () => {
    let folder: string;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'chaxi-test-'));
      // Chromium opens the file each time that it opens the camera, so each test can have a scene of its own.
      camera = join(folder, 'card.y4m');
      chromium = await launchChromium([`--use-file-for-fake-video-capture=${camera}`]);
    });
    after(async () => {
      await chromium?.close();
      await rm(folder, { recursive: true, force: true });
    });

    it('makes the colours true that the guest sees, and takes that back', async () => {
      await writeCardVideo(camera, { light: '3200k' });
      const host = await open('Mei');
      await joinWithCup(host);
      const guest = await open('Anna');
      await guest.joinByButton();
      await waitForDifference(guest, 'Mei', (mean) => mean > 8);
      await host.press('Correct with a card');
      await host.reads('In each field, from left: before, the card, after.');
      await expectAccessible(host, 'result of the measurement');
      await host.press('Apply');
      await host.reads('Corrected, ');
      await host.reads('This camera goes on adjusting itself');
      await waitForDifference(guest, 'Mei', (mean) => mean < 2.5);

      const button = await host.find('Hold to see it uncorrected', 'button');
      await button.hover();
      await host.page.mouse.down();
      await waitForDifference(host, 'You', (mean) => mean > 8, 'canvas');
      await waitForDifference(guest, 'Mei', (mean) => mean < 2.5);
      await host.page.mouse.up();
      await waitFor('the comparison to end', async () => (await host.page.$('>>> cx-cup-overlay >>> canvas')) === null);
      await expectAccessible(host, 'corrected');

      await host.press('Undo correction');
      await host.reads('Last corrected ');
      await waitForDifference(guest, 'Mei', (mean) => mean > 8);
    });

    it('offers the last correction to the same camera, and applies it only when it is asked to', async () => {
      await writeCardVideo(camera, { light: '3200k' });
      const host = await open('Mei');
      await joinWithCup(host);
      await host.press('Correct with a card');
      await host.press('Apply');
      await host.reads('Corrected, ');
      await host.page.reload();
      await joinWithCup(host);
      await host.reads('Last corrected');
      await waitForDifference(host, 'You', (mean) => mean > 8);
      await host.press('Use it again');
      await host.reads('Corrected, ');
      await waitForDifference(host, 'You', (mean) => mean < 2.5);
    });

    it('says what is wrong with the light, and measures all the same when one insists', async () => {
      await writeCardVideo(camera, { light: '5000k', exposure: 0.1 });
      const host = await open('Mei');
      await joinWithCup(host);
      await host.press('Correct with a card');
      await host.reads('Too dark.');
      await host.press('Measure anyway');
      await host.reads('In each field, from left: before, the card, after.');
      await host.press('Discard');
      await host.find('Correct with a card', 'button');
    });

    it('is led by keyboard alone, on a phone’s sheet that leaves the picture in view', async () => {
      await writeCardVideo(camera);
      const host = await open('Mei', { phone: true });
      await joinWithCup(host);
      await waitFor('the focus in the panel', async () => (await host.focused()).text === 'Close-up camera');
      const [picture, panel] = await Promise.all(
        ['cx-tile[large] >>> .picture', 'cx-cup'].map((name) => boxOf(host, name)),
      );
      expect(picture!.y + picture!.height).to.be.at.most(panel!.y);
      expect(picture!.width).to.be.above(300);
      await (await host.find('Correct with a card', 'button')).press('Enter');
      await (await host.find('Apply', 'button')).press('Enter');
      await host.reads('Corrected, ');
      await expectAccessible(host, 'corrected, on a phone');
      await host.key('Escape');
      await waitFor('the panel to close', async () => !(await host.has('Measure again', 'button')));
      await waitFor('the focus where it came from', async () => (await host.focused()).text === OPEN);
    });
  });

  describe('with a camera that can be adjusted', () => {
    before(async () => {
      camera = SECOND_CAMERA;
      chromium = await launchChromium([FAKE_CAMERAS]);
    });
    after(() => chromium?.close());

    it('shows what the camera has, changes it, and remembers it for the next visit', async () => {
      const host = await open('Mei');
      await allowZoom(host, node.url);
      await joinWithCup(host);
      await host.reads('1/200 s');
      expect(await host.has('White balance', 'radiogroup')).to.equal(false);
      expect(await host.has('Lamp', 'checkbox')).to.equal(false);
      await moveSlider(host, 'Exposure time', 'ArrowRight');
      await moveSlider(host, 'Zoom', 'End');
      await host.reads('1/182 s');
      await host.reads('4.0 ×');
      await expectAccessible(host, 'controls');
      await host.page.reload();
      await joinWithCup(host);
      await host.reads('1/182 s');
      await host.reads('4.0 ×');
    });

    it('keeps the camera’s values while it is muted and opened again', async () => {
      const host = await open('Mei');
      await joinWithCup(host);
      await moveSlider(host, 'Exposure time', 'ArrowLeft');
      await host.reads('1/222 s');
      await host.press('Close-up');
      await host.reads('The close-up is off.');
      await host.press('Switch it on');
      await host.reads('1/222 s');
    });

    it('says how to hold the card when it sees none', async () => {
      const host = await open('Mei');
      await joinWithCup(host);
      await host.press('Correct with a card');
      await host.reads('Looking for the card…');
      await host.reads('Not found yet.');
      await host.press('Cancel');
      await host.find('Correct with a card', 'button');
    });
  });
});

/** Waits until the card in someone's close-up differs from what it is by as much, in mean CIEDE2000, as is wished. */
async function waitForDifference(
  person: RoomPage,
  name: string,
  wished: (mean: number) => boolean,
  element: 'video' | 'canvas' = 'video',
): Promise<void> {
  let seen: number | null = null;
  const reached = async () => {
    seen = await differenceOf(person, `Tea close-up · ${name}`, element);
    return seen !== null && wished(seen);
  };
  await waitFor(`the colours of ${name}’s cup`, reached, PATIENCE).catch((error: Error) => {
    throw new Error(`${error.message}; mean CIEDE2000 ${seen}`);
  });
}

async function differenceOf({ page }: RoomPage, title: string, element: string): Promise<number | null> {
  const colors = await page.$$eval(
    '>>> cx-tile',
    (tiles, wanted, kind, middles) => {
      const tile = tiles.find(({ shadowRoot }) => shadowRoot?.querySelector('button')?.ariaLabel?.endsWith(wanted));
      const inside = (host: string) => tile?.shadowRoot?.querySelector(host)?.shadowRoot?.querySelector(kind);
      const source = inside('cx-track-video') ?? inside('cx-cup-overlay');
      const canvas = document.createElement('canvas');
      if (source instanceof HTMLVideoElement) [canvas.width, canvas.height] = [source.videoWidth, source.videoHeight];
      else if (source instanceof HTMLCanvasElement) [canvas.width, canvas.height] = [source.width, source.height];
      const { width, height } = canvas;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!(source instanceof HTMLElement) || !context || width === 0) return null;
      context.drawImage(source as HTMLVideoElement, 0, 0);
      const side = Math.round(width / 50);
      return middles.map(({ x, y }) => {
        const { data } = context.getImageData(x * width - side / 2, y * height - side / 2, side, side);
        return [0, 1, 2].map(
          (channel) => data.filter((_, at) => at % 4 === channel).reduce((sum, byte) => sum + byte, 0) / side ** 2,
        );
      });
    },
    title,
    element,
    MIDDLES,
  );
  if (!colors) return null;
  const differences = colors.map((color, patch) =>
    ciede2000(color as unknown as RgbBytes, REFERENCE.slice(patch * 3, patch * 3 + 3) as unknown as RgbBytes),
  );
  return differences.reduce((sum, value) => sum + value, 0) / differences.length;
}

async function boxOf({ page }: RoomPage, selector: string) {
  const element = await page.$(`>>> ${selector}`);
  return element?.boundingBox();
}

/** Chromium asks for it apart; its flag for tests allows the camera alone. */
async function allowZoom({ page }: RoomPage, origin: string): Promise<void> {
  // The permission lasts as long as the session that gave it, which ends with the browser.
  const session = await page.browser().target().createCDPSession();
  await session.send('Browser.grantPermissions', {
    origin,
    browserContextId: page.browserContext().id,
    permissions: ['videoCapture', 'audioCapture', 'cameraPanTiltZoom'],
  });
  await page.reload();
}

async function moveSlider(person: RoomPage, name: string, key: 'ArrowLeft' | 'ArrowRight' | 'End'): Promise<void> {
  await (await person.find(name, 'slider')).press(key);
}
