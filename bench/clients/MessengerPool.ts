import { ChildService } from '../lib/childService.ts';
import { monotonicMs } from '../lib/monotonicMs.ts';
import { total } from '../lib/stats.ts';
import { OTHER_MACHINE } from './ClientPool.ts';
import type { MessengerMethods, SendReport } from './messengerProcess.ts';

/** Until the processes have their plan. */
const LEAD_MS = 200;

/** Devices that send and receive messages, spread over processes that are other machines in real life. */
export class MessengerPool {
  readonly #processes: ChildService<MessengerMethods>[];
  #people = 0;

  constructor(processes: number) {
    const module = new URL('messengerProcess.ts', import.meta.url);
    this.#processes = Array.from({ length: processes }, () => new ChildService(module, { niceness: OTHER_MACHINE }));
  }

  get pids(): number[] {
    return this.#processes.map(({ pid }) => pid);
  }

  /** Resolves when all are connected. @throws Error with the reason why one is not */
  async open(url: string, tokens: readonly string[], { receipts }: { receipts: boolean }): Promise<void> {
    const refusals = await Promise.all(
      this.#processes.map((process, part) =>
        process.call('open', { url, receipts, tokens: this.#share(tokens, part) }),
      ),
    );
    const refusal = refusals.find((reason) => reason !== null);
    if (refusal) throw new Error(`Not everyone could connect: ${refusal}`);
    this.#people += tokens.length;
  }

  async connected(): Promise<number> {
    return total(await Promise.all(this.#processes.map((process) => process.call('connected', undefined as never))));
  }

  /** All of them write in turns; `conversationIds` holds where each does. Resolves when all that was sent is answered. */
  async send(
    conversationIds: readonly string[],
    { perSecond, count }: { perSecond: number; count: number },
  ): Promise<SendReport> {
    const parts = Math.min(this.#processes.length, this.#people);
    const startMs = monotonicMs() + LEAD_MS;
    const reports = await Promise.all(
      this.#processes.slice(0, parts).map((process, part) =>
        process.call('send', {
          conversationIds: this.#share(conversationIds, part),
          perSecond: perSecond / parts,
          // Not all at the same moment.
          startMs: startMs + (part * 1_000) / perSecond,
          count: Math.floor((count + parts - 1 - part) / parts),
        }),
      ),
    );
    const refused: Record<string, number> = {};
    for (const report of reports) {
      for (const [why, times] of Object.entries(report.refused)) refused[why] = (refused[why] ?? 0) + times;
    }
    return {
      lateMs: reports.flatMap(({ lateMs }) => lateMs),
      acknowledgedMs: reports.flatMap(({ acknowledgedMs }) => acknowledgedMs),
      lastedMs: Math.max(...reports.map(({ lastedMs }) => lastedMs)),
      refused,
    };
  }

  /** From sending to arrival, of all that came to any of them since the last time. */
  async takeDelivered(): Promise<number[]> {
    const parts = await Promise.all(
      this.#processes.map((process) => process.call('takeDelivered', undefined as never)),
    );
    return parts.flat();
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.close()));
  }

  #share<T>(all: readonly T[], part: number): T[] {
    return all.filter((_, index) => index % this.#processes.length === part);
  }
}
