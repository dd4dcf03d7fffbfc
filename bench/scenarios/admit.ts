import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { seededRandom } from '../lib/random.ts';
import { openTarget, type Target } from '../lib/Target.ts';
import type { BenchOptions, Size } from '../options.ts';
import type { GuestMethods } from '../probes/guestProbe.ts';
import type { HostMethods } from '../probes/hostProbe.ts';
import { admitMetrics, type AdmitSample } from './admitMetrics.ts';
import { shareOf } from './joinPlan.ts';
import { JOIN_TIMEOUT_MS } from './joinTime.ts';
import { FRAME_RATE, IDLE_MS, JOIN_COUNT, MAX_PAUSE_MS, settleMs } from './pages.ts';
import type { Scenario, ScenarioContext } from './Scenario.ts';

/** As a phone over a cup gives it. */
const CUP: Size = { width: 1_280, height: 720 };
const RTTS_MS = [0, 50];
/** Turns of all round trip times, each with a host of its own. */
const ROUNDS = 3;

interface AdmitParams {
  rttsMs: number[];
  count: number;
  source: Size;
  seed: number;
}

function paramsOf({ count, rtts, source, smoke, remote, seed }: BenchOptions): AdmitParams {
  return {
    rttsMs: rtts ?? rttsOf({ smoke, remote }),
    count: count ?? (smoke ? 1 : JOIN_COUNT),
    source: source ?? CUP,
    seed,
  };
}

/** Delay comes from the relay, which does not stand in front of a server elsewhere. */
function rttsOf({ smoke, remote }: Pick<BenchOptions, 'smoke' | 'remote'>): number[] {
  if (remote) return [0];
  return smoke ? [40] : RTTS_MS;
}

/** Guests who wait in the lobby of a tasting are let in, one at a time. */
export const admit: Scenario = async (context) => {
  const { options, scratch, progress } = context;
  const params = paramsOf(options);
  const target = await openTarget({
    scratch,
    remote: options.remote,
    relayed: true,
    tls: true,
    workers: availableParallelism(),
    seed: params.seed,
    env: { CHAXI_ROOMS_LOBBY: 'true' },
  });
  const pages = scratch.use(await ProbeServer.start(['admission']));
  const browser = scratch.use(await Browser.launch(scratch.dir));
  const run = new AdmitRun(context, target, browser, pages.urlOf('admission'), params);
  context.record({
    params: { ...params, target: options.remote?.url ?? 'own node', tls: true, timeoutMs: JOIN_TIMEOUT_MS },
    versions: { chromium: await browser.version() },
    samples: run.samples,
    metrics: () => admitMetrics(run.samples),
  });
  progress.begin(params.rttsMs.length * params.count);
  await run.measure();
};

class AdmitRun {
  readonly samples: AdmitSample[] = [];
  readonly #context: ScenarioContext;
  readonly #target: Target;
  readonly #browser: Browser;
  readonly #pageUrl: string;
  readonly #params: AdmitParams;
  readonly #random: () => number;
  #guests = 0;

  constructor(context: ScenarioContext, target: Target, browser: Browser, pageUrl: string, params: AdmitParams) {
    this.#context = context;
    this.#target = target;
    this.#browser = browser;
    this.#pageUrl = pageUrl;
    this.#params = params;
    this.#random = seededRandom(params.seed);
  }

  async measure(): Promise<void> {
    const { rttsMs, count } = this.#params;
    const { signal } = this.#context;
    const rounds = Math.min(ROUNDS, count);
    for (let round = 0; round < rounds; round++) {
      for (const rttMs of rttsMs) {
        if (signal.aborted) return;
        // As in join: a path whose delay jumps looks congested to the one who sends.
        await this.#target.relay?.setRtt(rttMs);
        const room = `admit-${round}-${rttMs}`;
        const host = await this.#openHost(room);
        for (let left = shareOf(count, round, rounds); left > 0 && !signal.aborted; left--) {
          await this.#admitOne(host, room, rttMs);
        }
        await callProbe<HostMethods, 'close'>(host, 'close', undefined as never).catch(() => undefined);
        await host.close();
      }
    }
  }

  async #openHost(room: string): Promise<Page> {
    const page = await this.#browser.open(this.#pageUrl);
    await callProbe<HostMethods, 'show'>(page, 'show', {
      url: this.#target.url,
      token: await this.#target.token({ room, identity: 'host', role: 'host' }),
      source: { ...this.#params.source, frameRate: FRAME_RATE },
    });
    await sleep(settleMs(this.#context.options));
    return page;
  }

  async #admitOne(host: Page, room: string, rttMs: number): Promise<void> {
    const identity = `guest-${++this.#guests}`;
    const guest = await this.#browser.open(this.#pageUrl);
    const sample: AdmitSample = {
      rttMs,
      failed: null,
      answerMs: null,
      enteredMs: null,
      firstPacketMs: null,
      firstFrameMs: null,
      displayedMs: null,
      firstFrameWidth: null,
    };
    try {
      await callProbe<GuestMethods, 'wait'>(guest, 'wait', {
        url: this.#target.url,
        token: await this.#target.token({ room, identity, role: 'guest' }),
        sourceWidth: this.#params.source.width,
      });
      await sleep(IDLE_MS + this.#random() * MAX_PAUSE_MS);
      const [{ clickedAtMs, answeredAtMs }, seen] = await Promise.all([
        callProbe<HostMethods, 'admit'>(host, 'admit', identity),
        callProbe<GuestMethods, 'enter'>(guest, 'enter', JOIN_TIMEOUT_MS),
      ]);
      const since = (atMs: number | null | undefined) => (typeof atMs === 'number' ? atMs - clickedAtMs : null);
      const packetAtMs = seen.ssrc === null ? null : await this.#target.relay?.firstPacketAt(seen.ssrc);
      Object.assign(sample, {
        answerMs: since(answeredAtMs),
        enteredMs: since(seen.enteredAtMs),
        firstPacketMs: since(packetAtMs),
        firstFrameMs: since(seen.firstFrameAtMs),
        displayedMs: since(seen.displayedAtMs),
        firstFrameWidth: seen.firstFrameWidth,
      });
      await callProbe<GuestMethods, 'leave'>(guest, 'leave', undefined as never).catch(() => undefined);
    } catch (error) {
      sample.failed = error instanceof Error ? error.message : String(error);
    } finally {
      await guest.close();
    }
    this.samples.push(sample);
    const result = sample.failed ?? `${Math.round(sample.displayedMs ?? 0)} ms`;
    this.#context.progress.step(`admitted, round trip ${rttMs} ms: ${result}`);
  }
}
