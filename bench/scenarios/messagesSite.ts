import { LightMessenger } from '../clients/LightMessenger.ts';
import { limits } from '../../protocol/limits.ts';
import type { Certificate } from '../lib/certificate.ts';
import { CpuMeter } from '../lib/CpuMeter.ts';
import { NodeCluster } from '../lib/NodeCluster.ts';
import { PostgresProcess } from '../lib/PostgresProcess.ts';
import type { Scratch } from '../lib/Scratch.ts';
import type { ServerNode } from '../lib/ServerNode.ts';
import { openTarget } from '../lib/Target.ts';
import type { SiteName } from './messagesMetrics.ts';

const NODES = 2;
const MEMBERS_AT_ONCE = limits.groupMembersAtOnce;
/** Who puts the conversations together: someone of the shop, who is not connected while anything is measured. */
const HOST = { identity: 'shop', role: 'host', counter: true } as const;

/** What takes part in a cluster and can be killed. */
export interface ClusterSite {
  cluster: NodeCluster;
  postgres: PostgresProcess;
}

/** The servers that are measured. */
export interface MessagesSite {
  name: SiteName;
  certificate: Certificate;
  /** Where people are who send, and those who receive: the same where there is one node. */
  senders: ServerNode;
  receivers: ServerNode;
  /** Null where there is one node. */
  shared: ClusterSite | null;
  token(identity: string): Promise<string>;
  tokenOfHost(): Promise<string>;
}

export async function openSite(name: SiteName, scratch: Scratch): Promise<MessagesSite> {
  if (name === 'one') {
    const target = await openTarget({ scratch, remote: null, relayed: false, tls: true, workers: 1, seed: 1 });
    const node = target.node!;
    return {
      ...{ name, certificate: target.certificate, senders: node, receivers: node, shared: null },
      token: (identity) => target.token({ identity, role: 'guest' }),
      tokenOfHost: () => target.token(HOST),
    };
  }
  const postgres = scratch.use(await PostgresProcess.start());
  const cluster = await NodeCluster.start({
    ...{ scratch, nodes: NODES, workers: 1, placement: 'region' as const },
    env: { CHAXI_DATABASE_URL: postgres.url },
  });
  return {
    ...{ name, certificate: cluster.certificate, shared: { cluster, postgres } },
    senders: cluster.node(0).server,
    receivers: cluster.node(1).server,
    token: (identity) => cluster.token({ identity, role: 'guest' }),
    tokenOfHost: () => cluster.token(HOST),
  };
}

/** Makes groups. @returns their ids, in this order */
export async function makeGroups(site: MessagesSite, groups: readonly (readonly string[])[]): Promise<string[]> {
  const host = await LightMessenger.open({
    ...{ url: site.senders.url, token: await site.tokenOfHost(), receipts: false },
  });
  try {
    const conversationIds: string[] = [];
    for (const [index, group] of groups.entries()) {
      const members = group.map((identity) => ({ identity, name: identity }));
      const { conversation } = await host.request('createGroup', {
        title: `Tasting ${index}`,
        members: members.slice(0, MEMBERS_AT_ONCE),
      });
      const { conversationId } = conversation;
      for (let first = MEMBERS_AT_ONCE; first < members.length; first += MEMBERS_AT_ONCE) {
        await host.request('addMembers', { conversationId, members: members.slice(first, first + MEMBERS_AT_ONCE) });
      }
      conversationIds.push(conversationId);
    }
    return conversationIds;
  } finally {
    host.close();
  }
}

/** Processor time of what takes part. */
export function meterOf({ senders, receivers, shared }: MessagesSite, clients: () => readonly number[]) {
  const nodes = [...new Set([senders, receivers])];
  const meter = new CpuMeter<string>({
    ...Object.fromEntries(nodes.map((node, index) => [`node ${index}`, () => [node.pid]])),
    database: () => shared?.postgres.pids ?? [],
    clients,
  });
  return {
    start: () => meter.start(),
    read: () => {
      const shares = meter.read();
      return {
        nodeCpu: nodes.map((_, index) => shares[`node ${index}`] ?? 0),
        databaseCpu: shares.database ?? 0,
        clientsCpu: shares.clients ?? 0,
      };
    },
  };
}
