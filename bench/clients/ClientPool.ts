import { setTimeout as sleep } from 'node:timers/promises';
import { ChildService } from '../lib/childService.ts';
import { total } from '../lib/stats.ts';
import type { Target, TokenRequest } from '../lib/Target.ts';
import type { ClientMethods, ReceiverStatistics } from './clientProcess.ts';
import type { StormJoin } from './stormJoin.ts';

/** Niceness of clients that are other machines in real life: they must not take the processor from what is measured. */
export const OTHER_MACHINE = 5;
/** For one client to get in, and for all of them to connect. */
const OPEN_TIMEOUT_MS = 10_000;
const POLL_MS = 100;
const COUNT_EVERY = 5;

/** Clients without a browser, spread over processes so that one core does not bound them. */
export class ClientPool {
  readonly #target: Target;
  readonly #processes: ChildService<ClientMethods>[];
  /** How many were to be opened so far. */
  #receivers = 0;

  constructor(target: Target, processes: number, niceness = 0) {
    this.#target = target;
    this.#processes = Array.from(
      { length: processes },
      () => new ChildService<ClientMethods>(new URL('clientProcess.ts', import.meta.url), { niceness }),
    );
  }

  get pids(): number[] {
    return this.#processes.map(({ pid }) => pid);
  }

  /** Resolves when all of them send. @throws Error when one does not get so far */
  async openPublishers(people: readonly TokenRequest[], clip: { clipFile: string; audio: boolean }): Promise<void> {
    await this.#spread(people, (process, tokens) =>
      process.call('openPublishers', { ...this.#server, ...clip, tokens }),
    );
  }

  /** How many publishers really send. */
  async sending(): Promise<number> {
    return total(await Promise.all(this.#processes.map((process) => process.call('sending', undefined as never))));
  }

  /** Packets that publishers have sent so far. */
  async sent(): Promise<number> {
    return total(await Promise.all(this.#processes.map((process) => process.call('sent', undefined as never))));
  }

  async closePublishers(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.call('closePublishers', undefined as never)));
  }

  /** Resolves when all receivers so far are connected, or with the reason why some are not. One of `countEvery` is counted. */
  async openReceivers(people: readonly TokenRequest[], countEvery = COUNT_EVERY): Promise<string | null> {
    const refusals = await this.#spread(people, (process, tokens) =>
      process.call('openReceivers', { ...this.#server, tokens, countEvery }),
    );
    this.#receivers += people.length;
    const refusal = refusals.find((reason) => reason !== null);
    if (refusal !== undefined) return refusal;
    const deadline = performance.now() + OPEN_TIMEOUT_MS;
    while ((await this.receiverStatistics()).connected < this.#receivers) {
      if (performance.now() > deadline) return `${OPEN_TIMEOUT_MS} ms were not enough to connect`;
      await sleep(POLL_MS);
    }
    return null;
  }

  async receiverStatistics(): Promise<ReceiverStatistics> {
    const all = await Promise.all(
      this.#processes.map((process) => process.call('receiverStatistics', undefined as never)),
    );
    const sum = (key: 'connected' | 'bytes') => total(all.map((part) => part[key]));
    return { connected: sum('connected'), packets: all.flatMap(({ packets }) => packets), bytes: sum('bytes') };
  }

  async closeReceivers(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.call('closeReceivers', undefined as never)));
    this.#receivers = 0;
  }

  /** Joins at even intervals, the first after `leadMs`. */
  async storm(
    people: readonly TokenRequest[],
    {
      intervalMs,
      leadMs,
      stayMs,
      timeoutMs,
    }: { intervalMs: number; leadMs: number; stayMs: number; timeoutMs: number },
  ): Promise<StormJoin[]> {
    const tokens = await Promise.all(people.map((request) => this.#target.token(request)));
    const startMs = performance.timeOrigin + performance.now() + leadMs;
    const joins = tokens.map((token, index) => ({ token, atMs: startMs + index * intervalMs }));
    const parts = await Promise.all(
      this.#processes.map((process, part) =>
        process.call('storm', {
          ...this.#server,
          stayMs,
          timeoutMs,
          joins: joins.filter((_, index) => index % this.#processes.length === part),
        }),
      ),
    );
    // In the order of their beginnings, as they were dealt out.
    return joins.map((_, index) => parts[index % parts.length]![Math.floor(index / parts.length)]!);
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.close()));
  }

  get #server() {
    return { url: this.#target.url, certificate: this.#target.certificate, timeoutMs: OPEN_TIMEOUT_MS };
  }

  async #spread<T>(
    people: readonly TokenRequest[],
    open: (process: ChildService<ClientMethods>, tokens: string[]) => Promise<T>,
  ): Promise<T[]> {
    const tokens = await Promise.all(people.map((request) => this.#target.token(request)));
    return Promise.all(
      this.#processes.map((process, part) =>
        open(
          process,
          tokens.filter((_, index) => index % this.#processes.length === part),
        ),
      ),
    );
  }
}
