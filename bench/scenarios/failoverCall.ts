import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import type { NodeCluster } from '../lib/NodeCluster.ts';
import type { CallEvent, CallerMethods } from '../probes/callerProbe.ts';
import { FRAME_RATE, SOURCE } from './pages.ts';

/** Someone in a call. */
export interface CallPerson {
  name: string;
  /** The node that is asked to let them in. */
  at: number;
  /** Whom they watch and hear. */
  watches: string;
  /** Else they do not show themselves. */
  publishes: boolean;
}

/** Two who watch and hear each other. */
export function twoPeople(at: { host: number; guest: number }): CallPerson[] {
  return [
    { name: 'host', at: at.host, watches: 'guest', publishes: true },
    { name: 'guest', at: at.guest, watches: 'host', publishes: true },
  ];
}

/** What one saw and heard of the other, in milliseconds from when something happened. */
export interface SeenSince {
  frameMs: number[];
  /** When the other one's page had made each of them. */
  frameMadeMs: number[];
  soundMs: number[];
  events: CallEvent[];
}

/** How often the pages are asked whether something has come. */
const POLL_MS = 50;
/** What is looked at of the time before something happens. */
const BEFORE_MS = 1_000;

export interface CallOptions {
  browser: Browser;
  pageUrl: string;
  cluster: NodeCluster;
  room: string;
  people: readonly CallPerson[];
}

/** Pages in one room of a cluster, each as on a machine of its own, but for the processor. */
export class FailoverCall {
  readonly #pages = new Map<string, Page>();
  readonly #people: readonly CallPerson[];

  /** Resolves when all see and hear whom they watch. */
  static async open(options: CallOptions): Promise<FailoverCall> {
    const call = new FailoverCall(options.people);
    try {
      for (const { name } of options.people) call.#pages.set(name, await options.browser.open(options.pageUrl));
      for (const person of options.people) await call.#enter(person, options);
      await Promise.all(options.people.map(({ name }) => call.#ask(name, 'meet')));
      return call;
    } catch (error) {
      await call.close();
      throw error;
    }
  }

  private constructor(people: readonly CallPerson[]) {
    this.#people = people;
  }

  get names(): string[] {
    return this.#people.map(({ name }) => name);
  }

  /** Waits until everyone has a picture and a sound again that were made after a moment; false where that takes too long. */
  async untilBack(sinceMs: number, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    const isBack = ({ frameMadeMs, soundMs }: SeenSince) =>
      frameMadeMs.some((madeMs) => madeMs > 0) && (soundMs.at(-1) ?? 0) > 0;
    for (;;) {
      const seen = await Promise.all(this.names.map((name) => this.seenSince(name, sinceMs)));
      if (seen.every(isBack)) return true;
      if (performance.now() > deadline) return false;
      await sleep(POLL_MS);
    }
  }

  /** What came to one from `beforeMs` before a moment, which is in milliseconds since 1970. */
  async seenSince(viewer: string, sinceMs: number, beforeMs = BEFORE_MS): Promise<SeenSince> {
    const { frameIds, frameMs, soundMs } = await this.#ask(viewer, 'seen');
    const { watches } = this.#people.find(({ name }) => name === viewer)!;
    const madeMs = await callProbe<CallerMethods, 'madeMs'>(this.#page(watches), 'madeMs', frameIds);
    const since = (atMs: number) => Math.round((atMs - sinceMs) * 10) / 10;
    const isWithin = (atMs: number) => atMs >= sinceMs - beforeMs;
    return {
      frameMs: frameMs.filter(isWithin).map(since),
      frameMadeMs: madeMs.filter((_, index) => isWithin(frameMs[index]!)).map((atMs) => since(atMs ?? 0)),
      soundMs: soundMs.filter(isWithin).map(since),
      events: (await this.#ask(viewer, 'events')).map(({ atMs, what }) => ({ atMs: since(atMs), what })),
    };
  }

  async close(): Promise<void> {
    const names = [...this.#pages.keys()];
    await Promise.all(names.map((name) => this.#ask(name, 'leave').catch(() => undefined)));
    await Promise.all(
      names.map((name) =>
        this.#page(name)
          .close()
          .catch(() => undefined),
      ),
    );
  }

  async #enter({ name, at, watches, publishes }: CallPerson, { cluster, room }: CallOptions): Promise<void> {
    await callProbe<CallerMethods, 'enter'>(this.#page(name), 'enter', {
      ...{ url: cluster.node(at).url, watches, publishes, source: { ...SOURCE, frameRate: FRAME_RATE } },
      token: await cluster.token({ room, identity: name, role: name === 'host' ? 'host' : 'guest' }),
    });
  }

  #ask<M extends 'meet' | 'seen' | 'events' | 'leave'>(name: string, method: M) {
    return callProbe<CallerMethods, M>(this.#page(name), method, undefined as never);
  }

  #page(name: string): Page {
    const page = this.#pages.get(name);
    if (!page) throw new Error(`${name} is not in the call.`);
    return page;
  }
}

export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
