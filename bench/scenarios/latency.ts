import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { openTarget, type Target } from '../lib/Target.ts';
import type { BenchOptions, Size } from '../options.ts';
import type { PeerMethods } from '../probes/exposePeer.ts';
import type { SendingSettings } from '../probes/sendingSettings.ts';
import type { LatencyRequest, LatencyWindow } from '../probes/latencyProbe.ts';
import { latencyMetrics, sizeName, type LatencySample } from './latencyMetrics.ts';
import { FRAME_RATE, settleMs } from './pages.ts';
import type { Scenario } from './Scenario.ts';

const SIZES: Size[] = [
  { width: 640, height: 360 },
  { width: 1_280, height: 720 },
];
/** Of 640 x 360; a larger picture gets more in proportion to the square root of its pixels. */
export const BITRATE_BPS = 1_250_000;
const BITRATE_PIXELS = 640 * 360;

interface LatencyParams {
  sizes: Size[];
  rounds: number;
  windowMs: number;
  bitrateBps: number;
}

function paramsOf({ sizes, rounds, durationMs, bitrateBps, smoke }: BenchOptions): LatencyParams {
  return {
    sizes: sizes ?? SIZES,
    rounds: rounds ?? (smoke ? 1 : 5),
    windowMs: durationMs ?? (smoke ? 1_000 : 10_000),
    bitrateBps: bitrateBps ?? BITRATE_BPS,
  };
}

/** From the making of a frame to its decoding and to the screen, through the server and from peer to peer in turns. */
export const latency: Scenario = async ({ options, scratch, progress, signal, record }) => {
  const params = paramsOf(options);
  const { sizes, rounds, windowMs, bitrateBps } = params;
  const { remote, seed } = options;
  const target = await openTarget({ scratch, remote, relayed: false, tls: true, workers: 1, seed });
  const pages = scratch.use(await ProbeServer.start(['chaxi']));
  const browser = scratch.use(await Browser.launch(scratch.dir, { longestCallMs: windowMs }));
  const page = await browser.open(pages.urlOf('chaxi'));
  const samples: LatencySample[] = [];
  record({
    params: { ...params, warmUpMs: settleMs(options), frameRate: FRAME_RATE, codec: 'vp8' },
    versions: { chromium: await browser.version() },
    samples,
    metrics: () => latencyMetrics(samples, ['server', 'floor']),
  });
  progress.begin(sizes.length * rounds * 2);
  for (const size of sizes) {
    let sending: SendingSettings | null = null;
    for (let round = 0; round < rounds; round++) {
      // The first one is the server, whose sender tells how the floor has to send.
      const order = round % 2 === 0 ? (['server', 'floor'] as const) : (['floor', 'server'] as const);
      for (const through of order) {
        if (signal.aborted) break;
        const server = through === 'server' ? await serverOf(target, `latency-${sizeName(size)}-${round}`) : null;
        const seen = await measureOnce(page, {
          request: {
            source: { ...size, frameRate: FRAME_RATE },
            maxBitrateBps: bitrateFor(size, bitrateBps),
            through: server,
            sending,
          },
          warmUpMs: settleMs(options),
          windowMs,
        });
        if (through === 'server') sending = seen.sending;
        samples.push(sampleOf(size, through, round, seen));
        progress.step(`${sizeName(size)} through ${through}`);
      }
    }
  }
};

/** One window of one way. */
export async function measureOnce(
  page: Page,
  { request, warmUpMs, windowMs }: { request: LatencyRequest; warmUpMs: number; windowMs: number },
): Promise<LatencyWindow> {
  await callProbe<PeerMethods, 'begin'>(page, 'begin', request);
  await sleep(warmUpMs);
  const seen = await callProbe<PeerMethods, 'measure'>(page, 'measure', windowMs);
  await callProbe<PeerMethods, 'end'>(page, 'end', undefined as never);
  return seen;
}

/** Tokens of both sides of a room of its own. */
export async function serverOf(
  { url, token }: Pick<Target, 'url' | 'token'>,
  room: string,
): Promise<NonNullable<LatencyRequest['through']>> {
  const [publisherToken, watcherToken] = await Promise.all([
    token({ room, identity: 'publisher', role: 'host' }),
    token({ room, identity: 'watcher', role: 'guest' }),
  ]);
  return { url, publisherToken, watcherToken };
}

export function sampleOf(size: Size, through: string, round: number, seen: LatencyWindow): LatencySample {
  const tenths = (values: readonly number[]) => values.map((value) => Math.round(value * 10) / 10);
  return {
    size: sizeName(size),
    through,
    round,
    decodedMs: tenths(seen.decodedMs),
    displayedMs: tenths(seen.displayedMs),
    framesMade: seen.framesMade,
    width: seen.width,
    bitrateBps: Math.round(seen.bitrateBps),
  };
}

function bitrateFor({ width, height }: Size, bitrateBps: number): number {
  return Math.round(bitrateBps * Math.sqrt((width * height) / BITRATE_PIXELS));
}
