import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessengerPool } from '../clients/MessengerPool.ts';
import { processUsage } from '../lib/procfs.ts';
import { collectDelivered, type MessagesPartContext } from './messagesPart.ts';
import { makeGroups, meterOf } from './messagesSite.ts';

/** So many of those who are connected are written to, at this rate. */
const WRITTEN_TO = 100;
const PER_SECOND = 20;
/** A process holds so many. */
const CONNECTIONS_PER_PROCESS = 2_500;
/** Files that a node has open besides. */
const OTHER_FILES = 500;
/** In which nobody says anything. */
const IDLE_MS = 5_000;

/** Many who are connected to one node and say nothing: what each costs, and how soon one of them has a message. */
export async function measureConnections({ params, site, scratch, progress, add }: MessagesPartContext): Promise<void> {
  const { connections } = params;
  const openFiles = openFilesLimit();
  if (openFiles < connections + OTHER_FILES) {
    throw new Error(
      `A process may have ${openFiles} files open here, and the node needs ${connections + OTHER_FILES}: ulimit -n ${connections + OTHER_FILES}, or fewer --connections.`,
    );
  }
  const node = site.receivers;
  const writtenTo = Math.min(WRITTEN_TO, connections);
  const names = Array.from({ length: connections }, (_, index) => `idle-${index}`);
  const writers = names.slice(0, writtenTo).map((name) => `writes-to-${name}`);
  const conversationIds = await makeGroups(
    site,
    writers.map((writer, index) => [writer, names[index]!]),
  );
  const tokens = (identities: readonly string[]) => Promise.all(identities.map((one) => site.token(one)));
  const writing = scratch.use(new MessengerPool(1));
  await writing.open(site.senders.url, await tokens(writers), { receipts: false });
  const idleTokens = await tokens(names);

  const bytesBefore = processUsage(node.pid)?.residentBytes ?? 0;
  const idle = scratch.use(new MessengerPool(Math.ceil(connections / CONNECTIONS_PER_PROCESS)));
  const startedAtMs = performance.now();
  const refusal = await idle.open(node.url, idleTokens, { receipts: false }).then(
    () => null,
    (error: unknown) => String(error),
  );
  const openedMs = performance.now() - startedAtMs;
  const idleMs = Math.min(IDLE_MS, params.windowMs);
  await sleep(idleMs);
  const cost = meterOf(site, () => idle.pids);
  cost.start();
  await sleep(idleMs);
  const { nodeCpu } = cost.read();
  const bytes = processUsage(node.pid)?.residentBytes ?? 0;
  const count = Math.ceil((PER_SECOND * params.windowMs) / 1_000);
  const { refused } = await writing.send(conversationIds, { perSecond: PER_SECOND, count });
  const deliveredMs = await collectDelivered(idle, count);
  const failed = refusal ?? (Object.keys(refused).length > 0 ? JSON.stringify(refused) : null);
  add({
    ...{ part: 'connections', connections, connected: await idle.connected(), failed, openedMs },
    ...{ bytesBefore, bytes, idleCpu: Math.max(...nodeCpu), expected: count, deliveredMs },
  });
  progress.step(`${connections} connections to one node`);
}

/** Files that a process may have open: Node.js takes as much as it may. */
function openFilesLimit(): number {
  const [, , hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  return hard === undefined || hard === 'unlimited' ? Infinity : Number(hard);
}
