import { Browser } from '../lib/Browser.ts';
import { NodeCluster } from '../lib/NodeCluster.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { RedisProcess } from '../lib/RedisProcess.ts';
import { Scratch } from '../lib/Scratch.ts';
import { failoverParts, type BenchOptions, type FailoverPart } from '../options.ts';
import { measureAway } from './failoverAway.ts';
import {
  failoverMetrics,
  losses,
  places,
  type Ending,
  type FailoverSample,
  type Loss,
  type Place,
} from './failoverMetrics.ts';
import { measureMove } from './failoverMove.ts';
import { measurePartitions } from './failoverPartition.ts';
import { FRAME_RATE, SOURCE } from './pages.ts';
import type { Scenario } from './Scenario.ts';

const NODES = 3;
const COUNT = 12;
const AWAY_MS = 30_000;
/** A call that runs, before something happens and after it is over. */
const CALM_MS = 2_000;
/** Of two nodes of the same cluster; more would take its time for the same answer. */
const PARTITIONS = 5;
const PARTED_MS = 10_000;
const SMOKE = { count: 1, awayMs: 1_000, partedMs: 1_000, calmMs: 300, places: ['apart'], losses: ['lost'] } as const;
/** Drained by the command line, and by the end of its process. */
const endingsOf: Record<FailoverPart, readonly Ending[]> = {
  kill: ['kill'],
  drain: ['drain', 'stop'],
  redis: [],
  partition: [],
};

interface FailoverParams {
  parts: FailoverPart[];
  nodes: number;
  /** Of each way in which a node ends, and of each place. */
  count: number;
  places: readonly Place[];
  awayMs: number;
  losses: readonly Loss[];
  partitions: number;
  partedMs: number;
  calmMs: number;
}

function paramsOf({ parts, count, nodes, durationMs, smoke }: BenchOptions): FailoverParams {
  return {
    parts: failoverParts.filter((part) => parts?.includes(part) ?? true),
    nodes: nodes ?? NODES,
    count: count ?? (smoke ? SMOKE.count : COUNT),
    places: smoke ? SMOKE.places : places,
    awayMs: durationMs ?? (smoke ? SMOKE.awayMs : AWAY_MS),
    losses: smoke ? SMOKE.losses : losses,
    partitions: Math.min(count ?? Infinity, smoke ? SMOKE.count : PARTITIONS),
    partedMs: smoke ? SMOKE.partedMs : PARTED_MS,
    calmMs: smoke ? SMOKE.calmMs : CALM_MS,
  };
}

/** Real nodes on one Redis: what people in a call notice when a node is killed or drained, and when Redis goes away. */
export const failover: Scenario = async (context) => {
  const { options, scratch, progress, signal } = context;
  if (options.remote) throw new Error('failover kills nodes: it can not measure --target.');
  const params = paramsOf(options);
  const pages = scratch.use(await ProbeServer.start(['caller']));
  const browser = scratch.use(await Browser.launch(scratch.dir));
  const own = { browser, pageUrl: pages.urlOf('caller'), calmMs: params.calmMs };
  const samples: FailoverSample[] = [];
  context.record({
    params: { ...params, workers: 1, source: SOURCE, frameRate: FRAME_RATE, tls: true },
    versions: { chromium: await browser.version(), redis: await RedisProcess.version() },
    samples,
    metrics: () => failoverMetrics(samples),
  });
  const moves = planOf(params);
  const away = params.parts.includes('redis') ? params.losses : [];
  const partitions = params.parts.includes('partition') ? params.partitions : 0;
  progress.begin(params.places.length * moves.length + away.length + partitions);
  for (const place of moves.length > 0 ? params.places : []) {
    await withCluster(params, place, async (cluster) => {
      for (const move of moves) {
        if (signal.aborted) return;
        const seen = await measureMove({ ...own, ...move, cluster, place });
        samples.push(...seen);
        progress.step(describe(move.ending, place, seen));
      }
    });
  }
  if (signal.aborted) return;
  for (const loss of away) {
    await withCluster(params, 'apart', async (cluster) => {
      samples.push(...(await measureAway({ ...own, cluster, loss, awayMs: params.awayMs })));
      progress.step(`Redis was ${loss}`);
    });
    if (signal.aborted) return;
  }
  if (partitions === 0) return;
  await measurePartitions({
    ...{ ...own, signal, count: partitions, partedMs: params.partedMs },
    measured: (seen) => {
      samples.push(...seen);
      progress.step('the nodes were parted');
    },
  });
};

/** For people who are to be `together` all nodes are of one region, as they are by default; for those `apart` each is one. */
async function withCluster(
  { nodes }: FailoverParams,
  place: Place,
  use: (cluster: NodeCluster) => Promise<void>,
): Promise<void> {
  const scratch = await Scratch.create();
  try {
    await use(await NodeCluster.start({ scratch, nodes, workers: 1, placement: 'region', apart: place === 'apart' }));
  } finally {
    await scratch.close();
  }
}

interface Move {
  ending: Ending;
  round: number;
}

/** All ways in turns, so that a machine that gets busy is so for all. */
function planOf({ parts, count }: FailoverParams): Move[] {
  const endings = parts.flatMap((part) => endingsOf[part]);
  return Array.from({ length: count }, (_, round) => round).flatMap((round) =>
    endings.map((ending) => ({ ending, round })),
  );
}

function describe(ending: Ending, place: Place, seen: readonly FailoverSample[]): string {
  const failed = seen.find((sample) => 'failed' in sample && sample.failed !== null);
  if (failed && 'failed' in failed) return `${ending}, ${place}: ${failed.failed}`;
  const metrics = failoverMetrics(seen);
  const figures = ['back', 'pictureGap', 'soundGap'].flatMap((name) => {
    const metric = metrics[`${ending}.${place}.${name}`];
    return metric ? [`${name} ${Math.round(metric.max)} ms`] : [];
  });
  return `${ending}, ${place}: ${figures.join(', ')}`;
}
