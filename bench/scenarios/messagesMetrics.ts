import { round, single, summarize, type Summary } from '../lib/stats.ts';
import type { Metrics } from '../report/result.ts';

/** One node on SQLite; two on PostgreSQL and Redis, where who sends is on one and who receives on the other. */
export const sites = ['one', 'two'] as const;
export type SiteName = (typeof sites)[number];
/** What is killed, in this order: what the nodes share, and one of them, which does not come back. */
export const kills = ['redis', 'postgres', 'node'] as const;
export type Kill = (typeof kills)[number];

/** An acknowledgement that takes longer is none. */
const OVERLOADED_MS = 1_000;
/** Share of what is offered that has to be acknowledged. */
const TAKEN = 0.99;

type Cost = {
  /** Cores, of each node. */
  nodeCpu: number[];
  databaseCpu: number;
  clientsCpu: number;
};

/** Messages at an even rate; lists hold a value for each message, or each that came to someone. */
export type LatencySample = Cost & {
  part: 'latency';
  site: SiteName;
  perSecond: number;
  failed: string | null;
  sent: number;
  /** Messages times those who should get them. */
  expected: number;
  deliveredMs: number[];
  acknowledgedMs: number[];
  lateMs: number[];
};

/** One step of rising load. */
export type ThroughputSample = Cost & {
  part: 'throughput';
  site: SiteName;
  perSecond: number;
  failed: string | null;
  sent: number;
  /** From the first message to the last acknowledgement. */
  seconds: number;
  acknowledgedMs: number[];
};

/** One conversation with many; lists hold a value for each member and message, and for each message the last of them. */
export type MembersSample = {
  part: 'members';
  members: number;
  connected: number;
  failed: string | null;
  expected: number;
  deliveredMs: number[];
  lastMs: number[];
};

/** Many who are connected and say nothing, and a few of them who are written to. */
export type ConnectionsSample = {
  part: 'connections';
  connections: number;
  connected: number;
  failed: string | null;
  openedMs: number;
  /** Of the node, before and with them. */
  bytesBefore: number;
  bytes: number;
  /** Cores that the node needs to keep them, in a second in which nobody says anything. */
  idleCpu: number;
  expected: number;
  deliveredMs: number[];
};

/** Messages by the SDK while something is killed; lists hold a value for each message, or for each that came to someone. */
export type KillSample = {
  part: 'kill';
  kill: Kill;
  failed: string | null;
  messages: number;
  acknowledged: number;
  people: number;
  lost: number;
  doubled: number;
  disordered: number;
  differing: number;
  acknowledgedMs: number[];
  deliveredMs: number[];
  /** From the kill to the arrival of the last message that was late by more than a second. */
  flowingMs: number;
};

export type MessagesSample = LatencySample | ThroughputSample | MembersSample | ConnectionsSample | KillSample;

/**
 * `two.rate500.delivered` and `.acknowledged`, `.undelivered`, `.late`, `.cpu.nodes`; `two.throughput`; `members.delivered`, `members.last`;
 * `connections.bytesEach`; `kill.node.lost`, `.doubled`, `.disordered`, `.differing`, `.unsent`, `.flowing` and the like.
 */
export function messagesMetrics(samples: readonly MessagesSample[]): Metrics {
  const metrics: Metrics = {};
  const add = (name: string, unit: string, values: readonly number[]) => {
    if (values.length > 0) metrics[name] = summarize(unit, values);
  };
  for (const sample of samples) {
    switch (sample.part) {
      case 'latency': {
        const name = `${sample.site}.rate${sample.perSecond}`;
        add(`${name}.delivered`, 'ms', sample.deliveredMs);
        add(`${name}.acknowledged`, 'ms', sample.acknowledgedMs);
        add(`${name}.late`, 'ms', sample.lateMs);
        metrics[`${name}.unacknowledged`] = missing(sample.sent, sample.acknowledgedMs.length);
        metrics[`${name}.undelivered`] = missing(sample.expected, sample.deliveredMs.length);
        addCost(metrics, name, sample);
        break;
      }
      case 'members':
        add('members.delivered', 'ms', sample.deliveredMs);
        add('members.last', 'ms', sample.lastMs);
        metrics['members.missing'] = missing(sample.members, sample.connected);
        metrics['members.undelivered'] = missing(sample.expected, sample.deliveredMs.length);
        break;
      case 'connections':
        addConnections(metrics, sample);
        add('connections.delivered', 'ms', sample.deliveredMs);
        break;
      case 'kill': {
        const name = `kill.${sample.kill}`;
        const { messages, people } = sample;
        for (const fault of ['lost', 'doubled', 'disordered'] as const) {
          metrics[`${name}.${fault}`] = single('messages', sample[fault], messages);
        }
        metrics[`${name}.differing`] = single('people', sample.differing, people);
        metrics[`${name}.unsent`] = missing(messages, sample.acknowledged);
        metrics[`${name}.flowing`] = single('ms', sample.flowingMs, messages);
        add(`${name}.acknowledged`, 'ms', sample.acknowledgedMs);
        add(`${name}.delivered`, 'ms', sample.deliveredMs);
        break;
      }
      case 'throughput':
        break;
    }
  }
  for (const site of sites) {
    const steps = samples.filter((sample) => sample.part === 'throughput' && sample.site === site);
    addThroughput(metrics, site, steps as ThroughputSample[]);
  }
  const failed = samples.filter((sample) => sample.failed !== null);
  if (samples.length > 0) metrics.failures = single('', failed.length, samples.length);
  return metrics;
}

/** Whether the server keeps up with what it is offered. */
export function keepsUp({ sent, acknowledgedMs }: ThroughputSample): boolean {
  return acknowledgedMs.length >= TAKEN * sent && summarize('ms', acknowledgedMs).p99 < OVERLOADED_MS;
}

/** Messages a second that were acknowledged. */
export function rateOf({ acknowledgedMs, seconds }: ThroughputSample): number {
  return round(acknowledgedMs.length / seconds);
}

function missing(expected: number, came: number): Summary {
  return single('', expected - came, expected);
}

function addThroughput(metrics: Metrics, site: SiteName, steps: readonly ThroughputSample[]): void {
  const [best] = steps.filter(keepsUp).toSorted((a, b) => rateOf(b) - rateOf(a));
  if (!best) return;
  metrics[`${site}.throughput`] = single('messages/s', rateOf(best), best.acknowledgedMs.length);
  metrics[`${site}.throughput.acknowledged`] = summarize('ms', best.acknowledgedMs);
  addCost(metrics, `${site}.throughput`, best);
}

function addConnections(metrics: Metrics, sample: ConnectionsSample): void {
  const { connections, connected, openedMs, bytesBefore, bytes, idleCpu, expected, deliveredMs } = sample;
  metrics['connections.missing'] = missing(connections, connected);
  metrics['connections.undelivered'] = missing(expected, deliveredMs.length);
  metrics['connections.opened'] = single('ms', openedMs, connections);
  metrics['connections.bytesEach'] = single('bytes', (bytes - bytesBefore) / connections, connections);
  metrics['connections.idleCpu'] = single('cores', idleCpu, connections);
}

function addCost(metrics: Metrics, name: string, { nodeCpu, databaseCpu, clientsCpu }: Cost): void {
  metrics[`${name}.cpu.nodes`] = summarize('cores', nodeCpu);
  metrics[`${name}.cpu.database`] = single('cores', databaseCpu, 1);
  metrics[`${name}.cpu.clients`] = single('cores', clientsCpu, 1);
}
