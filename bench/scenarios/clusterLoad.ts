import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientPool } from '../clients/ClientPool.ts';
import { CpuMeter } from '../lib/CpuMeter.ts';
import type { NodeCluster } from '../lib/NodeCluster.ts';
import { total } from '../lib/stats.ts';

/** What flowed within a window, and what it cost; lists of processors hold a value for each node, in cores. */
export interface ClusterLoad {
  seconds: number;
  /** Receivers that were in their rooms and connected at its end. */
  connected: number;
  /** Of each receiver. */
  packets: number[];
  /** By the publishers. */
  sent: number;
  packetsPerSecond: number;
  bitsPerSecond: number;
  workerCpu: number[];
  nodeCpu: number[];
  clientsCpu: number;
}

/** Of receivers that are all counted. Publishers may be in the same processes. */
export async function measureClusterLoad(
  { nodes }: NodeCluster,
  { receivers, publishers, windowMs }: { receivers: ClientPool[]; publishers: ClientPool[]; windowMs: number },
): Promise<ClusterLoad> {
  const cpu = new CpuMeter<string>({
    ...Object.fromEntries(
      nodes.flatMap(({ nodeId, server }) => [
        [`workers of ${nodeId}`, () => server.workerPids],
        [nodeId, () => [server.pid]],
      ]),
    ),
    clients: () => [...new Set([...publishers, ...receivers].flatMap(({ pids }) => pids))],
  });
  const read = () => Promise.all(receivers.map((pool) => pool.receiverStatistics()));
  const readSent = async () => total(await Promise.all(publishers.map((pool) => pool.sent())));
  cpu.start();
  const [before, sentBefore] = await Promise.all([read(), readSent()]);
  const startedAtMs = performance.now();
  await sleep(windowMs);
  const [after, sentAfter] = await Promise.all([read(), readSent()]);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const shares = cpu.read();
  const packets = after.flatMap((pool, index) => pool.packets.map((n, one) => n - (before[index]!.packets[one] ?? 0)));
  const bytes = after.map((pool, index) => pool.bytes - before[index]!.bytes);
  return {
    seconds,
    connected: total(after.map(({ connected }) => connected)),
    packets,
    sent: sentAfter - sentBefore,
    packetsPerSecond: total(packets) / seconds,
    bitsPerSecond: (total(bytes) * 8) / seconds,
    workerCpu: nodes.map(({ nodeId }) => shares[`workers of ${nodeId}`] ?? 0),
    nodeCpu: nodes.map(({ nodeId }) => shares[nodeId] ?? 0),
    clientsCpu: shares.clients ?? 0,
  };
}
