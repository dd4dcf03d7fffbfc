import { expect } from 'chai';
import type { Page } from 'puppeteer-core';
import { colorCards } from '../../client-sdk/src/color/card/cards.ts';
import { findCard } from '../../client-sdk/src/color/card/findCard.ts';
import type { Picture } from '../../client-sdk/src/color/Picture.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { RoomPage } from '../helpers/RoomPage.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';

const MM = 96 / 25.4;

describe('the page of the colour card', function () {
  this.timeout(90_000);
  let node: TestServer;
  let chromium: Chromium;
  let person: RoomPage;

  before(async () => {
    node = await startTestServer();
    chromium = await launchChromium();
  });
  beforeEach(async () => {
    person = await RoomPage.visit(chromium.browser, `${node.url}/card`);
    await person.find('Print', 'button');
  });
  afterEach(() => person?.close());
  after(async () => {
    await chromium?.close();
    await node?.close();
  });

  it('draws the card that the SDK knows', async () => {
    const found = findCard(await pictureOf(person.page), colorCards);
    expect(found?.card.name).to.equal('chaxi');
  });

  it('speaks the language that one chooses, also the next time', async () => {
    await person.press('中文');
    await person.reads('色卡');
    expect(await person.page.title()).to.equal('色卡 · 茶席');
    await person.page.reload();
    await person.find('打印', 'button');
    expect(await person.page.evaluate(() => document.documentElement.lang)).to.equal('zh-CN');
  });

  it('asks the browser to print', async () => {
    const printed = new Promise<void>((resolve) => void person.page.exposeFunction('onPrint', resolve));
    await person.page.evaluate(() => {
      window.print = () => void (window as unknown as { onPrint: () => void }).onPrint();
    });
    await person.press('Print');
    await printed;
  });

  for (const format of ['A4', 'Letter'] as const) {
    it(`prints one sheet of ${format}`, async () => {
      const pdf = Buffer.from(await person.page.pdf({ format })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g)).to.have.lengthOf(1);
    });
  }

  it('prints the card in its true size, and of the rest the caption alone', async () => {
    await person.page.emulateMediaType('print');
    const card = await person.page.$eval('>>> svg.card', (drawing) => {
      const { width, height } = drawing.getBoundingClientRect();
      return { width, height };
    });
    expect(card.width / MM).to.be.closeTo(176, 0.1);
    expect(card.height / MM).to.be.closeTo(120, 0.1);
    const words = await person.words();
    expect(words.some((text) => text.startsWith('Printed'))).to.equal(true);
    expect(words).not.to.include('Print');
  });
});

/** What the page looks like, read back from a screenshot. */
async function pictureOf(page: Page): Promise<Picture> {
  const png = await page.screenshot({ encoding: 'base64' });
  const { width, height, pixels } = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const { width, height } = image;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const bytes = context.getImageData(0, 0, width, height).data;
    // By parts: a call takes only so many arguments.
    let text = '';
    for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
    return { width, height, pixels: btoa(text) };
  }, png);
  return { width, height, data: new Uint8ClampedArray(Buffer.from(pixels, 'base64')) };
}
