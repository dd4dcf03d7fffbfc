import type { ElementHandle, Page } from 'puppeteer-core';
import type { Rgb } from './PatchCamera.ts';
import { waitFor } from './waitFor.ts';

/** In CSS pixels of the window. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The viewer of a still in a page of a room. Places are fractions of the picture's width and height, as it was shown whole. */
export class StillViewerPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits until the picture is there and its pixels can be read. */
  async waitForPicture(): Promise<void> {
    await waitFor('the picture in the viewer', () =>
      this.#page
        .$eval('>>> cx-still-picture', (picture) => (picture as HTMLElement & { pixels: unknown }).pixels !== null)
        .catch(() => false),
    );
  }

  async waitForClosed(): Promise<void> {
    await waitFor('the viewer to close', async () => (await this.#page.$('>>> cx-still-picture')) === null);
  }

  /** Waits for the small picture, and answers where it stands and where the large one will. */
  async waitForPreview(): Promise<{ preview: Box; picture: Box; naturalWidth: number }> {
    const loaded = () =>
      this.#page
        .$eval('>>> cx-still-picture >>> img.preview', (image) => (image as HTMLImageElement).naturalWidth)
        .catch(() => 0);
    const naturalWidth = await waitFor('the preview in the viewer', loaded);
    const preview = await waitFor('the preview', () => this.#page.$('>>> cx-still-picture >>> img.preview'));
    const box = await waitFor('the size of the preview', () => preview.boundingBox());
    return { preview: box, picture: await this.#box(), naturalWidth };
  }

  /** In percent. */
  async scale(): Promise<number> {
    return Number.parseInt(await this.#page.$eval('>>> .scale', (element) => element.textContent ?? ''), 10);
  }

  async waitForScale(isRight: (percent: number) => boolean): Promise<void> {
    let seen = 0;
    await waitFor('the scale', async () => isRight((seen = await this.scale()))).catch((error: Error) => {
      throw new Error(`${error.message}; it is ${seen} %`);
    });
  }

  /** Top left corner of the picture in the window. */
  async place(): Promise<{ x: number; y: number }> {
    const { x, y } = await this.#box();
    return { x, y };
  }

  async showsSquares(): Promise<boolean> {
    return (await this.#image()).evaluate((image) => getComputedStyle(image).imageRendering === 'pixelated');
  }

  /** What the readout says, null while it says nothing. */
  async pickedColor(): Promise<Rgb | null> {
    const texts = await this.#page.$$eval('>>> cx-color-readout >>> dd', (all) => all.map((dd) => dd.textContent));
    const value = Number.parseInt(texts[0]?.slice(1) ?? '', 16);
    return Number.isNaN(value) ? null : [value >> 16, (value >> 8) & 255, value & 255];
  }

  async click(x: number, y: number): Promise<void> {
    await this.#page.mouse.click(...(await this.#at(x, y)));
  }

  async doubleClick(x: number, y: number): Promise<void> {
    await this.#page.mouse.click(...(await this.#at(x, y)), { count: 2 });
  }

  async tap(x: number, y: number): Promise<void> {
    await this.#page.touchscreen.tap(...(await this.#at(x, y)));
  }

  async wheel(x: number, y: number, deltaY: number): Promise<void> {
    await this.#page.mouse.move(...(await this.#at(x, y)));
    await this.#page.mouse.wheel({ deltaY });
  }

  async drag(x: number, y: number, byX: number, byY: number): Promise<void> {
    const [startX, startY] = await this.#at(x, y);
    await this.#page.mouse.move(startX, startY);
    await this.#page.mouse.down();
    await this.#page.mouse.move(startX + byX, startY + byY, { steps: 5 });
    await this.#page.mouse.up();
  }

  /** Two fingers beside a place, in CSS pixels from each other. */
  async pinch(x: number, y: number, from: number, to: number): Promise<void> {
    const [centerX, centerY] = await this.#at(x, y);
    const { touchscreen } = this.#page;
    const one = await touchscreen.touchStart(centerX - from / 2, centerY);
    const other = await touchscreen.touchStart(centerX + from / 2, centerY);
    for (let step = 1; step <= 5; step++) {
      const distance = from + ((to - from) * step) / 5;
      await one.move(centerX - distance / 2, centerY);
      await other.move(centerX + distance / 2, centerY);
    }
    await one.end();
    await other.end();
  }

  async #image(): Promise<ElementHandle> {
    return waitFor('the picture', () => this.#page.$('>>> cx-still-picture >>> img.picture'));
  }

  /** Where it stands still: the panel of colours moves it, one frame after it has opened. */
  async #box(): Promise<Box> {
    const image = await this.#image();
    let last = '';
    return waitFor('the picture to stand still', async () => {
      await image.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
      const box = await image.boundingBox();
      const isSame = JSON.stringify(box) === last;
      last = JSON.stringify(box);
      return isSame && box;
    });
  }

  async #at(x: number, y: number): Promise<[number, number]> {
    const box = await this.#box();
    return [box.x + x * box.width, box.y + y * box.height];
  }
}
