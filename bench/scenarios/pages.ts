import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { JoinStart } from '../../protocol/signaling.ts';
import type { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import type { PublishSettings } from '../peers/Peer.ts';
import type { PeerMethods } from '../probes/exposePeer.ts';
import type { JoinObservation } from '../probes/watcherProbe.ts';
import type { Relay } from '../relay/Relay.ts';
import type { BenchOptions, Size } from '../options.ts';

/** A page that is open for a moment has loaded its library and made its certificate; nobody clicks sooner. */
export const IDLE_MS = 500;
export const PUBLISHER = 'publisher';
export const SOURCE: Size = { width: 640, height: 360 };
/** Of each kind of joins. */
export const JOIN_COUNT = 30;
/** Between two joins, so that they do not always meet the same moment of the publisher. */
export const MAX_PAUSE_MS = 300;
export const FRAME_RATE = 30;

/** Of a publisher, until its congestion control knows the path; a smoke run does not wait for that. */
export function settleMs({ smoke }: BenchOptions): number {
  return smoke ? 1_000 : 5_000;
}

/** Opens a page that publishes; it has to be left open. */
export async function openPublisher(options: {
  browser: Browser;
  pageUrl: string;
  url: string;
  token: string;
  source: Size;
  settings: PublishSettings;
}): Promise<Page> {
  const { browser, pageUrl, url, token, source, settings } = options;
  const page = await browser.open(pageUrl);
  await callProbe<PeerMethods, 'publish'>(page, 'publish', {
    url,
    token,
    source: { ...source, frameRate: FRAME_RATE },
    ...settings,
  });
  return page;
}

export interface WatchOptions {
  browser: Browser;
  pageUrl: string;
  url: string;
  token: string;
  start: JoinStart;
  source: Size;
  timeoutMs: number;
  fullSizeTimeoutMs: number;
  /** How many videos to wait for after the measured one; by default none. */
  videos?: number;
  /** Where the first packet is seen. */
  relay: Relay | null;
}

export interface WatchedJoin extends JoinObservation {
  firstPacketMs: number | null;
}

/** Opens a page, joins once, and closes it. */
export async function watchOnce(options: WatchOptions): Promise<WatchedJoin> {
  const { browser, pageUrl, url, token, start, source, timeoutMs, fullSizeTimeoutMs, videos = 0, relay } = options;
  const page = await browser.open(pageUrl);
  try {
    await callProbe<PeerMethods, 'open'>(page, 'open', {
      url,
      token,
      start,
      publisher: PUBLISHER,
      sourceWidth: source.width,
      elementWidth: source.width,
      timeoutMs,
    });
    await sleep(IDLE_MS);
    const observation = await callProbe<PeerMethods, 'join'>(page, 'join', { timeoutMs, fullSizeTimeoutMs, videos });
    const { ssrc, clickedAtMs } = observation;
    const packetAtMs = ssrc === null ? null : ((await relay?.firstPacketAt(ssrc)) ?? null);
    await callProbe<PeerMethods, 'leave'>(page, 'leave', undefined as never).catch(() => undefined);
    return { ...observation, firstPacketMs: packetAtMs === null ? null : packetAtMs - clickedAtMs };
  } finally {
    await page.close();
  }
}
