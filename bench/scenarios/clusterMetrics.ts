import { single, summarize, total } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';
import { joinTime } from './joinTime.ts';

/** Which node is asked: the one on which the room's publisher is, or another one. */
export const askedNodes = ['own', 'other'] as const;
export type AskedNode = (typeof askedNodes)[number];

/** One cold join in Chromium. */
export type ClusterJoinSample = {
  part: 'join';
  asked: AskedNode;
  failed: string | null;
  socketMs: number | null;
  answerMs: number | null;
  firstFrameMs: number | null;
};

/** Many who watch one; lists hold a value for each node. */
export type WatchersSample = {
  part: 'watchers';
  failed: string | null;
  watchers: number;
  connected: number;
  /** Watchers that got at least 98 % of the packets that were sent to each. */
  served: number;
  /** Share of the packets that all of them should have got. */
  delivered: number;
  /** Tracks of the one. */
  producers: number;
  /** Media workers of a node. */
  workers: number;
  participants: number[];
  consumers: number[];
  /** Tracks that workers send to other workers, by pipes. */
  pipeConsumers: number[];
  /** Of the window in which all was counted. */
  seconds: number;
  packetsPerSecond: number;
  bitsPerSecond: number;
  /** Cores. */
  workerCpu: number[];
  nodeCpu: number[];
  clientsCpu: number;
};

/** Many small rooms; lists hold a value for each node. */
export type RoomsSample = {
  part: 'rooms';
  failed: string | null;
  rooms: number;
  people: number;
  /** In their rooms, and connected. */
  connected: number;
  openedMs: number;
  roomsOf: number[];
  participants: number[];
  consumers: number[];
  pipeConsumers: number[];
  seconds: number;
  packetsPerSecond: number;
  bitsPerSecond: number;
  /** Share of the packets that all of them should have got. */
  delivered: number;
  /** Receivers that got any. */
  served: number;
  receivers: number;
  workerCpu: number[];
  nodeCpu: number[];
  clientsCpu: number;
  /** What the nodes still had a while after all had left: rooms, people, tracks, subscriptions, pipes. */
  left: number;
};

export type ClusterSample = ClusterJoinSample | WatchersSample | RoomsSample;

/** `join.own.firstFrame`, `join.addedP95`, `watchers.served`, `watchers.pipedTwice`, `rooms.spread`, `rooms.left` and the like. */
export function clusterMetrics(samples: readonly ClusterSample[]): Metrics {
  const metrics: Metrics = {};
  addJoins(
    metrics,
    samples.filter((sample) => sample.part === 'join'),
  );
  for (const sample of samples) {
    if (sample.part === 'watchers' && sample.failed === null) addWatchers(metrics, sample);
    if (sample.part === 'rooms' && sample.failed === null) addRooms(metrics, sample);
  }
  const failed = samples.filter((sample) => sample.failed !== null);
  if (samples.length > 0) metrics.failures = single('', failed.length, samples.length);
  return metrics;
}

function addJoins(metrics: Metrics, samples: readonly ClusterJoinSample[]): void {
  for (const asked of askedNodes) {
    const joins = samples.filter((sample) => sample.asked === asked);
    if (joins.length === 0) continue;
    metrics[`join.${asked}.firstFrame`] = summarize('ms', joins.map(joinTime));
    for (const stage of ['socket', 'answer'] as const) {
      const values = joins.flatMap((join) => join[`${stage}Ms`] ?? []);
      if (values.length > 0) metrics[`join.${asked}.${stage}`] = summarize('ms', values);
    }
  }
  const own = metrics['join.own.firstFrame'];
  const other = metrics['join.other.firstFrame'];
  if (!own || !other) return;
  const n = Math.min(own.n, other.n);
  metrics['join.addedP50'] = single('ms', other.p50 - own.p50, n);
  metrics['join.addedP95'] = single('ms', other.p95 - own.p95, n);
}

function addWatchers(metrics: Metrics, sample: WatchersSample): void {
  const { watchers, producers, workers, consumers, workerCpu, nodeCpu, pipeConsumers } = sample;
  // Each worker that has somebody gets each track once; the one on which it is published needs no pipe.
  const needed = producers * (consumers.filter((count) => count > 0).length * workers - 1);
  metrics['watchers.unserved'] = single('watchers', watchers - sample.served, watchers);
  metrics['watchers.delivered'] = single('share', sample.delivered, watchers);
  metrics['watchers.nodes'] = single('nodes', consumers.filter((count) => count > 0).length, watchers);
  metrics['watchers.piped'] = single('tracks', total(pipeConsumers), watchers);
  metrics['watchers.pipedTwice'] = single('tracks', Math.max(0, total(pipeConsumers) - needed), watchers);
  metrics['watchers.packets'] = single('packets/s', sample.packetsPerSecond, watchers);
  metrics['watchers.bits'] = single('bps', sample.bitsPerSecond, watchers);
  metrics['watchers.cpu.workers'] = single('cores', total(workerCpu), watchers);
  metrics['watchers.cpu.nodes'] = single('cores', total(nodeCpu), watchers);
  metrics['watchers.cpu.clients'] = single('cores', sample.clientsCpu, watchers);
  metrics['watchers.cpuPerConsumer'] = single('ms/s', (total(workerCpu) * 1_000) / total(consumers), watchers);
}

function addRooms(metrics: Metrics, sample: RoomsSample): void {
  const { rooms, people, participants } = sample;
  metrics['rooms.missing'] = single('people', people - sample.connected, people);
  metrics['rooms.unserved'] = single('receivers', sample.receivers - sample.served, sample.receivers);
  metrics['rooms.delivered'] = single('share', sample.delivered, sample.receivers);
  metrics['rooms.opened'] = single('ms', sample.openedMs, rooms);
  // 1 where all nodes have as many people.
  metrics['rooms.spread'] = single('', (Math.max(...participants) * participants.length) / total(participants), rooms);
  metrics['rooms.left'] = single('', sample.left, rooms);
  metrics['rooms.piped'] = single('tracks', total(sample.pipeConsumers), rooms);
  metrics['rooms.packets'] = single('packets/s', sample.packetsPerSecond, rooms);
  metrics['rooms.cpu.workers'] = single('cores', total(sample.workerCpu), rooms);
  metrics['rooms.cpu.nodes'] = single('cores', total(sample.nodeCpu), rooms);
  metrics['rooms.cpu.clients'] = single('cores', sample.clientsCpu, rooms);
}
