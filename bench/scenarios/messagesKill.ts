import { setTimeout as sleep } from 'node:timers/promises';
import { OTHER_MACHINE } from '../clients/ClientPool.ts';
import { LightMessenger } from '../clients/LightMessenger.ts';
import type {
  MessageList,
  SdkMessengerMethods,
  SdkPerson,
  SdkProgress,
  SdkReport,
} from '../clients/sdkMessengerProcess.ts';
import { ChildService } from '../lib/childService.ts';
import { monotonicMs } from '../lib/monotonicMs.ts';
import { faultsOf } from './messagesLists.ts';
import { kills, type Kill } from './messagesMetrics.ts';
import type { MessagesPartContext } from './messagesPart.ts';
import { makeGroups, type ClusterSite, type MessagesSite } from './messagesSite.ts';

/** Messages of one person: what may be sent at once when there was no network, in pieces. */
const MESSAGES_EACH = 500;
/** Who writes on each node, in each conversation; as many read only. */
const WRITERS = 2;
const PER_SECOND = 1_000;
const PROCESSES = 2;
/** From the last message that is written until all have all. */
const SETTLE_TIMEOUT_MS = 120_000;
const POLL_MS = 100;
const LEAD_MS = 200;
/** A message that takes longer did not flow. */
const LATE_MS = 1_000;

/**
 * Messages by the SDK, in the midst of which something is killed: whether what was acknowledged is there, once, in order, and alike for everyone.
 * People are on both nodes; those of a node that is killed go to the other one by themselves.
 */
export async function measureKills(context: MessagesPartContext): Promise<void> {
  for (const kill of kills) {
    if (context.signal.aborted) return;
    await measureKill(context, kill);
    context.progress.step(`${nameOf[kill]} was killed`);
  }
}

const nameOf: Record<Kill, string> = { redis: 'Redis', postgres: 'PostgreSQL', node: 'A node' };

const killers: Record<Kill, (shared: ClusterSite, awayMs: number) => Promise<void>> = {
  async redis({ cluster: { redis } }, awayMs) {
    await redis.kill();
    await sleep(awayMs);
    await redis.restart();
  },
  async postgres({ postgres }, awayMs) {
    await postgres.kill();
    await sleep(awayMs);
    await postgres.restart();
  },
  // It stays away: its people are on the other one.
  node: ({ cluster }) => cluster.node(1).server.kill(),
};

async function measureKill({ params, site, add }: MessagesPartContext, kill: Kill): Promise<void> {
  const conversations = Math.max(1, Math.round(params.messages / (WRITERS * MESSAGES_EACH)));
  const each = Math.ceil(params.messages / (WRITERS * conversations));
  const messages = conversations * WRITERS * each;
  const people = await gather(site, kill, { conversations, each });
  const processes = Array.from(
    { length: PROCESSES },
    () =>
      new ChildService<SdkMessengerMethods>(new URL('../clients/sdkMessengerProcess.ts', import.meta.url), {
        niceness: OTHER_MACHINE,
      }),
  );
  try {
    const { certFile } = site.certificate;
    await Promise.all(
      processes.map((process, part) =>
        process.call('open', { certFile, people: people.filter((_, index) => index % PROCESSES === part) }),
      ),
    );
    const everyMs = (1_000 * conversations * WRITERS) / PER_SECOND;
    const startMs = monotonicMs() + LEAD_MS;
    const writing = Promise.all(processes.map((process) => process.call('write', { everyMs, startMs })));
    while ((await progressOf(processes)).acknowledged < messages / 2) await sleep(POLL_MS / 5);
    const killedAtMs = monotonicMs();
    await killers[kill](site.shared!, params.awayMs);
    await writing;
    const failed = await settle(processes, { messages, people: people.length, conversations });
    const reports = (await Promise.all(processes.map((process) => process.call('reports', undefined as never)))).flat();
    const conversationIds = [...new Set(people.map(({ conversationId }) => conversationId))];
    add({
      ...{ part: 'kill', kill, failed, messages, people: people.length },
      acknowledged: reports.reduce((sum, { acknowledgedMs }) => sum + acknowledgedMs.length, 0),
      ...faultsOf(reports, await readAll(site, conversationIds)),
      acknowledgedMs: reports.flatMap(({ acknowledgedMs }) => acknowledgedMs),
      deliveredMs: reports.flatMap(({ deliveredMs }) => deliveredMs),
      flowingMs: flowingAfter(reports, killedAtMs),
    });
  } finally {
    await Promise.all(processes.map((process) => process.close()));
  }
}

/** In each conversation one who writes and one who reads on each node. */
async function gather(
  site: MessagesSite,
  kill: Kill,
  { conversations, each }: { conversations: number; each: number },
): Promise<SdkPerson[]> {
  const groups = Array.from({ length: conversations }, (_, index) =>
    [site.senders, site.receivers].flatMap(({ url }, node) => [
      { url, identity: `${kill}-${index}-writer-${node}`, writes: each },
      { url, identity: `${kill}-${index}-reader-${node}`, writes: 0 },
    ]),
  );
  const names = groups.map((group) => group.map(({ identity }) => identity));
  const conversationIds = await makeGroups(site, names);
  return Promise.all(
    groups.flatMap((group, index) =>
      group.map(async (person) => ({
        ...person,
        conversationId: conversationIds[index]!,
        token: await site.token(person.identity),
      })),
    ),
  );
}

async function progressOf(processes: readonly ChildService<SdkMessengerMethods>[]): Promise<SdkProgress> {
  const all = await Promise.all(processes.map((process) => process.call('progress', undefined as never)));
  const sum = (name: keyof SdkProgress) => all.reduce((count, one) => count + one[name], 0);
  return { acknowledged: sum('acknowledged'), failed: sum('failed'), shown: sum('shown') };
}

/** Until everything is acknowledged and with everyone. @returns what is missing after a long time, or null */
async function settle(
  processes: readonly ChildService<SdkMessengerMethods>[],
  { messages, people, conversations }: { messages: number; people: number; conversations: number },
): Promise<string | null> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS;
  const expected = (messages * people) / conversations;
  for (;;) {
    const { acknowledged, failed, shown } = await progressOf(processes);
    if (acknowledged === messages && shown === expected) return null;
    if (performance.now() > deadline) {
      return `${acknowledged} of ${messages} messages were acknowledged, ${failed} failed, and ${shown} of ${expected} are shown`;
    }
    await sleep(POLL_MS);
  }
}

/** What someone finds in each conversation who comes when all is over. */
async function readAll(site: MessagesSite, conversationIds: readonly string[]): Promise<Map<string, MessageList>> {
  const reader = await LightMessenger.open({
    ...{ url: site.senders.url, token: await site.tokenOfHost(), receipts: false },
  });
  try {
    const found = new Map<string, MessageList>();
    for (const conversationId of conversationIds) {
      const list: MessageList = { writers: [], numbers: [], seqs: [] };
      found.set(conversationId, list);
      for (let after = 0, more = true; more;) {
        const page = await reader.request('sync', { conversationId, after });
        for (const { seq, from, content, change } of page.messages) {
          list.writers.push(from.identity);
          list.numbers.push(content?.type === 'text' ? Number.parseFloat(content.text) : 0);
          list.seqs.push(seq);
          after = change;
        }
        ({ more } = page);
      }
    }
    return found;
  } finally {
    reader.close();
  }
}

/** From the kill to the arrival of the last message that was late; 0 where none was. */
function flowingAfter(reports: readonly SdkReport[], killedAtMs: number): number {
  const lateAtMs = reports.flatMap(({ cameAtMs, deliveredMs }) =>
    cameAtMs.filter((atMs, index) => atMs > killedAtMs && deliveredMs[index]! > LATE_MS),
  );
  return lateAtMs.reduce((last, atMs) => Math.max(last, atMs - killedAtMs), 0);
}
