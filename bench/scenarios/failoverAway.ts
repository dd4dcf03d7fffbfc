import { setTimeout as sleep } from 'node:timers/promises';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { ClientPool, OTHER_MACHINE } from '../clients/ClientPool.ts';
import { lightHello } from '../clients/lightCapabilities.ts';
import { Signaling } from '../clients/Signaling.ts';
import type { Browser } from '../lib/Browser.ts';
import type { NodeCluster } from '../lib/NodeCluster.ts';
import type { TokenRequest } from '../lib/Target.ts';
import { FailoverCall, nowMs, twoPeople } from './failoverCall.ts';
import type { AskedSample, FailoverSample, Loss } from './failoverMetrics.ts';
import { JOIN_TIMEOUT_MS } from './joinTime.ts';

/** How often somebody asks for something while Redis is away. */
const ROUNDS = 3;
const CONVERGE_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

export interface AwayOptions {
  cluster: NodeCluster;
  browser: Browser;
  pageUrl: string;
  /** How long the call runs before something happens, and after it is over. */
  calmMs: number;
  loss: Loss;
  awayMs: number;
}

/**
 * A call between two people who came by different nodes, and a room on each node, while Redis is away: what they see and hear, what others
 * are answered, and how long it takes after it until all is as before.
 */
export async function measureAway(options: AwayOptions): Promise<FailoverSample[]> {
  const { cluster, browser, pageUrl, calmMs, loss, awayMs } = options;
  const room = `away-${loss}`;
  const kept = cluster.nodes.map((_, index) => `${room}-${index + 1}`);
  const keepers: Signaling[] = [];
  const pool = new ClientPool(cluster.target(0), 1, OTHER_MACHINE);
  const people = twoPeople({ host: 0, guest: 1 });
  const call = await FailoverCall.open({ browser, pageUrl, cluster, room, people });
  try {
    for (const [index, name] of kept.entries()) {
      keepers.push(await enter(cluster, index, { room: name, identity: 'keeper', role: 'host' }));
    }
    await sleep(calmMs);
    const sinceMs = nowMs();
    await take(cluster, loss);
    const asked: AskedSample[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await sleep(Math.max(0, sinceMs + (awayMs * (round + 0.5)) / ROUNDS - nowMs()));
      asked.push(...(await askAll({ ...options, room, kept, pool, round, sinceMs })));
    }
    await sleep(Math.max(0, sinceMs + awayMs - nowMs()));
    await bring(cluster, loss);
    const backMs = nowMs();
    const converged = await untilConverged(cluster, [...kept, room], `${room}-after`);
    const afterMs = nowMs() - backMs;
    const lost = keepers.filter(({ isOpen }) => !isOpen).length;
    await sleep(calmMs);
    const untilMs = nowMs() - sinceMs;
    const failed = converged ?? (lost > 0 ? `${lost} who were in rooms lost their sockets` : null);
    return [
      ...(await Promise.all(
        call.names.map(async (viewer) => {
          const { frameMs, frameMadeMs, soundMs } = await call.seenSince(viewer, sinceMs);
          return { part: 'away' as const, loss, viewer, failed: null, untilMs, frameMs, frameMadeMs, soundMs };
        }),
      )),
      ...asked,
      { part: 'converged', loss, failed, afterMs },
    ];
  } finally {
    await Promise.all([call.close(), pool.close(), ...keepers.map((keeper) => keeper.close())]);
  }
}

async function take({ redis }: NodeCluster, loss: Loss): Promise<void> {
  if (loss === 'frozen') redis.freeze();
  else await redis.kill();
}

async function bring({ redis }: NodeCluster, loss: Loss): Promise<void> {
  if (loss === 'frozen') redis.thaw();
  else await redis.restart();
}

/** Someone without media. @throws ChaxiError what the server refuses it with; Error where there is no answer */
async function enter(cluster: NodeCluster, index: number, request: TokenRequest): Promise<Signaling> {
  const { url, token, certificate } = cluster.target(index);
  const hello = lightHello(certificate.fingerprint);
  return (await Signaling.join(url, await token(request), hello, JOIN_TIMEOUT_MS)).signaling;
}

interface Asking extends AwayOptions {
  room: string;
  /** A room of each node. */
  kept: readonly string[];
  pool: ClientPool;
  round: number;
  sinceMs: number;
}

/** First someone who wants media; the others, who wait for answers alone, together. */
async function askAll(asking: Asking): Promise<AskedSample[]> {
  const { cluster, loss, room, kept, pool, round, sinceMs } = asking;
  const identity = `asker-${round}`;
  const measure = async (kind: AskedSample['kind'], ask: () => Promise<string>): Promise<AskedSample> => {
    const startedMs = nowMs();
    const answer = await ask().catch(answerOf);
    return { part: 'asked', loss, kind, atMs: startedMs - sinceMs, answer, afterMs: nowMs() - startedMs };
  };
  const enterAndLeave = async (name: string) => {
    const signaling = await enter(cluster, 0, { room: name, identity, role: 'guest' });
    await signaling.close();
    return 'welcome';
  };
  const elsewhere = kept.at(-1)!;
  return [
    await watch(pool, { room, identity, role: 'guest' }, asking),
    ...(await Promise.all([
      measure('elsewhere', () => enterAndLeave(elsewhere)),
      measure('fresh', () => enterAndLeave(`${room}-fresh-${round}`)),
      measure('rest', async () => {
        const { status, text } = await cluster.rest(0, `/v1/rooms/${elsewhere}`);
        if (status === 200) return 'welcome';
        return answerOf(ChaxiError.fromBody((JSON.parse(text) as { error: unknown }).error));
      }),
    ])),
  ];
}

/** Joins the room of the call by the node that has it, until the first key frame. */
async function watch(pool: ClientPool, request: TokenRequest, { loss, sinceMs }: Asking): Promise<AskedSample> {
  const timing = { intervalMs: 0, leadMs: 0, stayMs: 0, timeoutMs: JOIN_TIMEOUT_MS };
  const atMs = nowMs() - sinceMs;
  const [join] = await pool.storm([request], timing);
  const { failed, firstFrameMs } = join!;
  const afterMs = firstFrameMs ?? JOIN_TIMEOUT_MS;
  return { part: 'asked', loss, kind: 'own', atMs, answer: failed ?? 'welcome', afterMs };
}

function answerOf(error: unknown): string {
  if (error instanceof ChaxiError) return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** Until each node knows all nodes and finds all rooms, and opens a new one. @returns what is still missing after a long time, or null */
async function untilConverged(cluster: NodeCluster, rooms: readonly string[], fresh: string): Promise<string | null> {
  const deadline = performance.now() + CONVERGE_TIMEOUT_MS;
  for (;;) {
    const missing = await whatIsMissing(cluster, rooms, fresh).catch(answerOf);
    if (missing === null || performance.now() > deadline) return missing;
    await sleep(POLL_MS);
  }
}

async function whatIsMissing(cluster: NodeCluster, rooms: readonly string[], fresh: string): Promise<string | null> {
  for (const [index, { nodeId }] of cluster.nodes.entries()) {
    const { chaxi_cluster_nodes: known } = await cluster.metrics(index, ['chaxi_cluster_nodes']);
    if (known !== cluster.nodes.length) return `${nodeId} knows ${known} nodes`;
    for (const room of rooms) {
      const { status } = await cluster.rest(index, `/v1/rooms/${room}`);
      if (status !== 200) return `${nodeId} answers ${status} of the room ${room}`;
    }
    const { text } = await cluster.rest(index, '/v1/rooms');
    const listed = (JSON.parse(text) as { rooms: { name: string }[] }).rooms.map(({ name }) => name);
    const unlisted = rooms.find((room) => !listed.includes(room));
    if (unlisted !== undefined) return `${nodeId} does not list the room ${unlisted}`;
  }
  for (const [index] of cluster.nodes.entries()) {
    const signaling = await enter(cluster, index, { room: `${fresh}-${index}`, identity: 'first', role: 'guest' });
    await signaling.close();
  }
  return null;
}
