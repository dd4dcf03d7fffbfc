import type { RoomKey } from './ClusterStore.ts';

/** Which node has which room: each room is on one node, whoever asks where. */
export interface RoomPlaces {
  /** Calls back for a room of this node that another one has: both opened it while they did not know of each other. */
  onLost(callback: (room: RoomKey) => void): void;
  /**
   * The node that has the room; where none has, it is given to `nodeId`.
   * @throws clusterUnavailable, also for a room that none has while it is not known who has what
   */
  claim(room: RoomKey, nodeId: string): Promise<string>;
  /** The node that has the room; undefined where none has. @throws clusterUnavailable, as `claim` does */
  find(room: RoomKey): Promise<string | undefined>;
  /** This node has opened the room, and keeps it until it is released. */
  keep(room: RoomKey): void;
  /** This node has the room no more. */
  release(room: RoomKey): void;
  /** Writes down anew what this node has. */
  claimAgain(): void;
  close(): void;
}
