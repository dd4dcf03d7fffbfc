import type { Browser, ElementHandle, KeyInput, Page, Viewport } from 'puppeteer-core';
import { waitFor } from './waitFor.ts';

export type PageLanguage = 'zh' | 'en';

export interface RoomPageOptions {
  language?: PageLanguage;
  /** A phone of 390 x 844 with a touch screen; a desktop window where it is not said. */
  phone?: boolean;
}

export const DESKTOP: Viewport = { width: 1_280, height: 800 };
export const PHONE: Viewport = { width: 390, height: 844, isMobile: true, hasTouch: true };

/**
 * Three small cameras for `launchChromium`. Chromium 156 shows the second one (`fake_device_1`, MJPEG) in a page, but
 * sends no frame of it: tests take the third.
 */
export const FAKE_CAMERAS = '--use-fake-device-for-media-stream=device-count=3,fps=10';
export const SECOND_CAMERA = 'fake_device_2';

const PATIENCE_MS = 30_000;

/**
 * One person in front of one of the pages of web/, in a browser context of their own. Finds things as a person does: by
 * role and name, or by the words that can be read; the open shadow roots of the page are no hindrance.
 */
export class RoomPage {
  readonly page: Page;
  readonly #phone: boolean;

  /** Opens the room's own page from its link. */
  static open(browser: Browser, url: string, token: string, options: RoomPageOptions = {}): Promise<RoomPage> {
    const { language = 'en' } = options;
    return RoomPage.visit(browser, `${url}/room#token=${token}&lang=${language}`, options);
  }

  /** Opens any page. */
  static async visit(browser: Browser, address: string, { phone = false }: RoomPageOptions = {}): Promise<RoomPage> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport(phone ? PHONE : DESKTOP);
    await page.goto(address);
    return new RoomPage(page, phone);
  }

  /** Through the preview into the room, by the button. */
  static async join(browser: Browser, url: string, token: string, options: RoomPageOptions = {}): Promise<RoomPage> {
    const person = await RoomPage.open(browser, url, token, options);
    await person.joinByButton(options.language);
    return person;
  }

  private constructor(page: Page, phone: boolean) {
    this.page = page;
    this.#phone = phone;
  }

  /** Waits for the self view, presses the button, waits for the room. */
  async joinByButton(language: PageLanguage = 'en'): Promise<void> {
    await this.sees('>>> cx-preview >>> video');
    await this.press(language === 'zh' ? '入席' : 'Join');
    await this.sees('>>> cx-stage');
  }

  /** Clicks or taps a button. */
  async press(name: string, role = 'button'): Promise<void> {
    const locator = this.page.locator(named(name, role)).setTimeout(PATIENCE_MS);
    if (this.#phone) await (await locator.waitHandle()).tap();
    else await locator.click();
  }

  /** Presses a control of the room, which where there is little room is behind “more”. */
  async pressControl(name: string, more = 'More'): Promise<void> {
    await waitFor(`the control “${name}”`, async () => (await this.has(name, 'button')) || this.has(more, 'button'), {
      timeoutMs: PATIENCE_MS,
    });
    if (!(await this.has(name, 'button'))) await this.press(more);
    await this.press(name);
  }

  key(key: KeyInput): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Chooses an option of a field by its words. */
  async choose(field: string, option: string): Promise<void> {
    const select = await this.find(field, 'combobox');
    const value = await waitFor(`the option “${option}” of “${field}”`, () =>
      select.$$eval('option', (all, words) => all.find(({ text }) => text.trim() === words)?.value, option),
    );
    await select.select(value);
  }

  async find(name: string, role: string): Promise<ElementHandle> {
    const found = await waitFor(`the ${role} “${name}”`, () => this.page.$(named(name, role)), {
      timeoutMs: PATIENCE_MS,
    });
    return found as ElementHandle;
  }

  /** Whether something with this role and name is there now. */
  async has(name: string, role: string): Promise<boolean> {
    return (await this.page.$(named(name, role))) !== null;
  }

  /** Waits until a switch is on, or off, and has done what it does. */
  async waitForSwitch(name: string, on: boolean): Promise<void> {
    await waitFor(`the switch “${name}” to be ${on ? 'on' : 'off'}`, async () => {
      const found = await this.page.$(named(name, 'button'));
      return found?.evaluate(
        (button, wanted) => button.ariaPressed === wanted && button.ariaBusy !== 'true',
        String(on),
      );
    });
  }

  /** Waits until the selector matches something visible. */
  async sees(selector: string): Promise<void> {
    await this.page.waitForSelector(selector, { visible: true, timeout: PATIENCE_MS });
  }

  /** Waits until these words can be read. */
  async reads(words: string): Promise<void> {
    let seen: string[] = [];
    const readable = async () => (seen = await this.words()).some((text) => text.includes(words));
    await waitFor(`the words “${words}”`, readable, { timeoutMs: PATIENCE_MS }).catch((error: Error) => {
      throw new Error(`${error.message}; read: ${seen.join(' | ')}`);
    });
  }

  /** Waits until these words can no longer be read. */
  async readsNoMore(words: string): Promise<void> {
    await waitFor(
      `the words “${words}” to go`,
      async () => !(await this.words()).some((text) => text.includes(words)),
      {
        timeoutMs: PATIENCE_MS,
      },
    );
  }

  /** Every word that the page shows or says to a screen reader, in order. */
  words(): Promise<string[]> {
    return this.page.evaluate(() => {
      const words: string[] = [];
      const add = (text: string | null) => {
        const clean = text?.replace(/\s+/g, ' ').trim();
        if (clean) words.push(clean);
      };
      const read = (node: Node) => {
        if (node instanceof Text) return add(node.data);
        if (!(node instanceof Element) || node.matches('script, style, noscript')) return;
        const { display, visibility } = getComputedStyle(node);
        if (display === 'none' || visibility === 'hidden') return;
        for (const name of ['aria-label', 'title', 'placeholder']) add(node.getAttribute(name));
        (node.shadowRoot ?? node).childNodes.forEach(read);
      };
      read(document.body);
      return words;
    });
  }

  /** Waits until the picture of a tile is decoded and changes while one looks. `title` is the tile's name. */
  async waitForMovingVideo(title: string): Promise<void> {
    const options = { timeoutMs: PATIENCE_MS };
    const first = await waitFor(`a picture of ${title}`, () => this.picture(title), options);
    const moved = async () => {
      const now = await this.picture(title);
      return now !== null && now !== first;
    };
    await waitFor(`the picture of ${title} to move`, moved, options);
  }

  /** Waits until a tile is there, or is not. */
  async waitForTile(title: string, there = true): Promise<void> {
    const options = { timeoutMs: PATIENCE_MS };
    const found = async () => (await this.tiles()).some((tile) => tile.title === title) === there;
    await waitFor(`the tile of ${title} to be ${there ? 'there' : 'gone'}`, found, options);
  }

  /** Waits until this is the tile on the stage. */
  async waitForStage(title: string): Promise<void> {
    const staged = async () => (await this.tiles()).some((tile) => tile.large && tile.title === title);
    await waitFor(`${title} to be on the stage`, staged, { timeoutMs: PATIENCE_MS });
  }

  /** All tiles in the order of the document. */
  tiles(): Promise<{ title: string; large: boolean; microphoneOff: boolean; width: number }[]> {
    return this.page.$$eval('>>> cx-tile', (tiles) =>
      tiles.map((tile) => ({
        title: tile.shadowRoot?.querySelector('button')?.ariaLabel?.replace(/^.*?(: |：)/, '') ?? '',
        large: tile.hasAttribute('large'),
        microphoneOff: tile.shadowRoot?.querySelector('figcaption [role=img]:not(cx-quality *)') !== null,
        width: tile.getBoundingClientRect().width,
      })),
    );
  }

  /** Waits until a tile says that its microphone is off, or no longer does. */
  async waitForMicrophone(title: string, on: boolean): Promise<void> {
    const shown = async () => (await this.tiles()).some((tile) => tile.title === title && tile.microphoneOff === !on);
    await waitFor(`the microphone of ${title} to be ${on ? 'on' : 'off'}`, shown, { timeoutMs: PATIENCE_MS });
  }

  /** Role and name of the innermost element that has the focus. */
  focused(): Promise<{ tag: string; text: string }> {
    return this.page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return {
        tag: element?.localName ?? '',
        text: (element?.ariaLabel ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim(),
      };
    });
  }

  /** The tile's picture as text; null while there is none. */
  async picture(title: string): Promise<string | null> {
    const pictures = await this.page.$$eval(
      '>>> cx-tile',
      (tiles, wanted) =>
        tiles.map((tile) => {
          const name = tile.shadowRoot?.querySelector('button')?.ariaLabel?.replace(/^.*?(: |：)/, '');
          const video = tile.shadowRoot?.querySelector('cx-track-video')?.shadowRoot?.querySelector('video');
          if (name !== wanted || !video || video.videoWidth === 0) return null;
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [64, 48];
          canvas.getContext('2d')?.drawImage(video, 0, 0, 64, 48);
          return canvas.toDataURL();
        }),
      title,
    );
    return pictures.find((picture) => picture !== null) ?? null;
  }

  close(): Promise<void> {
    return this.page.browserContext().close();
  }
}

function named(name: string, role: string): string {
  return `::-p-aria([name="${name}"][role="${role}"])`;
}
