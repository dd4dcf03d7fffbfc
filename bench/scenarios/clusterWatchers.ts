import { setTimeout as sleep } from 'node:timers/promises';
import { ClientPool, OTHER_MACHINE } from '../clients/ClientPool.ts';
import { recordClip } from '../clients/recordClip.ts';
import { NodeCluster } from '../lib/NodeCluster.ts';
import { total } from '../lib/stats.ts';
import { measureClusterLoad } from './clusterLoad.ts';
import type { ClusterPartContext } from './clusterPart.ts';
import { settleMs } from './pages.ts';

const ROOM = 'watchers';
/** Small, since its watchers are all on this machine: what is measured is who gets it by which way. */
export const WATCHED_CLIP = { width: 320, height: 180, frameRate: 15, bitrateBps: 150_000, seconds: 8 };
/** Picture and sound. */
const PRODUCERS = 2;
/** Share of the packets that were sent, and those that may be on their way when they are counted. */
const MIN_SERVED = 0.98;
const UNDER_WAY = 5;

/** One host, and many who watch it by way of all nodes, so that every media worker has some of them. */
export async function measureWatchers({
  scratch,
  browser,
  params,
  options,
  progress,
  add,
}: ClusterPartContext): Promise<void> {
  const { watchers, watchersNodes: nodes, workers, windowMs } = params;
  const cluster = await NodeCluster.start({
    ...{ scratch, nodes, workers, placement: 'region' as const, apart: true },
    env: {
      CHAXI_ROOMS_MAX_PARTICIPANTS: '2000',
      // So few that every worker of a node is needed.
      CHAXI_MEDIA_CONSUMERS_PER_ROUTER: String(Math.ceil((watchers * PRODUCERS) / (nodes * workers))),
    },
  });
  const clipFile = await recordClip(browser, scratch.dir, WATCHED_CLIP);
  const publisher = scratch.use(new ClientPool(cluster.target(0), 1));
  await publisher.openPublishers([{ room: ROOM, identity: 'host', role: 'host' }], { clipFile, audio: true });
  const pools = cluster.nodes.map((_, index) => scratch.use(new ClientPool(cluster.target(index), 1, OTHER_MACHINE)));
  const refusals = await Promise.all(
    pools.map((pool, index) => pool.openReceivers(people(index, Math.ceil((watchers - index) / nodes)), 1)),
  );
  await sleep(settleMs(options));

  const { packets, sent, ...load } = await measureClusterLoad(cluster, {
    ...{ receivers: pools, publishers: [publisher], windowMs },
  });
  const figures = await cluster.allMetrics(['chaxi_participants', 'chaxi_consumers', 'chaxi_pipe_consumers']);
  add({
    ...{ part: 'watchers', watchers, producers: PRODUCERS, workers, ...load },
    failed: refusals.find((refusal) => refusal !== null) ?? null,
    served: packets.filter((count) => count >= sent * MIN_SERVED - UNDER_WAY).length,
    delivered: total(packets) / (sent * watchers),
    participants: figures.map(({ chaxi_participants: count }) => count),
    consumers: figures.map(({ chaxi_consumers: count }) => count),
    pipeConsumers: figures.map(({ chaxi_pipe_consumers: count }) => count),
  });
  progress.step(`${load.connected} watchers, ${Math.round(load.packetsPerSecond)} packets a second`);
}

function people(node: number, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    room: ROOM,
    identity: `watcher-${node}-${index}`,
    role: 'guest' as const,
  }));
}
