import type { ClusterJoinSample, RoomsSample, WatchersSample } from '../../bench/scenarios/clusterMetrics.ts';

export function clusterJoin(asked: ClusterJoinSample['asked'], firstFrameMs: number): ClusterJoinSample {
  return { part: 'join', asked, failed: null, socketMs: 10, answerMs: 20, firstFrameMs };
}

/** A host whose 300 watchers are on two nodes, each track at each worker once. */
export const watchers: WatchersSample = {
  ...{ part: 'watchers', failed: null, watchers: 300, connected: 300, served: 300, delivered: 1 },
  ...{ producers: 2, workers: 2, participants: [151, 150], consumers: [300, 300], pipeConsumers: [4, 2] },
  ...{ seconds: 10, packetsPerSecond: 6_000, bitsPerSecond: 45_000_000 },
  ...{ workerCpu: [0.2, 0.1], nodeCpu: [0.02, 0.02], clientsCpu: 0.4 },
};

export const rooms: RoomsSample = {
  ...{ part: 'rooms', failed: null, rooms: 500, people: 1_500, connected: 1_500, openedMs: 30_000 },
  ...{ roomsOf: [200, 150, 150], participants: [600, 450, 450], consumers: [800, 600, 600], pipeConsumers: [0, 0, 0] },
  ...{ seconds: 10, packetsPerSecond: 7_500, bitsPerSecond: 900_000, delivered: 1, served: 1_000, receivers: 1_000 },
  ...{ workerCpu: [0.1, 0.1, 0.1], nodeCpu: [0.05, 0.05, 0.05], clientsCpu: 0.4, left: 0 },
};
