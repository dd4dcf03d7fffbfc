import { PostgresProcess } from '../lib/PostgresProcess.ts';
import { RedisProcess } from '../lib/RedisProcess.ts';
import { Scratch } from '../lib/Scratch.ts';
import { messagesParts, type BenchOptions, type MessagesPart } from '../options.ts';
import { measureConnections } from './messagesConnections.ts';
import { measureKills } from './messagesKill.ts';
import { measureMessagesLatency, measureMessagesThroughput } from './messagesLatency.ts';
import { measureMembers } from './messagesMembers.ts';
import { kills, messagesMetrics, sites, type MessagesSample, type SiteName } from './messagesMetrics.ts';
import type { MessagesParams, MessagesPartContext } from './messagesPart.ts';
import { openSite } from './messagesSite.ts';
import type { Scenario } from './Scenario.ts';

const DEFAULTS = {
  ...{ rates: [100, 500], steps: [500, 1_000, 1_500, 2_000, 3_000, 4_000], stepMs: 8_000, windowMs: 20_000 },
  ...{ conversations: 100, receivers: 2, members: 1_000, connections: 10_000, messages: 20_000, awayMs: 2_000 },
};
const SMOKE = {
  ...{ rates: [50], steps: [100], stepMs: 500, windowMs: 500 },
  ...{ conversations: 5, receivers: 2, members: 20, connections: 50, messages: 100, awayMs: 100 },
};

/** Which parts there are on which site, in this order. */
const plan: Record<SiteName, readonly MessagesPart[]> = {
  one: ['latency', 'throughput', 'connections'],
  two: ['latency', 'throughput', 'members', 'kill'],
};

const measures: Record<MessagesPart, (context: MessagesPartContext) => Promise<void>> = {
  latency: measureMessagesLatency,
  throughput: measureMessagesThroughput,
  members: measureMembers,
  connections: measureConnections,
  kill: measureKills,
};

function paramsOf({ parts, rate, count, durationMs, members, connections, smoke }: BenchOptions): MessagesParams {
  const usual = smoke ? SMOKE : DEFAULTS;
  return {
    ...usual,
    parts: messagesParts.filter((part) => parts?.includes(part) ?? true),
    rates: rate === undefined ? usual.rates : [rate],
    windowMs: durationMs ?? usual.windowMs,
    members: members ?? usual.members,
    connections: connections ?? usual.connections,
    messages: count ?? usual.messages,
  };
}

/** Real nodes and databases: how soon messages are with those whom they are for, how many there may be, and what of them outlives a kill. */
export const messages: Scenario = async ({ options, progress, signal, record }) => {
  if (options.remote) throw new Error('messages kills what it measures: it can not measure --target.');
  const params = paramsOf(options);
  const samples: MessagesSample[] = [];
  const planned = sites.map((name) => ({ name, parts: plan[name].filter((part) => params.parts.includes(part)) }));
  const isShared = planned.some(({ name, parts }) => name === 'two' && parts.length > 0);
  record({
    params: { ...params, workers: 1, tls: true, receipts: true },
    versions: isShared ? { redis: await RedisProcess.version(), postgres: await PostgresProcess.version() } : {},
    samples,
    metrics: () => messagesMetrics(samples),
  });
  const stepsOf: Partial<Record<MessagesPart, number>> = {
    ...{ latency: params.rates.length, throughput: params.steps.length, kill: kills.length },
  };
  progress.begin(planned.flatMap(({ parts }) => parts).reduce((sum, part) => sum + (stepsOf[part] ?? 1), 0));
  for (const { name, parts } of planned) {
    if (parts.length === 0 || signal.aborted) continue;
    const scratch = await Scratch.create();
    try {
      const site = await openSite(name, scratch);
      for (const part of parts) {
        if (signal.aborted) break;
        const own = await Scratch.create();
        const add = (sample: MessagesSample) => void samples.push(sample);
        await measures[part]({ params, site, progress, signal, scratch: own, add }).finally(() => own.close());
      }
    } finally {
      await scratch.close();
    }
  }
};
