import { randomUUID } from 'node:crypto';
import type { Config } from '../config/schema.ts';
import { ChaxiError } from '../protocol/ChaxiError.ts';
import { createLogger } from './base/logger.ts';
import { Bus } from './cluster/Bus.ts';
import { openStore } from './cluster/Cluster.ts';
import type { ClusterStore } from './cluster/ClusterStore.ts';
import type { NodeRecord } from './cluster/NodeRecord.ts';

/** `npx chaxi nodes`: the nodes of the cluster as a table, or as JSON. @throws clusterUnavailable */
export async function listNodes(config: Config, asJson: boolean): Promise<string> {
  const records = await withStore(config, (store) => store.listNodes());
  if (asJson) return JSON.stringify(records, null, 2);
  return records.length === 0 ? 'There is no node in this cluster.' : table(records);
}

/** `npx chaxi drain NODE`: returns when the node has begun. @throws nodeUnavailable, clusterUnavailable */
export async function drainNode(config: Config, nodeId: string): Promise<string> {
  await withStore(config, async (store, logger) => {
    const bus = await Bus.open({ ownId: `cli-${randomUUID()}`, store, logger });
    await bus.request(nodeId, 'drain', {});
    await bus.close();
  });
  return `${nodeId} takes nobody new and has sent its people away. It runs until it is stopped.`;
}

async function withStore<T>(
  config: Config,
  use: (store: ClusterStore, logger: ReturnType<typeof createLogger>) => Promise<T>,
): Promise<T> {
  // Standard output is for the answer alone.
  const logger = createLogger({ level: 'warn', format: 'readable' }, config.mode, process.stderr);
  const store = await openStore(config, logger);
  if (!store) {
    const message = 'There is no cluster: set redis.url (CHAXI_REDIS_URL) and cluster.secret as its nodes have them.';
    throw new ChaxiError('clusterUnavailable', { message });
  }
  try {
    return await use(store, logger);
  } finally {
    await store.close();
  }
}

const COLUMNS: Readonly<Record<string, (record: NodeRecord) => string>> = {
  NODE: ({ nodeId }) => nodeId,
  REGION: ({ region }) => region || '-',
  STATE: ({ draining, mediaReady }) => (draining ? 'draining' : mediaReady ? 'ready' : 'no worker'),
  LOAD: ({ load, capacity }) => `${load} of ${capacity}`,
  ROOMS: ({ rooms }) => String(rooms),
  PEOPLE: ({ participants }) => String(participants),
  VERSION: ({ version }) => version,
  URL: ({ url }) => url,
};

function table(records: readonly NodeRecord[]): string {
  const rows = [Object.keys(COLUMNS), ...records.map((record) => Object.values(COLUMNS).map((cell) => cell(record)))];
  const widths = Object.keys(COLUMNS).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
