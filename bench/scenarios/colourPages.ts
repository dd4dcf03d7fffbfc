import type { Page } from 'puppeteer-core';
import type { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import type { Target } from '../lib/Target.ts';
import type { ColourMethods, ReadColorsRequest, ReceivedColors, ShowColorsRequest } from '../probes/colourProbe.ts';
import { PICTURE } from './colourScenes.ts';
import { serverOf } from './latency.ts';

/** Where colours are measured. */
export interface ColourStage {
  browser: Browser;
  pageUrl: string;
  target: Target;
  /** Of what a receiver reads. */
  reading: Omit<ReadColorsRequest, 'areas'>;
}

/** One page that publishes known colours and one that receives them. */
export interface ColourPages {
  publisher: Page;
  /** What the publisher's own page shows. */
  local: number[];
  /** Reads what has arrived when it has settled. */
  receive: () => Promise<ReceivedColors>;
}

/** Opens both pages in a room of their own, and closes them after `use`, whatever comes of it. */
export async function withColourPages<T>(
  { browser, pageUrl, target, reading }: ColourStage,
  { room, ...request }: Omit<ShowColorsRequest, 'url' | 'token'> & { room: string },
  use: (pages: ColourPages) => Promise<T>,
): Promise<T> {
  const { url, publisherToken, watcherToken } = await serverOf(target, room);
  const [publisher, watcher] = await Promise.all([browser.open(pageUrl), browser.open(pageUrl)]);
  try {
    const shown = { ...request, url, token: publisherToken };
    const local = await callProbe<ColourMethods, 'show'>(publisher, 'show', shown);
    await callProbe<ColourMethods, 'watch'>(watcher, 'watch', { url, token: watcherToken, ...PICTURE });
    const receive = () => callProbe<ColourMethods, 'read'>(watcher, 'read', { ...reading, areas: request.areas });
    return await use({ publisher, local, receive });
  } finally {
    await Promise.all([publisher.close(), watcher.close()]);
  }
}
