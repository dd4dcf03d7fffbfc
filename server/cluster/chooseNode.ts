import type { Placement } from '../../config/schema.ts';
import type { NodeRecord } from './NodeRecord.ts';

type Candidate = Pick<NodeRecord, 'nodeId' | 'region' | 'load' | 'capacity' | 'mediaReady' | 'draining'>;

/** A region whose nodes are as full as this is left for another one. */
const FULL = 0.9;

/** The node that was asked is kept unless another one is emptier by this part of its capacity: to go there is a round trip more. */
const WORTHWHILE = 0.1;

/**
 * The node that opens a room of which a client asks the node `ownId`, by nodes that are there; undefined where none takes
 * anyone. `sticky` stays where one is, `region` in the region of the node that was asked, which DNS chose near the client;
 * both go further only where nothing is free there. A node without a media worker is chosen by others only where there is no
 * better one; for itself it is as good as ever, since the worker will be back before a client has gone elsewhere.
 */
export function chooseNode(placement: Placement, nodes: readonly Candidate[], ownId: string): string | undefined {
  const open = nodes.filter(({ draining }) => !draining);
  const working = open.filter(({ nodeId, mediaReady }) => mediaReady || nodeId === ownId);
  const ready = working.length > 0 ? working : open;
  const own = nodes.find(({ nodeId }) => nodeId === ownId);
  const free = ready.filter((node) => fullness(node) < FULL);
  const near = free.filter(({ region }) => region === own?.region);
  switch (placement) {
    case 'sticky':
      return free.some(({ nodeId }) => nodeId === ownId) ? ownId : emptiest(near.length > 0 ? near : ready, ownId);
    case 'region':
      return emptiest(near.length > 0 ? near : ready, ownId);
    case 'leastLoaded':
      return emptiest(ready, ownId);
  }
}

function emptiest(nodes: readonly Candidate[], ownId: string): string | undefined {
  const rank = (node: Candidate) => fullness(node) - (node.nodeId === ownId ? WORTHWHILE : 0);
  return [...nodes].sort((a, b) => rank(a) - rank(b) || (a.nodeId < b.nodeId ? -1 : 1))[0]?.nodeId;
}

function fullness({ load, capacity }: Candidate): number {
  return load / capacity;
}
