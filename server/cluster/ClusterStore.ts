import type { CarriedRoom, RoomPlace } from './CarriedRoom.ts';
import type { NodeRecord } from './NodeRecord.ts';

/** Ends a subscription. */
export type Unsubscribe = () => Promise<void>;

/** A room, whose name is its tenant's (API key) alone. */
export interface RoomKey {
  tenant: string;
  room: string;
}

/** What a node asks for when it claims a room. */
export interface RoomClaim {
  /** The node that asks. */
  asker: string;
  /** The node that is to have the room: the one that asks, or another one. */
  nodeId: string;
  ttlMs: number;
  /** Nodes that have it no more, whatever is written. */
  leaving: readonly string[];
  /** Written beside the claim where the node gets the room. Undefined leaves what is there. */
  carried?: CarriedRoom;
}

/**
 * What the nodes of a cluster share. All of it may be lost and be written anew by the nodes. Each call rejects with
 * `clusterUnavailable` where the store can not be reached in time.
 */
export interface ClusterStore {
  /** The record is forgotten `ttlMs` later, unless it is written again. @returns whether the one before was still there */
  writeNode(record: NodeRecord, ttlMs: number): Promise<boolean>;
  removeNode(nodeId: string): Promise<void>;
  /**
   * Forgets a node whose process has ended: nobody listens to its inbox, and its record would be forgotten within `overdueMs`.
   * Either alone is no proof: a connection that breaks is back soon, and a heartbeat may come late.
   * @returns whether the node is forgotten now
   */
  removeEndedNode(nodeId: string, overdueMs: number): Promise<boolean>;
  /** Those that are not forgotten, by their ids. */
  listNodes(): Promise<NodeRecord[]>;
  /**
   * Gives a room to a node, unless another one has it that is not forgotten; of two who ask at once one gets it.
   * @returns where it is now, with the settings that were written before; undefined, and nothing changes, where none has it and the one that asks is forgotten itself: a store
   * that has lost it may have lost who has the room too
   */
  claimRoom(room: RoomKey, claim: RoomClaim): Promise<RoomPlace | undefined>;
  /** Where a room is; it has no owner where none claimed it, or the one that did is forgotten. */
  findRoom(room: RoomKey): Promise<RoomPlace>;
  /**
   * The node has the room no more. Where another one has it meanwhile, nothing changes.
   * @param isMoving its settings stay for the node that opens it next
   */
  releaseRoom(room: RoomKey, nodeId: string, isMoving: boolean): Promise<void>;
  /** To all who listen now to the inbox of a node; the answer is how many these were. */
  send(nodeId: string, message: unknown): Promise<number>;
  /** From the moment it resolves, and again by itself after the store was away. What is sent meanwhile is lost. */
  listen(nodeId: string, listener: (message: unknown) => void): Promise<Unsubscribe>;
  close(): Promise<void>;
}
