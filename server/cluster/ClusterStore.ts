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
  /** It is to have it beside others that have it; else only where none has. */
  beside: boolean;
  ttlMs: number;
  /** Nodes that keep nobody from having it, though they do. */
  leaving: readonly string[];
  /** Written where there is nothing yet, or by the only node that has the room, beside no other; else what is there is only kept for longer. Undefined leaves what is there. */
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
   * Gives a room to a node; of two who ask at once, and not beside others, one gets it.
   * @returns where it is now, with the settings that were written before; undefined, and nothing changes, where none has it and the one that asks is forgotten itself: a store
   * that has lost it may have lost who has the room too
   */
  claimRoom(room: RoomKey, claim: RoomClaim): Promise<RoomPlace | undefined>;
  /** Where a room is; nobody has it where none claimed it, or those that did are forgotten. */
  findRoom(room: RoomKey): Promise<RoomPlace>;
  /**
   * The node has the room no more.
   * @param isMoving its settings stay though no other node has it, for the one that opens it next
   */
  releaseRoom(room: RoomKey, nodeId: string, isMoving: boolean): Promise<void>;
  /** To all who listen now to the inbox of a node; the answer is how many these were. */
  send(nodeId: string, message: unknown): Promise<number>;
  /** From the moment it resolves, and again by itself after the store was away. What is sent meanwhile is lost. */
  listen(nodeId: string, listener: (message: unknown) => void): Promise<Unsubscribe>;
  /** Calls back when messages come again after the store was away, once what is listened to is listened to again. */
  onHeardAgain(callback: () => void): void;
  close(): Promise<void>;
}
