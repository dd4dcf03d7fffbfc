import { setTimeout as sleep } from 'node:timers/promises';
import { ClientPool, OTHER_MACHINE } from '../clients/ClientPool.ts';
import { recordClip } from '../clients/recordClip.ts';
import { NodeCluster } from '../lib/NodeCluster.ts';
import { total } from '../lib/stats.ts';
import { measureClusterLoad } from './clusterLoad.ts';
import type { ClusterPartContext } from './clusterPart.ts';
import { settleMs } from './pages.ts';

/** Next to nothing, since 500 of them are all on this machine: what is measured is what many rooms are to a cluster. */
export const ROOMS_CLIP = { width: 160, height: 96, frameRate: 2, bitrateBps: 50_000, seconds: 4 };
export const PEOPLE_PER_ROOM = 3;
/** Until rooms that nobody is in are closed. */
const EMPTY_TIMEOUT_MS = 1_000;
const LEFT_TIMEOUT_MS = 15_000;
const POLL_MS = 200;
/** What nodes have of their people; nothing of it may be left. */
const KEPT = [
  'chaxi_rooms',
  'chaxi_participants',
  'chaxi_producers',
  'chaxi_consumers',
  'chaxi_pipes',
  'chaxi_pipe_consumers',
] as const;

/** Many rooms with one who sends and others who receive; each of them asks another node to be let in. */
export async function measureRooms({
  scratch,
  browser,
  params,
  options,
  progress,
  add,
}: ClusterPartContext): Promise<void> {
  const { rooms, roomsNodes: nodes, windowMs } = params;
  const cluster = await NodeCluster.start({
    ...{ scratch, nodes, workers: 1, placement: 'leastLoaded' as const },
    env: { CHAXI_ROOMS_EMPTY_TIMEOUT_MS: String(EMPTY_TIMEOUT_MS) },
  });
  const clipFile = await recordClip(browser, scratch.dir, ROOMS_CLIP);
  const pools = cluster.nodes.map((_, index) => scratch.use(new ClientPool(cluster.target(index), 1, OTHER_MACHINE)));
  const startedAtMs = performance.now();
  // A room's people ask one node after another.
  const askersOf = (place: number, node: number) =>
    Array.from({ length: rooms }, (_, index) => index)
      .filter((index) => (index + place) % nodes === node)
      .map((index) => ({
        room: `room-${index}`,
        identity: `person-${place}`,
        role: place === 0 ? ('host' as const) : ('guest' as const),
      }));
  await Promise.all(pools.map((pool, node) => pool.openPublishers(askersOf(0, node), { clipFile, audio: true })));
  const refusals: (string | null)[] = [];
  for (let place = 1; place < PEOPLE_PER_ROOM; place++) {
    refusals.push(...(await Promise.all(pools.map((pool, node) => pool.openReceivers(askersOf(place, node), 1)))));
  }
  const openedMs = performance.now() - startedAtMs;
  await sleep(settleMs(options));

  const { packets, connected, sent, ...load } = await measureClusterLoad(cluster, {
    ...{ receivers: pools, publishers: pools, windowMs },
  });
  const sending = total(await Promise.all(pools.map((pool) => pool.sending())));
  const figures = await cluster.allMetrics(KEPT);
  progress.say(
    `${rooms} rooms: ${figures.map(({ chaxi_participants: count }) => count).join(', ')} people on the nodes`,
  );
  await Promise.all(pools.flatMap((pool) => [pool.closePublishers(), pool.closeReceivers()]));
  add({
    ...{ part: 'rooms', rooms, people: rooms * PEOPLE_PER_ROOM, openedMs, ...load },
    failed: refusals.find((refusal) => refusal !== null) ?? null,
    connected: sending + connected,
    delivered: total(packets) / (sent * (PEOPLE_PER_ROOM - 1)),
    served: packets.filter((count) => count > 0).length,
    receivers: rooms * (PEOPLE_PER_ROOM - 1),
    roomsOf: figures.map(({ chaxi_rooms: count }) => count),
    participants: figures.map(({ chaxi_participants: count }) => count),
    consumers: figures.map(({ chaxi_consumers: count }) => count),
    pipeConsumers: figures.map(({ chaxi_pipe_consumers: count }) => count),
    left: await untilNothingIsLeft(cluster),
  });
  progress.step(`${rooms} rooms opened within ${Math.round(openedMs / 1_000)} s`);
}

/** @returns how much of all that nodes keep is there still after a while */
async function untilNothingIsLeft(cluster: NodeCluster): Promise<number> {
  const deadline = performance.now() + LEFT_TIMEOUT_MS;
  for (;;) {
    const left = total((await cluster.allMetrics(KEPT)).flatMap((figures) => Object.values(figures)));
    if (left === 0 || performance.now() > deadline) return left;
    await sleep(POLL_MS);
  }
}
