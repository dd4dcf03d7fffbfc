import type { Page } from 'puppeteer-core';
import type { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import { RELAY_ADDRESS } from '../lib/Target.ts';
import type { Size, WeakPeer } from '../options.ts';
import type { TastingMethods } from '../probes/tastingProbe.ts';
import type { Relay } from '../relay/Relay.ts';
import type { Contender } from './contenders.ts';
import { FRAME_RATE } from './pages.ts';
import { linksOf, weakConditions, type WeakEnd } from './weakConditions.ts';

/** A publisher and a watcher in a clean network, and the relay that the weak end has before it. */
export interface WeakCall {
  publisher: Page;
  watcher: Page;
  relay: Relay;
  close(): Promise<void>;
}

export interface WeakContender {
  peer: WeakPeer;
  versions: Record<string, string>;
  open(end: WeakEnd, room: string): Promise<WeakCall>;
}

const DIRECT_ADDRESS = '127.0.0.1';

/**
 * Through a server. The weak end finds it at the relay, for signaling and media alike, and the other end without one. Neither tells the
 * server its own addresses, so that it can not be reached but by the way that it came.
 */
export function servedContender(options: {
  peer: WeakPeer;
  contender: Contender;
  browser: Browser;
  pageUrl: string;
  source: Size;
}): WeakContender {
  const { peer, contender, browser, pageUrl, source } = options;
  const { relay, url, token, versions } = contender;
  if (!relay) throw new Error(`${peer} runs elsewhere, where no relay makes its network weak.`);
  const requestOf = async (room: string, identity: string, weak: boolean) => ({
    url: weak ? url : url.replace(RELAY_ADDRESS, DIRECT_ADDRESS),
    token: await token({ room, identity, role: identity === 'watcher' ? 'guest' : 'host' }),
    source: { ...source, frameRate: FRAME_RATE },
    route: { from: RELAY_ADDRESS, to: weak ? RELAY_ADDRESS : DIRECT_ADDRESS },
  });
  return {
    peer,
    versions,
    async open(end, room) {
      await relay.set(linksOf(weakConditions.clean, end));
      return withTwoPages(browser, pageUrl, async (publisher, watcher) => {
        const publish = await requestOf(room, 'publisher', end === 'up');
        await callProbe<TastingMethods, 'publishTasting'>(publisher, 'publishTasting', publish);
        const watch = await requestOf(room, 'watcher', end === 'down');
        await callProbe<TastingMethods, 'watchTasting'>(watcher, 'watchTasting', watch);
        return { relay, end: () => Promise.resolve() };
      });
    },
  };
}

/** Opens both pages; they close with the call, or where it does not come about. */
export async function withTwoPages(
  browser: Browser,
  pageUrl: string,
  connect: (publisher: Page, watcher: Page) => Promise<{ relay: Relay; end: () => Promise<void> }>,
): Promise<WeakCall> {
  const pages: Page[] = [];
  const closePages = () => Promise.all(pages.map((page) => page.close().catch(() => undefined)));
  try {
    const publisher = await browser.open(pageUrl);
    pages.push(publisher);
    const watcher = await browser.open(pageUrl);
    pages.push(watcher);
    const { relay, end } = await connect(publisher, watcher);
    const close = async () => {
      await closePages();
      await end();
    };
    return { publisher, watcher, relay, close };
  } catch (error) {
    await closePages();
    throw error;
  }
}
