import { randomBytes } from 'node:crypto';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../protocol/messages.ts';
import { serve } from '../lib/childService.ts';
import { monotonicMs } from '../lib/monotonicMs.ts';
import { round } from '../lib/stats.ts';
import { LightMessenger } from './LightMessenger.ts';

/** So many shake hands at once. */
const OPENING_AT_ONCE = 50;
/** Who has no answer by then has none. */
const ANSWER_TIMEOUT_MS = 15_000;
/** What timers count in. */
const TIMER_MS = 1;
/** As long as people's messages are, about. */
const TEXT_LENGTH = 80;

export interface OpenMessengersRequest {
  url: string;
  tokens: string[];
  receipts: boolean;
}

export interface SendPlan {
  /** For each of the messengers, in their order, where it writes. */
  conversationIds: string[];
  /** Of all of them together. */
  perSecond: number;
  /** When the first one goes out, by the clock of the machine. */
  startMs: number;
  count: number;
}

/** Lists hold a value for each message that was sent. */
export interface SendReport {
  /** From when it should have gone out to when it did. */
  lateMs: number[];
  /** From sending to the acknowledgement; only of those that were acknowledged. */
  acknowledgedMs: number[];
  /** From when the first should have gone out to when the last was answered. */
  lastedMs: number;
  /** How many were refused or not answered, by why. */
  refused: Record<string, number>;
}

const messengers: LightMessenger[] = [];
const device = randomBytes(8).toString('hex');
let sent = 0;
let deliveredMs: number[] = [];

function receive(messages: readonly Message[]): void {
  const nowMs = monotonicMs();
  for (const { content } of messages) {
    // The text begins with when it was sent.
    if (content?.type === 'text') deliveredMs.push(round(nowMs - Number.parseFloat(content.text)));
  }
}

/** Sends one, and notes in the report what became of it. */
async function sendOne(messenger: LightMessenger, conversationId: string, report: SendReport): Promise<void> {
  const clientId = `${device}:${(sent += 1)}`;
  const sentMs = monotonicMs();
  const content = { type: 'text' as const, text: String(sentMs).padEnd(TEXT_LENGTH, ' tea') };
  try {
    await messenger.request('send', { conversationId, messages: [{ clientId, content }] }, ANSWER_TIMEOUT_MS);
    report.acknowledgedMs.push(round(monotonicMs() - sentMs));
  } catch (error) {
    const why = (error as { code?: string }).code ?? (error as Error).message;
    report.refused[why] = (report.refused[why] ?? 0) + 1;
  }
}

const methods = {
  /** @returns why it ended early; null when all are connected */
  async open({ url, tokens, receipts }: OpenMessengersRequest): Promise<string | null> {
    const events = { messages: ({ messages }: { messages: readonly Message[] }) => receive(messages) };
    for (let first = 0; first < tokens.length; first += OPENING_AT_ONCE) {
      const group = tokens.slice(first, first + OPENING_AT_ONCE);
      try {
        messengers.push(
          ...(await Promise.all(group.map((token) => LightMessenger.open({ url, token, receipts }, events)))),
        );
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    }
    return null;
  },
  connected(): number {
    return messengers.filter(({ isConnected }) => isConnected).length;
  },
  /** Each sends in its turn, whether the ones before were answered or not. Resolves when all are answered, or not in time. */
  async send({ conversationIds, perSecond, startMs, count }: SendPlan): Promise<SendReport> {
    const report: SendReport = { lateMs: [], acknowledgedMs: [], lastedMs: 0, refused: {} };
    const sending: Promise<void>[] = [];
    for (let index = 0; index < count; index++) {
      const dueMs = startMs + (index * 1_000) / perSecond;
      const waitMs = dueMs - monotonicMs();
      // What has come is taken even where this is late.
      await (waitMs > TIMER_MS / 2 ? sleep(waitMs) : turn());
      report.lateMs.push(round(Math.max(0, monotonicMs() - dueMs)));
      const place = index % messengers.length;
      sending.push(sendOne(messengers[place]!, conversationIds[place]!, report));
    }
    await Promise.all(sending);
    return { ...report, lastedMs: monotonicMs() - startMs };
  },
  /** From sending to arrival here, of what came since the last time. */
  takeDelivered(): number[] {
    const taken = deliveredMs;
    deliveredMs = [];
    return taken;
  },
  closeAll(): void {
    for (const messenger of messengers.splice(0)) messenger.close();
  },
};

export type MessengerMethods = typeof methods;

serve(methods);
