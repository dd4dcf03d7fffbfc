import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '../lib/Browser.ts';
import { freePorts } from '../lib/freePorts.ts';
import { NodeCluster } from '../lib/NodeCluster.ts';
import { Scratch } from '../lib/Scratch.ts';
import { PipeRelay, type PipeRelayEnd } from '../relay/PipeRelay.ts';
import { FailoverCall, nowMs, type CallPerson } from './failoverCall.ts';
import { BACK_TIMEOUT_MS, type PartedSample } from './failoverMetrics.ts';

const NODE_ADDRESS = '127.0.0.1';
/** Where each node finds the other one: addresses of the relay. */
const RELAYED = ['127.0.0.2', '127.0.0.3'];
/** For pipes of one room between two nodes, and for those of the one before that are just being closed. */
const PORTS = 10;

/** Two who watch each other from node to node, and on each node someone who watches the one that is there too. */
const PEOPLE: readonly CallPerson[] = [
  { name: 'host', at: 0, watches: 'guest', publishes: true },
  { name: 'guest', at: 1, watches: 'host', publishes: true },
  { name: 'beside-host', at: 0, watches: 'host', publishes: false },
  { name: 'beside-guest', at: 1, watches: 'guest', publishes: false },
];
const ACROSS = new Set(['host', 'guest']);

export interface PartitionOptions {
  browser: Browser;
  pageUrl: string;
  calmMs: number;
  count: number;
  /** How long nothing passes between the nodes. */
  partedMs: number;
  signal: AbortSignal;
  /** Called after each partition. */
  measured: (samples: PartedSample[]) => void;
}

/** Media between two nodes does not pass for a while, again and again, while both have their Redis. */
export async function measurePartitions(options: PartitionOptions): Promise<void> {
  const { browser, pageUrl, calmMs, count, signal, measured } = options;
  const scratch = await Scratch.create();
  try {
    const ends = await relayedEnds();
    const relay = scratch.use(await PipeRelay.open(ends));
    const cluster = await NodeCluster.start({
      ...{ scratch, nodes: ends.length, workers: 1, placement: 'region' as const, apart: true },
      envOf: (index) => pipeEnvironment(ends[index]!),
    });
    const call = await FailoverCall.open({ browser, pageUrl, cluster, room: 'partition', people: PEOPLE });
    try {
      await sleep(calmMs);
      for (let round = 0; round < count && !signal.aborted; round++) {
        measured(await measureOnce(call, relay, { ...options, round }));
      }
    } finally {
      await call.close();
    }
  } finally {
    await scratch.close();
  }
}

async function measureOnce(
  call: FailoverCall,
  relay: PipeRelay,
  { round, calmMs, partedMs }: PartitionOptions & { round: number },
): Promise<PartedSample[]> {
  const { dropped } = relay.counts;
  const partedAtMs = nowMs();
  relay.part();
  await sleep(partedMs);
  relay.mend();
  const sinceMs = nowMs();
  const isBack = await call.untilBack(sinceMs, BACK_TIMEOUT_MS);
  await sleep(calmMs);
  const untilMs = nowMs() - sinceMs;
  const why = relay.counts.dropped === dropped ? 'nothing went by the relay' : isBack ? null : 'not back';
  return Promise.all(
    call.names.map(async (viewer) => {
      const { frameMs, frameMadeMs, soundMs } = await call.seenSince(viewer, sinceMs, sinceMs - partedAtMs);
      const across = ACROSS.has(viewer);
      return { part: 'parted', round, viewer, across, failed: why, untilMs, frameMs, frameMadeMs, soundMs };
    }),
  );
}

async function relayedEnds(): Promise<PipeRelayEnd[]> {
  const first = await freePorts(PORTS * RELAYED.length, [NODE_ADDRESS, ...RELAYED]);
  return RELAYED.map((address, index) => ({
    address,
    ports: Array.from({ length: PORTS }, (_, port) => first + index * PORTS + port),
  }));
}

function pipeEnvironment({ address, ports }: PipeRelayEnd): Record<string, string> {
  return {
    CHAXI_MEDIA_PIPE_LISTEN_IP: NODE_ADDRESS,
    CHAXI_MEDIA_PIPE_ANNOUNCED_ADDRESS: address,
    CHAXI_MEDIA_PIPE_MIN_PORT: String(ports[0]),
    CHAXI_MEDIA_PIPE_MAX_PORT: String(ports.at(-1)),
  };
}
