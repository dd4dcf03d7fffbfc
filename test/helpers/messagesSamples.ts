import type {
  KillSample,
  LatencySample,
  MessagesSample,
  ThroughputSample,
} from '../../bench/scenarios/messagesMetrics.ts';

const cost = { nodeCpu: [0.3, 0.4], databaseCpu: 0.2, clientsCpu: 0.2 };

export const latencySample: LatencySample = {
  ...{ part: 'latency', site: 'two', perSecond: 500, failed: null, sent: 4, expected: 8, ...cost },
  ...{ deliveredMs: [5, 6, 7, 8, 9, 10, 11, 12], acknowledgedMs: [4, 5, 6, 7], lateMs: [0, 0, 1, 0] },
};

/** Of whose messages all are acknowledged in time, unless it is said otherwise. */
export function throughputSample(perSecond: number, more: Partial<ThroughputSample> = {}): ThroughputSample {
  return {
    ...{ part: 'throughput', site: 'two', perSecond, failed: null, sent: perSecond, seconds: 1, ...cost },
    acknowledgedMs: Array.from({ length: perSecond }, (_, index) => 10 + (index % 10)),
    ...more,
  };
}

export const killSample: KillSample = {
  ...{ part: 'kill', kill: 'node', failed: null, messages: 4, acknowledged: 4, people: 3 },
  ...{ lost: 0, doubled: 0, disordered: 0, differing: 0, flowingMs: 1_500 },
  ...{ acknowledgedMs: [5, 6, 7, 2_000], deliveredMs: [6, 7, 8, 2_010] },
};

export const messagesSamples: MessagesSample[] = [
  latencySample,
  throughputSample(100),
  throughputSample(200),
  {
    ...{ part: 'members', members: 3, connected: 3, failed: null, expected: 6 },
    ...{ deliveredMs: [1, 2, 3, 2, 3, 4], lastMs: [3, 4] },
  },
  {
    ...{ part: 'connections', connections: 100, connected: 99, failed: null, openedMs: 500, idleCpu: 0.05 },
    ...{ bytesBefore: 100_000_000, bytes: 105_000_000, expected: 2, deliveredMs: [3, 4] },
  },
  killSample,
];
