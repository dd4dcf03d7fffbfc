import type { RoomKey } from '../ClusterStore.ts';

/**
 * Every key and channel that Chaxi uses in Redis. All may be lost: the nodes write them anew. Values and messages are
 * sealed (`../seal.ts`); all ages are counted by Redis itself, since clocks of nodes may differ.
 */
export const keys = {
  /** Set of the ids of nodes that have written themselves; those whose key below is gone are taken out by who notices. */
  nodes: 'chaxi:nodes',

  /** String, a sealed NodeRecord (`../NodeRecord.ts`); expires `3 * cluster.heartbeatMs` after its node wrote it last. */
  node: (nodeId: string) => `chaxi:node:${nodeId}`,

  /**
   * Hash, the ids of the nodes that have the room, each with `1`; those whose key above is gone do not count. Expires `ROOM_TTL_MS`
   * (`../RoomHolders.ts`) after one of them wrote itself last. A tenant, being an API key, has no colon.
   */
  room: ({ tenant, room }: RoomKey) => `chaxi:holders:${tenant}:${room}`,

  /**
   * String, the sealed settings of a room (`../CarriedRoom.ts`); stays when the nodes of the room die or are drained, and
   * expires with the room: `ROOM_TTL_MS` and its `emptyTimeoutMs` after one of them wrote it last.
   */
  settings: ({ tenant, room }: RoomKey) => `chaxi:settings:${tenant}:${room}`,
} as const;

/** Channels of publish and subscribe; a message is a sealed BusMessage (`../Bus.ts`). */
export const channels = {
  /** What is for one node alone: a node's id, or that of a command line that waits for an answer. */
  inbox: (nodeId: string) => `chaxi:inbox:${nodeId}`,
} as const;
