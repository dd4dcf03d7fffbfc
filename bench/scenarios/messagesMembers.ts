import { setTimeout as sleep } from 'node:timers/promises';
import { MessengerPool } from '../clients/MessengerPool.ts';
import { collectDelivered, type MessagesPartContext } from './messagesPart.ts';
import { makeGroups } from './messagesSite.ts';

/** One after another: each has come to everyone before the next is sent, and the members have said so. */
const MESSAGES = 50;
const PAUSE_MS = 500;
const FEW_MESSAGES = 3;
/** Of whom a few messages tell enough: whether it works. */
const FEW_MEMBERS = 100;

/** One conversation with many who are connected, half of them to each node: until a message is with each, and with the last. */
export async function measureMembers({
  params,
  site,
  scratch,
  signal,
  progress,
  add,
}: MessagesPartContext): Promise<void> {
  const { members } = params;
  const names = Array.from({ length: members }, (_, index) => `member-${index}`);
  const [conversationId] = await makeGroups(site, [['speaker', ...names]]);
  const tokens = await Promise.all(names.map((name) => site.token(name)));
  const speaker = scratch.use(new MessengerPool(1));
  await speaker.open(site.senders.url, [await site.token('speaker')], { receipts: false });
  const half = Math.floor(members / 2);
  const pools = [scratch.use(new MessengerPool(1)), scratch.use(new MessengerPool(1))] as const;
  await pools[0].open(site.senders.url, tokens.slice(0, half), { receipts: true });
  await pools[1].open(site.receivers.url, tokens.slice(half), { receipts: true });
  const messages = members < FEW_MEMBERS ? FEW_MESSAGES : MESSAGES;
  const deliveredMs: number[] = [];
  const lastMs: number[] = [];
  for (let index = 0; index < messages && !signal.aborted; index++) {
    await speaker.send([conversationId!], { perSecond: 1, count: 1 });
    const came = await Promise.all([collectDelivered(pools[0], half), collectDelivered(pools[1], members - half)]);
    const all = came.flat();
    if (all.length > 0) lastMs.push(Math.max(...all));
    deliveredMs.push(...all);
    await sleep(PAUSE_MS);
  }
  const connected = (await pools[0].connected()) + (await pools[1].connected());
  add({
    ...{ part: 'members', members, connected, failed: null },
    ...{ expected: members * messages, deliveredMs, lastMs },
  });
  progress.step(`${members} members of one conversation`);
}
