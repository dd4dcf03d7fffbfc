import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { joinStarts, type JoinStart } from '../../protocol/signaling.ts';
import { ClientPool, OTHER_MACHINE } from '../clients/ClientPool.ts';
import { recordClip } from '../clients/recordClip.ts';
import { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { seededRandom } from '../lib/random.ts';
import { openTarget, type Target, type TokenRequest } from '../lib/Target.ts';
import type { BenchOptions, Size } from '../options.ts';
import type { PublishSettings } from '../peers/Peer.ts';
import type { PeerMethods } from '../probes/exposePeer.ts';
import { joinMetrics, type JoinSample } from './joinMetrics.ts';
import { planJoins, shareOf, type JoinKind } from './joinPlan.ts';
import { JOIN_TIMEOUT_MS } from './joinTime.ts';
import { JOIN_COUNT, MAX_PAUSE_MS, openPublisher, PUBLISHER, settleMs, SOURCE, watchOnce } from './pages.ts';
import type { Scenario, ScenarioContext } from './Scenario.ts';

/** Cold joins without delay: enough to tell a second mode. */
const COLD_COUNT = 100;
const RTTS_MS = [0, 50, 100, 200];
/** Round trip times at which each start has to keep the 600 ms promise. */
const PROMISED_RTT_MS = { cold: 60, warm: 100, hot: 200 } as const;
const PEOPLE = [1, 10, 50];
const PICTURE: Size = { width: 1_280, height: 720 };
/** What the others receive would be the load of their machines, not of the joiner's. */
const SEND_ONLY = { subscribe: false };
/** The people beside the publisher, and how many turns of all sizes of a room there are. */
const LIGHT_CLIP = { width: 160, height: 96, frameRate: 15, bitrateBps: 50_000, seconds: 4 };
const PEOPLE_TURNS = 3;
/** Until those who came have all been announced. */
const LIGHT_SETTLE_MS = 2_000;
const FULL_SIZE_TIMEOUT_MS = 4_000;
/** Turns of all round trip times. */
const ROUNDS = 5;

interface JoinParams {
  kinds: JoinKind[];
  people: number[];
  peopleCount: number;
  pictureCount: number;
  source: Size;
  seed: number;
}

function paramsOf({ count, rtts, starts, people, source, smoke, remote, seed }: BenchOptions): JoinParams {
  const usual = count ?? (smoke ? 1 : JOIN_COUNT);
  const most = count ?? (smoke ? 2 : COLD_COUNT);
  const rttsOf = (start: JoinStart) => {
    if (rtts) return rtts;
    if (remote) return [0];
    return smoke ? [0, 40] : [...new Set([...RTTS_MS, PROMISED_RTT_MS[start]])];
  };
  return {
    kinds: (starts ?? joinStarts).flatMap((start) =>
      rttsOf(start).map((rttMs) => ({ start, rttMs, count: start === 'cold' && rttMs === 0 ? most : usual })),
    ),
    people: (people ?? (smoke ? [1, 3] : PEOPLE)).filter((number) => number > 0),
    peopleCount: usual,
    pictureCount: usual,
    source: source ?? SOURCE,
    seed,
  };
}

/** Joins in real browsers, one at a time. */
export const join: Scenario = async (context) => {
  const { options, scratch, progress } = context;
  const params = paramsOf(options);
  const target = await openTarget({
    scratch,
    remote: options.remote,
    relayed: true,
    tls: true,
    workers: availableParallelism(),
    seed: params.seed,
  });
  const pages = scratch.use(await ProbeServer.start(['chaxi']));
  const browser = scratch.use(await Browser.launch(scratch.dir));
  const run = new JoinRun(context, target, browser, pages.urlOf('chaxi'));
  context.record({
    params: { ...params, target: options.remote?.url ?? 'own node', tls: true, timeoutMs: JOIN_TIMEOUT_MS },
    versions: { chromium: await browser.version() },
    samples: run.samples,
    metrics: () => joinMetrics(run.samples),
  });
  const { kinds, people, peopleCount, pictureCount } = params;
  progress.begin(kinds.reduce((sum, { count }) => sum + count, 0) + people.length * peopleCount + pictureCount);
  await run.starts(kinds, params.source, params.seed);
  await run.people(people, peopleCount, params.source);
  await run.picture(pictureCount);
};

interface OneJoin extends Pick<JoinSample, 'part' | 'start' | 'rttMs' | 'people'> {
  room: string;
  source: Size;
  /** Who sends beside the publisher. */
  others?: ClientPool;
}

class JoinRun {
  readonly samples: JoinSample[] = [];
  readonly #context: ScenarioContext;
  readonly #target: Target;
  readonly #browser: Browser;
  readonly #pageUrl: string;
  readonly #random: () => number;
  #watchers = 0;

  constructor(context: ScenarioContext, target: Target, browser: Browser, pageUrl: string) {
    this.#context = context;
    this.#target = target;
    this.#browser = browser;
    this.#pageUrl = pageUrl;
    this.#random = seededRandom(context.options.seed);
  }

  /** Cold, warm and hot over round trip times. */
  async starts(kinds: readonly JoinKind[], source: Size, seed: number): Promise<void> {
    const rounds = Math.min(ROUNDS, ...kinds.map(({ count }) => count));
    for (const [index, { rttMs, starts }] of planJoins(kinds, rounds, seededRandom(seed)).entries()) {
      if (this.#ended) break;
      await this.#target.relay?.setRtt(rttMs);
      // A path whose delay jumps looks congested to the one who sends: so each block has a publisher of its own.
      const room = `starts-${index}`;
      const publisher = await this.#publish(room, source, { simulcast: false });
      for (const start of starts) {
        if (!this.#ended) await this.#join({ part: 'start', room, start, rttMs, people: 1, source });
      }
      await this.#unpublish(publisher);
    }
    await this.#target.relay?.setRtt(0);
  }

  /** Cold, with more and more people in the room, in turns. */
  async people(numbers: readonly number[], count: number, source: Size): Promise<void> {
    if (numbers.length === 0 || this.#ended) return;
    const clipFile = await recordClip(this.#browser, this.#context.scratch.dir, LIGHT_CLIP);
    const clients = this.#context.scratch.use(new ClientPool(this.#target, 1, OTHER_MACHINE));
    const publisher = await this.#publish('people', source, { simulcast: false });
    for (let turn = 0; turn < PEOPLE_TURNS; turn++) {
      const share = shareOf(count, turn, PEOPLE_TURNS);
      for (const people of numbers) {
        if (share === 0 || this.#ended) continue;
        await clients.openPublishers(lightPeople(people - 1), { clipFile, audio: true });
        await sleep(LIGHT_SETTLE_MS);
        for (let index = 0; index < share && !this.#ended; index++) {
          await this.#join({
            part: 'people',
            room: 'people',
            start: 'cold',
            rttMs: 0,
            people,
            source,
            others: clients,
          });
        }
        await clients.closePublishers();
      }
    }
    await clients.close();
    await this.#unpublish(publisher);
  }

  /** Cold, into a camera's full picture as the SDK publishes it by itself. */
  async picture(count: number): Promise<void> {
    if (count === 0 || this.#ended) return;
    const publisher = await this.#publish('picture', PICTURE, { simulcast: true });
    for (let index = 0; index < count && !this.#ended; index++) {
      await this.#join({ part: 'picture', room: 'picture', start: 'cold', rttMs: 0, people: 1, source: PICTURE });
    }
    await this.#unpublish(publisher);
  }

  get #ended(): boolean {
    return this.#context.signal.aborted;
  }

  async #publish(room: string, source: Size, settings: PublishSettings): Promise<Page> {
    const page = await openPublisher({
      browser: this.#browser,
      pageUrl: this.#pageUrl,
      url: this.#target.url,
      token: await this.#target.token({ room, identity: PUBLISHER, role: 'host', grants: SEND_ONLY }),
      source,
      settings,
    });
    await sleep(settleMs(this.#context.options));
    return page;
  }

  async #unpublish(page: Page): Promise<void> {
    await callProbe<PeerMethods, 'unpublish'>(page, 'unpublish', undefined as never).catch(() => undefined);
    await page.close();
  }

  async #join({ room, source, others, ...kind }: OneJoin): Promise<void> {
    const { progress } = this.#context;
    await sleep(this.#random() * MAX_PAUSE_MS);
    const identity = `watcher-${++this.#watchers}`;
    const seen = await watchOnce({
      browser: this.#browser,
      pageUrl: this.#pageUrl,
      url: this.#target.url,
      token: await this.#target.token({ room, identity, role: 'guest' }),
      start: kind.start,
      source,
      timeoutMs: JOIN_TIMEOUT_MS,
      fullSizeTimeoutMs: kind.part === 'picture' ? FULL_SIZE_TIMEOUT_MS : 0,
      videos: kind.part === 'people' ? kind.people : 0,
      relay: this.#target.relay,
    });
    const { stages, firstPacketMs, firstFrameMs, firstFrameWidth, displayedMs, fullSizeMs, allVideosMs } = seen;
    const sending = 1 + ((await others?.sending()) ?? 0);
    // A join into a room with fewer people is none of this kind.
    const failed = seen.failed ?? (sending < kind.people ? `only ${sending} of ${kind.people} people send` : null);
    this.samples.push({
      ...kind,
      failed,
      socketMs: stages.socketMs ?? null,
      answerMs: stages.answerMs ?? null,
      iceMs: stages.iceMs ?? null,
      dtlsMs: stages.dtlsMs ?? null,
      firstPacketMs,
      firstFrameMs,
      displayedMs,
      firstFrameWidth,
      fullSizeMs,
      allVideosMs,
    });
    const result = failed ?? `${Math.round(firstFrameMs ?? 0)} ms`;
    progress.step(`${kind.part} ${kind.start}, round trip ${kind.rttMs} ms, ${kind.people} people: ${result}`);
  }
}

function lightPeople(count: number): TokenRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    room: 'people',
    identity: `light-${index}`,
    role: 'guest' as const,
    grants: SEND_ONLY,
  }));
}
