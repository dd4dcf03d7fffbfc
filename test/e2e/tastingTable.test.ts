import { expect } from 'chai';
import type { GuideInput } from '../../client-sdk/src/index.ts';
import type { RoomSession } from '../../web/src/session/RoomSession.ts';
import { expectAccessible } from '../helpers/accessibility.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, type RoomPageOptions } from '../helpers/RoomPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

const longjing = { teaId: 'longjing', name: 'Longjing', waterCelsius: 85, infusionSeconds: [60, 90] };
const hongmei = { teaId: 'hongmei', name: 'Hongmei', flavours: ['plum'] };
const guide: GuideInput = { title: 'Spring teas', teas: [longjing, hongmei] };

/** What an element of the room's page holds. */
type Holder = Element & { session: RoomSession };

/** How far apart the timers of the pages may be, in milliseconds. */
const IN_STEP_MS = 100;

describe('a tasting with guide and notes', function () {
  this.timeout(120_000);
  let node: TestServer;
  let chromium: Chromium;
  let host: RoomPage;
  let anna: RoomPage;
  let wei: RoomPage;

  const tokenOf = (name: string, role: 'host' | 'guest' = 'guest') =>
    node.token({ identity: name.toLowerCase(), name, role });
  const open = async (name: string, options: RoomPageOptions = {}) =>
    RoomPage.open(chromium.browser, node.url, await tokenOf(name, name === 'Mei' ? 'host' : 'guest'), options);

  before(async () => {
    node = await startTestServer({ rooms: { lobby: true } });
    chromium = await launchChromium([FAKE_CAMERAS]);
    host = await open('Mei');
    await host.joinByButton();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  it('has a guide that the host writes, saves as one act, and finds again after a reload before that', async () => {
    await host.press('Guide');
    await host.reads('No guide yet');
    await expectAccessible(host, 'no guide');
    await host.press('Write the guide');
    await type(host, 'Title of the tasting', 'Spring teas');
    await host.press('Add a tea');
    await type(host, 'Name', 'Hongmei');
    await type(host, 'Flavours', 'plum');
    await host.press('Add a tea');
    await host.press('Save');
    await host.reads('Please mend what is marked');
    await host.reads('A name is needed.');
    await expectAccessible(host, 'the editor of the guide, with something to mend');
    await type(host, 'Name', 'Longjing');
    await type(host, 'Water, °C', '85');
    await host.press('Add an infusion');
    await type(host, 'Infusion 1, seconds', '60');
    await host.key('Enter');
    await type(host, 'Infusion 2, seconds', '1:30');
    await host.press('Move Longjing up');
    await host.press('Take out Hongmei');
    await host.reads('Hongmei was taken out.');
    await host.press('Undo');
    await host.page.reload();
    await host.joinByButton();
    await host.press('Guide');
    await host.press('Write the guide');
    await host.press('Save');
    await host.reads('Saved. Everyone sees it.');
    const { title, teas } = (await sessionOf(host, 'cx-stage', ({ guide }) => guide.current))!;
    expect(title).to.equal('Spring teas');
    expect(teas.map(({ name }) => name)).to.deep.equal(['Longjing', 'Hongmei']);
    expect(teas[0]).to.deep.include({ waterCelsius: 85, infusionSeconds: [60, 90] });
    await expectAccessible(host, 'the guide');
  });

  it('shows the guide to a guest before the join and in the lobby', async () => {
    await sessionOf(host, 'cx-stage', ({ room }, written) => room.guide.save(written), guide);
    anna = await open('Anna');
    await anna.reads('Spring teas');
    await anna.press('Longjing');
    await anna.reads('85 °C');
    await expectAccessible(anna, 'preview with the guide');
    await anna.press('Join');
    await anna.sees('>>> cx-lobby');
    await anna.reads('Spring teas');
    await anna.press('Longjing');
    await anna.reads('85 °C');
    await expectAccessible(anna, 'lobby with the guide');
    wei = await open('Wei', { language: 'zh', phone: true });
    await wei.press('入席');
    await wei.reads('Spring teas');
    await letIn(host, 2);
    await Promise.all([anna.sees('>>> cx-stage'), wei.sees('>>> cx-stage')]);
  });

  it('goes from step to step on every page, with the timer in step', async () => {
    await host.press('Begin');
    await Promise.all([host.reads('Infusion 1 of 2'), anna.reads('Infusion 1 of 2'), wei.reads('第一泡，共 2 泡')]);
    expect(await anna.has('Next infusion', 'button')).to.equal(false);
    await host.press('Start');
    const people = [host, anna, wei];
    await Promise.all(people.map(waitForRunning));
    const began = await Promise.all(people.map(beganAt));
    expect(Math.max(...began) - Math.min(...began)).to.be.below(IN_STEP_MS);
    await host.press('Hold');
    await waitFor('the timer to stand for Anna', () =>
      sessionOf(anna, 'cx-stage', ({ guide }) => guide.timer?.running === false),
    );
    await expectAccessible(host, 'the step for who leads');
    await host.press('Next infusion');
    await Promise.all([anna.reads('Longjing: Infusion 2 of 2, 90 seconds'), wei.reads('第二泡，共 2 泡')]);
    await host.press('Next tea');
    await Promise.all([anna.reads('Hongmei: Infusion 1'), wei.reads('Hongmei，第一泡')]);
    await anna.press('Guide');
    await anna.reads('On the table');
    await anna.reads('Tasted');
    await anna.page.locator('>>> cx-guide >>> [data-place=past] .head').click();
    await anna.reads('85 °C');
    await expectAccessible(anna, 'the guide during the tasting');
  });

  it('shows the step to who comes later, and time that is over as such', async () => {
    await sessionOf(host, 'cx-stage', async ({ room }) => {
      await room.guide.goTo('longjing');
      await room.guide.startTimer(1_000);
    });
    await anna.reads('Longjing: time to pour');
    await anna.reads('+0:');
    const late = await open('Late', { language: 'zh' });
    await late.press('入席');
    await letIn(host, 1);
    await late.reads('第一泡，共 2 泡');
    await waitForRunning(late);
    expect(Math.abs((await beganAt(late)) - (await beganAt(host)))).to.be.below(IN_STEP_MS);
    await late.close();
  });

  it('keeps a note private until it is shared, and sums up for the host what is', async () => {
    await anna.press('Notes');
    await anna.reads('Private until you share it.');
    await score(anna, 'Taste, score', 15);
    await type(anna, 'Taste, in words', 'sweet and fresh');
    await anna.reads('Saved');
    await expectAccessible(anna, 'notes');
    await host.press('Notes');
    await host.press('The table');
    await host.reads('1 of 6');
    expect((await host.words()).join()).not.to.include('sweet');
    await wei.press('品记');
    await wei.reads('还没有其他人分享笔记');
    await anna.press('Share');
    await anna.reads('Everyone at the table sees this note.');
    await wei.reads('sweet and fresh');
    await host.reads('Taste: mean 7, from 7 to 7, of 1 person');
    await score(wei, '滋味，评分', 19);
    await wei.reads('已保存');
    await wei.press('分享');
    await host.reads('Taste: mean 8, from 7 to 9, of 2 people');
    await expectAccessible(host, 'the summary');
    await anna.press('Make it private');
    await wei.readsNoMore('sweet and fresh');
    await anna.press('Share');
    await wei.reads('sweet and fresh');
    await expectAccessible(wei, 'notes with one that is shared, on a phone');
  });

  it('stays with the tea that one writes about when the table goes on', async () => {
    await sessionOf(host, 'cx-stage', ({ room }) => room.guide.goTo('hongmei'));
    await anna.press('Hongmei (on the table)');
    await waitFor('the note to be empty', async () => (await valueOf(anna, 'Taste, in words')) === '');
    await anna.choose('Tea', 'Longjing');
    await waitFor('the words of before', async () => (await valueOf(anna, 'Taste, in words')) === 'sweet and fresh');
  });

  it('is kept as a page that prints and as JSON, also after one has left', async () => {
    await anna.press('Close');
    await anna.press('Leave');
    const address = await waitFor('the link to the notes', () =>
      anna.page.$$eval('>>> cx-left >>> a', ([link]) => link?.getAttribute('href')),
    );
    await anna.page.goto(address);
    await anna.reads('sweet and fresh');
    await anna.reads('My note');
    await anna.reads('Wei');
    expect(await anna.page.title()).to.equal('Spring teas · tea');
    await expectAccessible(anna, 'the page of the notes');
    for (const format of ['A4', 'Letter'] as const) {
      const pdf = Buffer.from(await anna.page.pdf({ format })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g)).to.have.lengthOf(1);
    }
    const json = new Promise<string>((resolve) => void anna.page.exposeFunction('onJson', resolve));
    await anna.page.evaluate(() => {
      const { createObjectURL } = URL;
      URL.createObjectURL = (blob: Blob) => {
        const { onJson } = window as unknown as { onJson: (text: string) => void };
        void blob.text().then(onJson);
        return createObjectURL(blob);
      };
    });
    await anna.press('Save as JSON');
    const { notes, identity } = JSON.parse(await json) as { notes: { identity: string }[]; identity: string };
    expect(identity).to.equal('anna');
    expect(notes.map((note) => note.identity).toSorted()).to.deep.equal(['anna', 'wei']);
  });

  it('says on the page of the notes what is wrong with a link', async () => {
    await anna.page.goto(`${node.url}/notes`);
    await anna.reads('This address has no link to a tasting');
    const expired = await node.token({ ttlSeconds: -60 });
    await anna.page.goto(`${node.url}/notes#token=${expired}&lang=en`);
    await anna.reads('This link has expired');
    await expectAccessible(anna, 'the page of the notes with an error');
  });
});

/** Replaces what stands in a field. */
async function type(person: RoomPage, field: string, text: string): Promise<void> {
  const input = await person.find(field, 'textbox');
  await input.focus();
  await input.evaluate((element) => (element as HTMLInputElement).select());
  await person.page.keyboard.type(text);
}

async function valueOf(person: RoomPage, field: string): Promise<string> {
  return (await person.find(field, 'textbox')).evaluate((element) => (element as HTMLTextAreaElement).value);
}

/** From no score so many halves up, by the keyboard: 1 is 0, 15 is 7. */
async function score(person: RoomPage, slider: string, steps: number): Promise<void> {
  await (await person.find(slider, 'slider')).focus();
  for (let step = 0; step < steps; step++) await person.key('ArrowRight');
}

/** Asks the session that an element of the page holds. */
async function sessionOf<T, A = undefined>(
  { page }: RoomPage,
  element: string,
  ask: (session: RoomSession, argument: A) => T | Promise<T>,
  argument?: A,
): Promise<T> {
  const holder = await waitFor(element, () => page.$(`>>> ${element}`));
  // The function goes to the page as text.
  const asked = await holder.evaluateHandle((found) => (found as Holder).session);
  return (await asked.evaluate(ask as never, argument as never)) as T;
}

/** Lets everyone in, as soon as so many wait. */
async function letIn(host: RoomPage, count: number): Promise<void> {
  await waitFor(`${count} to wait`, () =>
    sessionOf(host, 'cx-stage', ({ room }, wanted) => room.waiting.length >= wanted, count),
  );
  await sessionOf(host, 'cx-stage', ({ room }) =>
    Promise.all(room.waiting.map(({ participantId }) => room.admit(participantId))),
  );
}

function waitForRunning(person: RoomPage): Promise<boolean> {
  return waitFor('the timer to run', () =>
    sessionOf(person, 'cx-stage', ({ guide }) => guide.timer?.running === true && guide.timer.elapsedMs > 0),
  );
}

/** When the timer began as this page sees it, by the clock that all pages of the machine share; milliseconds. */
function beganAt(person: RoomPage): Promise<number> {
  return sessionOf(
    person,
    'cx-stage',
    ({ guide }) => performance.timeOrigin + performance.now() - guide.timer!.elapsedMs,
  );
}
