import { setTimeout as sleep } from 'node:timers/promises';
import type { JoinStart } from '../../protocol/signaling.ts';
import { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import { CpuMeter } from '../lib/CpuMeter.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { seededRandom } from '../lib/random.ts';
import { peerStarts, type BenchOptions, type PeerName, type Size } from '../options.ts';
import type { PeerMethods } from '../probes/exposePeer.ts';
import { openContenders, type Contender } from './contenders.ts';
import { JOIN_TIMEOUT_MS } from './joinTime.ts';
import { BITRATE_BPS, measureOnce, sampleOf, serverOf } from './latency.ts';
import {
  FRAME_RATE,
  JOIN_COUNT,
  MAX_PAUSE_MS,
  openPublisher,
  PUBLISHER,
  settleMs,
  SOURCE,
  watchOnce,
} from './pages.ts';
import { peersMetrics, type PeersSample } from './peersMetrics.ts';
import type { Scenario, ScenarioContext } from './Scenario.ts';

const SUBSCRIBERS = 8;

interface PeersParams {
  peer: PeerName;
  count: number;
  rtts: number[];
  starts: JoinStart[];
  rounds: number;
  windowMs: number;
  bitrateBps: number;
  source: Size;
  subscribers: number;
}

function paramsOf(options: BenchOptions): PeersParams {
  const { peer, count, rtts, starts, rounds, durationMs, bitrateBps, source, smoke } = options;
  return {
    peer,
    count: count ?? (smoke ? 2 : JOIN_COUNT),
    rtts: rtts ?? [0],
    starts: starts ?? [...peerStarts[peer]],
    rounds: rounds ?? (smoke ? 1 : 5),
    windowMs: durationMs ?? (smoke ? 1_000 : 10_000),
    bitrateBps: bitrateBps ?? BITRATE_BPS,
    source: source ?? SOURCE,
    subscribers: smoke ? 2 : SUBSCRIBERS,
  };
}

/** The same page and source through two servers, or two ways to ask one, in turns. */
export const peers: Scenario = async (context) => {
  const { options, scratch, progress } = context;
  const contenders = await openContenders({ scratch, options });
  const params = paramsOf(options);
  const pages = scratch.use(await ProbeServer.start(contenders.map(({ page }) => page)));
  const browser = scratch.use(await Browser.launch(scratch.dir, { longestCallMs: params.windowMs }));
  const run = new PeersRun({ context, params, contenders, browser, pages });
  context.record({
    params: { ...params, tls: options.peer === 'naive', timeoutMs: JOIN_TIMEOUT_MS },
    versions: { chromium: await browser.version(), ...contenders[1].versions },
    samples: run.samples,
    metrics: () => peersMetrics(run.samples, [contenders[0].name, contenders[1].name]),
  });
  const { count, rtts, starts, rounds } = params;
  progress.begin(2 * (count * rtts.length * starts.length + rounds + rounds));
  await run.joins();
  await run.latency();
  await run.cpu();
};

interface PeersRunOptions {
  context: ScenarioContext;
  params: PeersParams;
  contenders: readonly Contender[];
  browser: Browser;
  pages: ProbeServer;
}

class PeersRun {
  readonly samples: PeersSample[] = [];
  readonly #options: PeersRunOptions;
  readonly #random: () => number;

  constructor(options: PeersRunOptions) {
    this.#options = options;
    this.#random = seededRandom(options.context.options.seed);
  }

  /** One join of each, over and over; both have a publisher all the time. */
  async joins(): Promise<void> {
    const { params, contenders, browser, context } = this.#options;
    const { rtts, starts, count, source } = params;
    for (const rttMs of rtts) {
      for (const { relay } of contenders) await relay?.setRtt(rttMs);
      const room = `joins-${rttMs}`;
      const publishers = [];
      for (const contender of contenders) publishers.push(await this.#publish(contender, room));
      await sleep(settleMs(context.options));
      for (let round = 0; round < count; round++) {
        for (const start of starts) {
          for (const contender of contenders) {
            if (this.#ended) break;
            await sleep(this.#random() * MAX_PAUSE_MS);
            const seen = await watchOnce({
              browser,
              pageUrl: this.#pageOf(contender),
              url: contender.url,
              token: await contender.token({
                room: roomOf(contender, room),
                identity: `watcher-${start}-${round}`,
                role: 'guest',
              }),
              start,
              source,
              timeoutMs: JOIN_TIMEOUT_MS,
              fullSizeTimeoutMs: 0,
              relay: contender.relay,
            });
            const { failed, firstPacketMs, firstFrameMs } = seen;
            this.samples.push({
              part: 'join',
              peer: contender.name,
              start,
              rttMs,
              failed,
              firstPacketMs,
              firstFrameMs,
            });
            context.progress.step(`${contender.name} ${start}: ${failed ?? `${Math.round(firstFrameMs ?? 0)} ms`}`);
          }
        }
      }
      for (const page of publishers) await page.close();
    }
    for (const { relay } of contenders) await relay?.setRtt(0);
  }

  async latency(): Promise<void> {
    const { params, contenders, browser, context } = this.#options;
    const { rounds, windowMs, bitrateBps, source } = params;
    for (let round = 0; round < rounds; round++) {
      for (const contender of contenders) {
        if (this.#ended) return;
        const page = await browser.open(this.#pageOf(contender));
        const seen = await measureOnce(page, {
          request: {
            source: { ...source, frameRate: FRAME_RATE },
            maxBitrateBps: bitrateBps,
            through: await serverOf(contender, roomOf(contender, `latency-${round}`)),
            sending: null,
          },
          warmUpMs: settleMs(context.options),
          windowMs,
        });
        await page.close();
        const { decodedMs, displayedMs, framesMade, width, bitrateBps: seenBps } = sampleOf(source, '', round, seen);
        const common = { part: 'latency', peer: contender.name, round } as const;
        this.samples.push({ ...common, decodedMs, displayedMs, framesMade, width, bitrateBps: seenBps });
        context.progress.step(`${contender.name}: latency`);
      }
    }
  }

  /** Processor time of a server with and without subscribers. */
  async cpu(): Promise<void> {
    const { params, contenders, browser, context } = this.#options;
    const { rounds, windowMs, subscribers } = params;
    for (let round = 0; round < rounds; round++) {
      for (const contender of contenders) {
        if (this.#ended || contender.pids().length === 0) continue;
        const room = `cpu-${round}`;
        const publisher = await this.#publish(contender, room);
        const crowd = await browser.open(this.#pageOf(contender));
        await sleep(settleMs(context.options));
        await this.#measureCpu(contender, round, 0, windowMs);
        const tokens = await Promise.all(
          Array.from({ length: subscribers }, (_, index) =>
            contender.token({ room: roomOf(contender, room), identity: `subscriber-${index}`, role: 'guest' }),
          ),
        );
        await callProbe<PeerMethods, 'gather'>(crowd, 'gather', { url: contender.url, tokens });
        await sleep(settleMs(context.options));
        await this.#measureCpu(contender, round, subscribers, windowMs);
        await crowd.close();
        await publisher.close();
        context.progress.step(`${contender.name}: processor`);
      }
    }
  }

  get #ended(): boolean {
    return this.#options.context.signal.aborted;
  }

  #pageOf({ page }: Contender): string {
    return this.#options.pages.urlOf(page);
  }

  async #publish(contender: Contender, room: string) {
    const { browser, params } = this.#options;
    return openPublisher({
      browser,
      pageUrl: this.#pageOf(contender),
      url: contender.url,
      token: await contender.token({ room: roomOf(contender, room), identity: PUBLISHER, role: 'host' }),
      source: params.source,
      settings: { simulcast: false, maxBitrateBps: params.bitrateBps },
    });
  }

  async #measureCpu(contender: Contender, round: number, subscribers: number, windowMs: number): Promise<void> {
    const meter = new CpuMeter({ server: contender.pids });
    meter.start();
    await sleep(windowMs);
    const { server: cores } = meter.read();
    this.samples.push({ part: 'cpu', peer: contender.name, round, subscribers, cores });
  }
}

/** Both may be clients of one server, where each needs rooms of its own. */
function roomOf({ name }: Contender, room: string): string {
  return `${name}-${room}`;
}
