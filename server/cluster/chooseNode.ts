import type { Placement } from '../../config/schema.ts';
import type { NodeRecord } from './NodeRecord.ts';

type Candidate = Pick<NodeRecord, 'nodeId' | 'region' | 'load' | 'capacity' | 'mediaReady' | 'draining'>;

/** A node that is as full as this is left for another one. */
const FULL = 0.9;

/** A node that was asked, or has the room already, is kept unless another one is emptier by this part of its capacity. */
const WORTHWHILE = 0.1;

/**
 * The node for one more participant of a room, of which a client asks the node `ownId` and which the nodes `holders` have;
 * undefined where none takes anyone. `sticky` keeps a room together on the nodes that have it; `region` keeps people in the
 * region of the node that was asked, which DNS chose near them, and there on a node that has the room; `leastLoaded` goes where
 * it is emptiest. The first two go further only where nothing is free there. A node without a media worker is chosen by others
 * only where there is no better one; for itself, and for a room that it has, it is as good as ever, since the worker will be back
 * before a client has gone elsewhere.
 */
export function chooseNode(
  placement: Placement,
  nodes: readonly Candidate[],
  { ownId, holders }: { ownId: string; holders: readonly string[] },
): string | undefined {
  const open = nodes.filter(({ draining }) => !draining);
  const working = open.filter(({ nodeId, mediaReady }) => mediaReady || [ownId, ...holders].includes(nodeId));
  const ready = working.length > 0 ? working : open;
  const own = nodes.find(({ nodeId }) => nodeId === ownId);
  const free = ready.filter((node) => fullness(node) < FULL);
  const near = free.filter(({ region }) => region === own?.region);
  const having = (candidates: readonly Candidate[]) => candidates.filter(({ nodeId }) => holders.includes(nodeId));
  const ownIfFree = free.filter(({ nodeId }) => nodeId === ownId);
  const bonus = (node: Candidate) => ([ownId, ...holders].includes(node.nodeId) ? WORTHWHILE : 0);
  const emptiest = (candidates: readonly Candidate[]) => {
    const rank = (node: Candidate) => fullness(node) - bonus(node);
    const isFirst = (node: Candidate) => (node.nodeId === ownId ? 0 : 1);
    return [...candidates].sort(
      (a, b) => rank(a) - rank(b) || isFirst(a) - isFirst(b) || (a.nodeId < b.nodeId ? -1 : 1),
    )[0]?.nodeId;
  };
  const first = (...choices: (readonly Candidate[])[]) => emptiest(choices.find(({ length }) => length > 0) ?? ready);
  switch (placement) {
    case 'sticky':
      return first(having(ownIfFree), having(free), ownIfFree, near);
    case 'region':
      return first(having(near), near);
    case 'leastLoaded':
      return emptiest(ready);
  }
}

function fullness({ load, capacity }: Candidate): number {
  return load / capacity;
}
