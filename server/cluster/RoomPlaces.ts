import type { CarriedRoom, RoomPlace } from './CarriedRoom.ts';
import type { RoomKey } from './ClusterStore.ts';

/** Which node has which room: each room is on one node, whoever asks where. */
export interface RoomPlaces {
  /** Calls back for a room of this node that another one has: both opened it while they did not know of each other. */
  onLost(callback: (room: RoomKey) => void): void;
  /**
   * Where the room is, and the settings it had on a node that is gone; where none has it, it is given to `nodeId`.
   * @throws clusterUnavailable, also for a room that none has while it is not known who has what
   */
  claim(room: RoomKey, nodeId: string): Promise<RoomPlace>;
  /** Where the room is. @throws clusterUnavailable, as `claim` does */
  find(room: RoomKey): Promise<RoomPlace>;
  /** This node has opened the room, and keeps it until it is released. */
  keep(room: RoomKey, carried: CarriedRoom): void;
  /** This node has the room no more. Its settings stay for another node where this one is leaving. */
  release(room: RoomKey): void;
  /** Writes down anew what this node has. */
  claimAgain(): void;
  close(): void;
}
