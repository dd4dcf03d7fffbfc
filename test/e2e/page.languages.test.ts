import { expect } from 'chai';
import { ChatPage } from '../helpers/ChatPage.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { FAKE_CAMERAS, RoomPage, SECOND_CAMERA, type PageLanguage } from '../helpers/RoomPage.ts';
import { StillViewerPage } from '../helpers/StillViewerPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

/** Letters that stand on a Chinese page: names, those of devices, languages and colour spaces, keys, and codes. */
const namesOnChinesePages = /^Fake .*|sRGB|Lab|#[0-9a-fA-F]{6}|fake_\w+|English|Mei|demo-\w+|\b(tea|[MVTSGNPC])\b/g;

describe('the languages of the pages', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  let person: RoomPage | null = null;
  const open = async (language: PageLanguage, token?: string) => {
    token ??= await node.token({ identity: 'mei', name: 'Mei', role: 'host' });
    return (person = await RoomPage.open(chromium.browser, node.url, token, { language }));
  };

  before(async () => {
    node = await startTestServer({ mode: 'development' });
    chromium = await launchChromium([FAKE_CAMERAS]);
  });
  afterEach(async () => {
    await person?.close();
    person = null;
    for (const room of node.server.registry.rooms) room.close();
  });
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  it('lists the links of the demo room on the first page, which lead into it, in both languages', async () => {
    const start = (person = await RoomPage.visit(chromium.browser, node.url));
    await start.reads('A demo room. Open two roles in two windows to see each other.');
    await expectEnglish(start);
    const links = await start.page.$$eval('>>> a', (all) => all.map(({ href, text }) => ({ href, text: text.trim() })));
    const pages = links.map(({ href }) => href.slice(node.url.length).split('#token=')[0]);
    expect(pages).to.deep.equal(['/room', '/room', '/room', '/room', '/counter', '/chat']);
    await start.press('中文');
    await start.reads('演示茶席。用两个窗口各打开一个身份，就能看见彼此。');
    await expectChinese(start);
    expect(await start.page.title()).to.equal('茶席');
    await start.page.goto(links[0]!.href);
    await start.reads('demo-host · 席主');
  });

  it('changes every word of the counter, and of the conversation that is open there', async () => {
    const customer = await ChatPage.visit(chromium.browser, `${node.url}/chat`, await node.token({ name: '林婉' }), {
      language: 'zh',
    });
    try {
      await customer.say('您好', 'zh');
      await expectChinese(customer.person);
      const token = await node.token({ identity: 'mei', name: '陈美', role: 'host', counter: true });
      const counter = (person = await RoomPage.visit(chromium.browser, `${node.url}/counter#token=${token}&lang=zh`));
      await counter.reads('选一个会话');
      await counter.page.locator('>>> cx-conversations >>> .conversation').click();
      await counter.find('消息', 'textbox');
      await expectChinese(counter);
      await counter.press('English');
      await counter.find('Message', 'textbox');
      const chinese = (await counter.words()).filter((words) => /\p{Script=Han}/u.test(words));
      expect([...new Set(chinese)]).to.have.members([
        '中文',
        '林婉',
        '您好',
        '林',
        'What to do with the message of 林婉',
      ]);
    } finally {
      await customer.close();
    }
  });

  it('changes every word of the preview, keeps the choice for the next visit, and keeps the picture', async () => {
    const preview = await open('zh');
    await preview.reads('Mei · 席主');
    await preview.sees('>>> cx-preview >>> video');
    await expectChinese(preview);
    await preview.press('English');
    await preview.reads('Mei · Host');
    await preview.sees('>>> cx-preview >>> video');
    await expectEnglish(preview);
    expect(await preview.page.title()).to.equal('Chaxi');
    await preview.page.goto(node.url);
    await preview.reads('Try it');
  });

  it('changes every word of the room from its settings', async () => {
    const room = await open('en');
    await room.joinByButton();
    await room.press('People 1');
    await room.reads('1 person here');
    await room.press('Settings');
    await expectEnglish(room);
    await room.choose('Language', '中文');
    await room.reads('席上 1 人');
    await expectChinese(room);
    await room.choose('语言', 'English');
    await room.reads('1 person here');
    await expectEnglish(room);
  });

  it('changes every word of the panel of one’s own close-up', async () => {
    const room = await open('en');
    await room.sees('>>> cx-preview >>> video');
    await room.choose('Tea close-up', SECOND_CAMERA);
    await room.joinByButton();
    await room.press('Adjust the close-up camera');
    await room.reads('Exposure time');
    await expectEnglish(room);
    await setLanguage(room, 'zh');
    await room.reads('曝光时间');
    await expectChinese(room);
    await room.press('用色卡校色');
    await room.reads('正在找色卡…');
    await expectChinese(room);
    await setLanguage(room, 'en');
    await room.reads('Hold the card where the cup stands');
    await expectEnglish(room);
  });

  it('changes every word of the stills, and the word for a colour', async () => {
    const room = await open('en');
    await room.sees('>>> cx-preview >>> video');
    await room.choose('Tea close-up', SECOND_CAMERA);
    await room.joinByButton();
    await room.press('Stills');
    await room.reads('No stills yet');
    await expectEnglish(room);
    await room.press('Take a still: Tea close-up · You');
    await room.reads('1 still');
    await room.press('View');
    await room.press('Colour');
    const viewer = new StillViewerPage(room.page);
    await waitFor('a colour', () => viewer.pickedColor());
    await expectEnglish(room);
    await setLanguage(room, 'zh');
    await room.reads('Mei拍摄');
    await room.readsNoMore('The still is here');
    await expectChinese(room);
  });

  it('says in both languages why there is no room', async () => {
    const left = await open('zh', await node.token({ ttlSeconds: -60 }));
    await left.reads('这个链接已经过期');
    await left.press('English');
    await left.reads('This link has expired');
    await expectEnglish(left);
    await left.press('中文');
    await left.reads('请向店家要一个新的链接。');
    await waitFor('the document to be Chinese', async () => (await documentLanguage(left)) === 'zh-CN');
  });
});

/** As a page that holds the element does it. */
function setLanguage({ page }: RoomPage, language: PageLanguage): Promise<void> {
  return page.evaluate((lang) => document.querySelector('chaxi-room')!.setAttribute('lang', lang), language);
}

async function expectEnglish(person: RoomPage): Promise<void> {
  await waitFor('the document to be English', async () => (await documentLanguage(person)) === 'en');
  const chinese = (await person.words()).filter((words) => words !== '中文' && /\p{Script=Han}/u.test(words));
  expect(chinese, 'Chinese on an English page').to.deep.equal([]);
}

async function expectChinese(person: RoomPage): Promise<void> {
  await waitFor('the document to be Chinese', async () => (await documentLanguage(person)) === 'zh-CN');
  const latin = (await person.words()).filter((words) =>
    /\p{Script=Latin}/u.test(words.replace(namesOnChinesePages, '')),
  );
  expect(latin, 'English on a Chinese page').to.deep.equal([]);
}

/** Of the document, and of the room in it where there is one. */
function documentLanguage(person: RoomPage): Promise<string> {
  return person.page.evaluate(() => {
    const view = document.querySelector('chaxi-room')?.shadowRoot?.querySelector('[part=view]');
    const { lang } = document.documentElement;
    return view && view.getAttribute('lang') !== lang ? 'of two languages' : lang;
  });
}
