import { setTimeout as sleep } from 'node:timers/promises';
import { MessengerPool } from '../clients/MessengerPool.ts';
import { Scratch } from '../lib/Scratch.ts';
import { keepsUp, rateOf } from './messagesMetrics.ts';
import { collectDelivered, type MessagesPartContext } from './messagesPart.ts';
import { makeGroups, meterOf } from './messagesSite.ts';

/** So that what was opened just now is at rest, and code is compiled. */
const WARM_UP_MS = 2_000;

/** From sending to the receivers' arrival at an even rate, which the senders keep to whatever the server does. */
export async function measureMessagesLatency(context: MessagesPartContext): Promise<void> {
  const { params, signal, progress, site } = context;
  for (const perSecond of params.rates) {
    if (signal.aborted) return;
    await withConversations(context, `rate-${perSecond}`, async ({ conversationIds, senders, receivers }) => {
      const send = (windowMs: number) =>
        senders.send(conversationIds, { perSecond, count: Math.ceil((perSecond * windowMs) / 1_000) });
      const warmUp = await send(Math.min(WARM_UP_MS, params.windowMs));
      await collectDelivered(receivers, warmUp.lateMs.length * params.receivers);
      const cost = meterOf(site, () => [...senders.pids, ...receivers.pids]);
      cost.start();
      const { lateMs, acknowledgedMs, refused } = await send(params.windowMs);
      const spent = cost.read();
      const expected = lateMs.length * params.receivers;
      const deliveredMs = await collectDelivered(receivers, expected);
      const failed = Object.keys(refused).length > 0 ? JSON.stringify(refused) : null;
      context.add({
        ...{ part: 'latency', site: site.name, perSecond, failed, sent: lateMs.length, expected },
        ...{ deliveredMs, acknowledgedMs, lateMs, ...spent },
      });
      progress.step(`${perSecond} messages a second, ${site.name === 'one' ? 'one node' : 'two nodes'}`);
    });
  }
}

/** Rising load, until less of it is acknowledged in time than is offered. */
export async function measureMessagesThroughput(context: MessagesPartContext): Promise<void> {
  const { params, signal, progress, site } = context;
  let isOver = false;
  for (const perSecond of params.steps) {
    if (signal.aborted) return;
    if (!isOver) {
      await withConversations(context, `step-${perSecond}`, async ({ conversationIds, senders, receivers }) => {
        const cost = meterOf(site, () => [...senders.pids, ...receivers.pids]);
        cost.start();
        const count = Math.ceil((perSecond * params.stepMs) / 1_000);
        const { lateMs, acknowledgedMs, lastedMs } = await senders.send(conversationIds, { perSecond, count });
        const sample = {
          ...{ part: 'throughput' as const, site: site.name, perSecond, failed: null },
          ...{ sent: lateMs.length, seconds: lastedMs / 1_000, acknowledgedMs, ...cost.read() },
        };
        context.add(sample);
        isOver = !keepsUp(sample);
        progress.say(`${site.name}: ${perSecond} offered, ${Math.round(rateOf(sample))} acknowledged a second`);
      });
    }
    progress.step(`up to ${perSecond} messages a second`);
  }
}

interface Conversations {
  conversationIds: string[];
  senders: MessengerPool;
  receivers: MessengerPool;
}

/** Conversations of one who sends and some who receive, and say so, all connected. */
async function withConversations(
  { params, site }: MessagesPartContext,
  name: string,
  use: (conversations: Conversations) => Promise<void>,
): Promise<void> {
  const scratch = await Scratch.create();
  try {
    const groups = Array.from({ length: params.conversations }, (_, index) => ({
      sender: `${name}-sender-${index}`,
      receivers: Array.from({ length: params.receivers }, (__, place) => `${name}-receiver-${index}-${place}`),
    }));
    const people = groups.map(({ sender, receivers }) => [sender, ...receivers]);
    const conversationIds = await makeGroups(site, people);
    const tokens = (identities: readonly string[]) => Promise.all(identities.map((one) => site.token(one)));
    const senders = scratch.use(new MessengerPool(1));
    const receivers = scratch.use(new MessengerPool(1));
    const receiving = await tokens(groups.flatMap((group) => group.receivers));
    await receivers.open(site.receivers.url, receiving, { receipts: true });
    await senders.open(site.senders.url, await tokens(groups.map(({ sender }) => sender)), { receipts: false });
    await sleep(Math.min(WARM_UP_MS, params.windowMs) / 2);
    await use({ conversationIds, senders, receivers });
  } finally {
    await scratch.close();
  }
}
