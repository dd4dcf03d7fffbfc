import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launch, type Browser as PuppeteerBrowser, type Page } from 'puppeteer-core';
import { endWithUs } from './leftovers.ts';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A page that has not answered for so long does not answer any more. */
const STALLED_MS = 120_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  // Without these it floods a closed network with its own lookups.
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--allow-loopback-in-peer-connection',
  '--ignore-certificate-errors',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream=fps=30',
];

/** Chromium, without a window. */
export class Browser {
  readonly #browser: PuppeteerBrowser;

  /** `longestCallMs`: how long a page may measure before it answers; `flags`: besides those of every browser. */
  static async launch(
    dir: string,
    { longestCallMs = 0, flags = [] }: { longestCallMs?: number; flags?: readonly string[] } = {},
  ): Promise<Browser> {
    const executablePath = process.env.CHROMIUM_BIN ?? CANDIDATES.find((path) => existsSync(path));
    if (!executablePath) {
      throw new Error('There is no Chromium. Install it (apt-get install chromium) or name it in CHROMIUM_BIN.');
    }
    const browser = await launch({
      executablePath,
      headless: true,
      args: [...FLAGS, ...flags],
      userDataDir: join(dir, 'chromium'),
      // An interrupted run closes it itself.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      defaultViewport: { width: 1_280, height: 800 },
      protocolTimeout: STALLED_MS + longestCallMs,
    });
    const child = browser.process();
    if (child) endWithUs(child, { group: true });
    return new Browser(browser);
  }

  private constructor(browser: PuppeteerBrowser) {
    this.#browser = browser;
  }

  get pid(): number {
    return this.#browser.process()?.pid ?? 0;
  }

  version(): Promise<string> {
    return this.#browser.version();
  }

  /**
   * The page at `url`, as on a machine of its own: with a profile that knows nothing, and a process that it shares with no other
   * page. Chromium puts two pages of one site into one process, and then one page's work holds the other one up.
   */
  async open(url: string): Promise<Page> {
    const context = await this.#browser.createBrowserContext();
    const page = await context.newPage();
    page.once('close', () => void context.close().catch(() => undefined));
    page.on('pageerror', (error) => console.error(`In the page: ${String(error)}`));
    await page.goto(url, { waitUntil: 'load' });
    return page;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
