import { createAccessToken, type AccessTokenOptions } from '../../server/auth/accessToken.ts';
import { Relay } from '../relay/Relay.ts';
import { createCertificate, type Certificate } from './certificate.ts';
import type { Scratch } from './Scratch.ts';
import { API_KEY, API_SECRET, ServerNode } from './ServerNode.ts';

/** Where clients find the relay, and through it the node on 127.0.0.1. */
export const RELAY_ADDRESS = '127.0.0.2';

/** A server elsewhere that is measured instead of one of our own. */
export interface RemoteTarget {
  url: string;
  apiKey: string;
  apiSecret: string;
}

export type TokenRequest = Omit<AccessTokenOptions, 'apiKey' | 'apiSecret'>;

/** The server that is measured. */
export interface Target {
  url: string;
  token(request: TokenRequest): Promise<string>;
  /** Null for a server elsewhere. */
  node: ServerNode | null;
  /** The network in between; null without one. */
  relay: Relay | null;
  /** Of the node, and good for clients without a browser. */
  certificate: Certificate;
}

export interface TargetOptions {
  scratch: Scratch;
  remote: RemoteTarget | null;
  /** Puts a relay in between, also for a round trip time of 0, so that runs differ in nothing else. */
  relayed: boolean;
  tls: boolean;
  workers: number;
  seed: number;
  env?: Record<string, string>;
}

/** Starts a node, and a relay where one is wanted, or takes the server that is there. */
export async function openTarget(options: TargetOptions): Promise<Target> {
  const { scratch, remote, relayed, tls, workers, seed, env } = options;
  const certificate = await createCertificate(scratch.dir);
  const { apiKey, apiSecret } = remote ?? { apiKey: API_KEY, apiSecret: API_SECRET };
  const token = (request: TokenRequest) => createAccessToken({ apiKey, apiSecret, ttlSeconds: 86_400, ...request });
  if (remote) return { url: remote.url, token, node: null, relay: null, certificate };

  const node = scratch.use(
    await ServerNode.start({
      dir: scratch.dir,
      workers,
      certificate: tls ? certificate : null,
      ...(relayed && { announcedAddress: RELAY_ADDRESS }),
      env,
    }),
  );
  if (!relayed) return { url: node.url, token, node, relay: null, certificate };
  const route = (port: number) => ({
    listen: { host: RELAY_ADDRESS, port },
    target: { host: '127.0.0.1', port },
  });
  const media = node.mediaPorts.map(route);
  const relay = scratch.use(await Relay.open({ udp: media, tcp: [route(node.httpPort), ...media], seed }));
  return { url: node.urlAt(RELAY_ADDRESS), token, node, relay, certificate };
}
