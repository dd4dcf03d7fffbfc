import { Browser } from '../lib/Browser.ts';
import { RedisProcess } from '../lib/RedisProcess.ts';
import { Scratch } from '../lib/Scratch.ts';
import { clusterParts, type BenchOptions, type ClusterPart } from '../options.ts';
import { measureClusterJoins } from './clusterJoin.ts';
import { clusterMetrics, type ClusterSample } from './clusterMetrics.ts';
import type { ClusterParams, ClusterPartContext } from './clusterPart.ts';
import { measureRooms, PEOPLE_PER_ROOM, ROOMS_CLIP } from './clusterRooms.ts';
import { measureWatchers, WATCHED_CLIP } from './clusterWatchers.ts';
import { SOURCE } from './pages.ts';
import type { Scenario } from './Scenario.ts';

const DEFAULTS = { watchers: 300, rooms: 500, joins: 50, windowMs: 10_000 };
const SMOKE = { watchers: 8, rooms: 6, joins: 1, windowMs: 1_000 };

function paramsOf({ parts, watchers, rooms, count, nodes, durationMs, smoke }: BenchOptions): ClusterParams {
  const usual = smoke ? SMOKE : DEFAULTS;
  return {
    parts: clusterParts.filter((part) => parts?.includes(part) ?? true),
    watchers: watchers ?? usual.watchers,
    rooms: rooms ?? usual.rooms,
    joins: count ?? usual.joins,
    watchersNodes: nodes ?? 2,
    roomsNodes: nodes ?? 3,
    joinNodes: nodes ?? 2,
    workers: 2,
    windowMs: durationMs ?? usual.windowMs,
  };
}

const measures: Record<ClusterPart, (context: ClusterPartContext) => Promise<void>> = {
  watchers: measureWatchers,
  rooms: measureRooms,
  join: measureClusterJoins,
};

/** Real nodes on one Redis: one who is watched by many, many small rooms, and what it costs to ask another node. */
export const cluster: Scenario = async ({ options, progress, signal, scratch, record }) => {
  if (options.remote) throw new Error('cluster starts nodes of its own: it can not measure --target.');
  const params = paramsOf(options);
  const browser = scratch.use(await Browser.launch(scratch.dir));
  const samples: ClusterSample[] = [];
  record({
    params: { ...params, peoplePerRoom: PEOPLE_PER_ROOM, watched: WATCHED_CLIP, inRooms: ROOMS_CLIP, source: SOURCE },
    versions: { chromium: await browser.version(), redis: await RedisProcess.version() },
    samples,
    metrics: () => clusterMetrics(samples),
  });
  progress.begin(params.parts.reduce((steps, part) => steps + (part === 'join' ? 2 * params.joins : 1), 0));
  for (const part of params.parts) {
    if (signal.aborted) return;
    const own = scratch.use(await Scratch.create());
    const add = (sample: ClusterSample) => void samples.push(sample);
    await measures[part]({ options, progress, signal, params, browser, scratch: own, add });
    await own.close();
  }
};
