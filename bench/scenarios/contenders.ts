import { availableParallelism } from 'node:os';
import { LiveKitServer, liveKitToken, liveKitVersion } from '../lib/LiveKitServer.ts';
import { processTree } from '../lib/procfs.ts';
import type { Scratch } from '../lib/Scratch.ts';
import { openTarget, RELAY_ADDRESS, type Target } from '../lib/Target.ts';
import { packageVersion } from '../lib/versions.ts';
import type { BenchOptions } from '../options.ts';
import { Relay } from '../relay/Relay.ts';

/** One of the two sides of a comparison: a server, and the page of its client. */
export interface Contender {
  name: string;
  page: string;
  url: string;
  token: Target['token'];
  /** Of its server; empty where that runs elsewhere. */
  pids: () => number[];
  relay: Relay | null;
  versions: Record<string, string>;
}

interface ContendersOptions {
  scratch: Scratch;
  options: BenchOptions;
}

/**
 * Chaxi and the other. Naive is another client of the same server and through the same relay, over TLS. LiveKit's server has no TLS of its own, and a proxy
 * would stand in its way alone: so both speak in the clear.
 */
export async function openContenders({ scratch, options }: ContendersOptions): Promise<[Contender, Contender]> {
  const { peer, remote, seed } = options;
  const tls = peer === 'naive';
  const workers = availableParallelism();
  const chaxi = chaxiContender(await openTarget({ scratch, remote, relayed: true, tls, workers, seed }));
  if (peer === 'naive') return [chaxi, { ...chaxi, name: 'naive', page: 'naive' }];
  return [chaxi, await openLiveKit({ scratch, options })];
}

export function chaxiContender({ node, url, token, relay }: Target): Contender {
  return {
    name: 'chaxi',
    page: 'chaxi',
    url,
    token,
    relay,
    pids: () => (node ? processTree(node.pid) : []),
    versions: {},
  };
}

/** The one of --livekit, or one of our own behind a relay. @throws Error that says how to get one */
export async function openLiveKit({ scratch, options }: ContendersOptions): Promise<Contender> {
  const { livekit, seed } = options;
  const common = {
    name: 'livekit',
    page: 'livekit',
    token: (request: Parameters<Target['token']>[0]) => liveKitToken(livekit, request),
    versions: { 'livekit-client': packageVersion('node_modules/livekit-client') },
  };
  if (livekit) return { ...common, url: livekit.url, pids: () => [], relay: null };
  const server = scratch.use(await LiveKitServer.start({ dir: scratch.dir, announcedAddress: RELAY_ADDRESS }));
  const route = (port: number) => ({ listen: { host: RELAY_ADDRESS, port }, target: { host: '127.0.0.1', port } });
  const { httpPort, udpPort } = server;
  const relay = scratch.use(await Relay.open({ udp: [route(udpPort)], tcp: [route(httpPort)], seed }));
  return {
    ...common,
    url: `ws://${RELAY_ADDRESS}:${httpPort}`,
    pids: () => processTree(server.pid),
    relay,
    versions: { ...common.versions, 'livekit-server': liveKitVersion() },
  };
}
