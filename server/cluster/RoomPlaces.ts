import type { CarriedRoom, RoomPlace } from './CarriedRoom.ts';
import type { RoomKey } from './ClusterStore.ts';

/** Which nodes have which room. */
export interface RoomPlaces {
  /** Calls back with the other nodes that have a room of this one, each time that this node writes down that it has it. */
  onShared(callback: (room: RoomKey, others: string[]) => void): void;
  /**
   * Where the room is, and the settings it was made with; where none has it, it is given to `nodeId`, with settings of its own if it has any.
   * @throws clusterUnavailable, also for a room that none has while it is not known who has what
   */
  claim(room: RoomKey, nodeId: string, carried?: CarriedRoom): Promise<RoomPlace>;
  /** Where the room is. @throws clusterUnavailable, as `claim` does */
  find(room: RoomKey): Promise<RoomPlace>;
  /** This node has opened the room, and keeps it until it is released. */
  keep(room: RoomKey, carried: CarriedRoom): void;
  /** This node has the room no more, or never got to have it. Its settings stay for another node where this one is leaving, or as one says. */
  release(room: RoomKey, settingsStay?: boolean): void;
  /** Resolves when it stands nowhere any more that this node has a room that it released, or nobody can be told. */
  released(room: RoomKey): Promise<void>;
  /** Writes down anew what this node has. */
  claimAgain(): void;
  close(): void;
}
