import { expect } from 'chai';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, SECOND_CAMERA, type RoomPageOptions } from '../helpers/RoomPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the page of a room', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  const people: RoomPage[] = [];
  const open = async (name: string, options?: RoomPageOptions) => {
    const token = await node.token({ identity: name.toLowerCase(), name, role: name === 'Mei' ? 'host' : 'guest' });
    const person = await RoomPage.open(chromium.browser, node.url, token, options);
    people.push(person);
    return person;
  };
  const join = async (name: string, options?: RoomPageOptions) => {
    const person = await open(name, options);
    await person.joinByButton(options?.language);
    return person;
  };

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

  for (const phone of [false, true]) {
    describe(phone ? 'on a phone' : 'on a desktop', () => {
      it('leads host and guest through the preview to see each other, and fits the window', async () => {
        const host = await open('Mei', { phone });
        await host.reads('Mei · Host');
        await host.joinByButton();
        await host.reads('You are the first one here');
        const guest = await join('Anna', { phone });
        await Promise.all([host.waitForMovingVideo('Anna'), guest.waitForMovingVideo('Mei')]);
        await guest.waitForStage('Mei');
        await host.reads('Anna joined');
        const overflow = await guest.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).to.equal(0);
      });

      it('mutes and unmutes microphone and camera by their buttons', async () => {
        const host = await join('Mei', { phone });
        const guest = await join('Anna', { phone });
        await guest.waitForMovingVideo('Mei');
        await guest.waitForMicrophone('Mei', true);
        await host.press('Mic');
        await host.waitForSwitch('Mic', false);
        await guest.waitForMicrophone('Mei', false);
        await host.press('Camera');
        await host.waitForSwitch('Camera', false);
        await waitForNoPicture(guest, 'Mei');
        await host.press('Mic');
        await host.press('Camera');
        await guest.waitForMicrophone('Mei', true);
        await guest.waitForMovingVideo('Mei');
      });

      it('puts the close-up on the stage for everyone, and takes it away again', async () => {
        const guest = await join('Anna', { phone });
        const host = await open('Mei', { phone });
        await host.sees('>>> cx-preview >>> video');
        await host.choose('Tea close-up', SECOND_CAMERA);
        await host.joinByButton();
        const closeUp = 'Tea close-up · Mei';
        await guest.waitForStage(closeUp);
        await guest.waitForMovingVideo(closeUp);
        await guest.waitForMovingVideo('Mei');
        await host.waitForStage('Tea close-up · You');
        await host.press('Close-up');
        await guest.waitForTile(closeUp, false);
        await guest.waitForStage('Mei');
        await host.waitForSwitch('Close-up', false);
        // Put back, it takes the place of the one before in the session description, before the microphone's.
        await host.press('Close-up');
        await guest.waitForMovingVideo(closeUp);
      });

      it('lists the people in a panel', async () => {
        const host = await join('Mei', { phone });
        const guest = await join('Anna', { phone });
        await host.reads('Anna joined');
        await host.pressControl('People 2');
        await host.reads('2 people here');
        expect(await host.focused()).to.deep.equal({ tag: 'h2', text: '2 people here' });
        await host.press('Close');
        await host.readsNoMore('2 people here');
        expect((await host.focused()).text).to.match(phone ? /^More/ : /^People/);
        await guest.pressControl('People 2');
        await guest.reads('2 people here');
        expect(await guest.has('What to do: Mei', 'button')).to.equal(false);
      });

      it('lets one leave and come back', async () => {
        const host = await join('Mei', { phone });
        const guest = await join('Anna', { phone });
        await host.waitForMovingVideo('Anna');
        await guest.press('Leave');
        await guest.reads('You have left');
        await host.waitForTile('Anna', false);
        await host.reads('Anna left');
        await guest.press('Join again');
        await guest.joinByButton();
        await Promise.all([host.waitForMovingVideo('Anna'), guest.waitForMovingVideo('Mei')]);
      });
    });
  }

  it('mutes by a key, wherever the focus is, and leaves keys alone that are not meant for it', async () => {
    const host = await join('Mei');
    const guest = await join('Anna');
    await guest.waitForMicrophone('Mei', true);
    await host.key('m');
    await host.waitForSwitch('Mic', false);
    await guest.waitForMicrophone('Mei', false);
    await host.press('Camera');
    await host.waitForSwitch('Camera', false);
    await host.key('m');
    await host.key('v');
    await guest.waitForMicrophone('Mei', true);
    await guest.waitForMovingVideo('Mei');
    await host.key('p');
    await host.reads('2 people here');
    await host.key('Escape');
    await host.readsNoMore('2 people here');
    await host.key('?');
    await host.find('Language', 'combobox');
    await (await host.find('Language', 'combobox')).focus();
    await host.key('m');
    await host.key('Escape');
    await waitFor('the settings to close', async () => !(await host.has('Language', 'combobox')));
    await host.waitForSwitch('Mic', true);
  });

  it('shares the screen, which is on the stage of the others', async () => {
    const host = await join('Mei');
    const guest = await join('Anna');
    await host.press('Screen');
    await host.waitForSwitch('Screen', true);
    await guest.waitForStage('Screen · Mei');
    await guest.sees('>>> cx-tile[large] >>> video');
    await host.press('Screen');
    await guest.waitForTile('Screen · Mei', false);
    await host.waitForSwitch('Screen', false);
  });

  it('offers no screen to share on a phone', async () => {
    const guest = await join('Anna', { phone: true });
    await guest.find('Mic', 'button');
    expect(await guest.has('Screen', 'button')).to.equal(false);
  });

  it('enlarges the picture that one clicks, and lets go of it', async () => {
    const host = await join('Mei');
    await join('Anna');
    await host.waitForStage('Anna');
    await host.press('Enlarge: You');
    await host.waitForStage('You');
    const [large, small] = (await host.tiles()).sort((a, b) => b.width - a.width);
    expect([large?.title, small?.title]).to.deep.equal(['You', 'Anna']);
    await host.press('Stop enlarging: You');
    await host.waitForStage('Anna');
  });

  it('lets the host mute and remove someone, who is told so', async () => {
    const host = await join('Mei');
    const guest = await join('Anna', { language: 'zh' });
    await host.waitForMicrophone('Anna', true);
    await host.press('People 2');
    await host.press('What to do: Anna');
    await host.press('Mute');
    await guest.reads('席主关闭了您的麦克风。要发言时请重新打开。');
    await guest.waitForSwitch('麦克风', false);
    await host.press('Remove…');
    await host.reads('Remove Anna from the room?');
    await host.press('Cancel');
    await host.press('Remove…');
    await host.press('Remove');
    await guest.reads('席主已请您离席');
    expect(await guest.has('重新入席', 'button')).to.equal(false);
    await host.waitForTile('Anna', false);
  });
});

async function waitForNoPicture(person: RoomPage, title: string): Promise<void> {
  await waitFor(`the picture of ${title} to go`, async () => (await person.picture(title)) === null);
}
