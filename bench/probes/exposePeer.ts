import type { CreatePeer } from '../peers/Peer.ts';
import { crowdProbe, type CrowdMethods } from './crowdProbe.ts';
import { expose } from './expose.ts';
import { latencyProbe, type LatencyMethods } from './latencyProbe.ts';
import { observePeerConnections } from './peerConnections.ts';
import { publisherProbe, type PublisherMethods } from './publisherProbe.ts';
import { watcherProbe, type WatcherMethods } from './watcherProbe.ts';

/** Everything that a page can measure with one library. */
export type PeerMethods = PublisherMethods & WatcherMethods & LatencyMethods & CrowdMethods;

export function exposePeer(createPeer: CreatePeer): void {
  observePeerConnections();
  expose({
    ...publisherProbe(createPeer),
    ...watcherProbe(createPeer),
    ...latencyProbe(createPeer),
    ...crowdProbe(createPeer),
  });
}
