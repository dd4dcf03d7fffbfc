import type { CreateRoom, RoomDetail, RoomSummary } from '../../protocol/rest.ts';

/** What REST needs of the rooms. A tenant sees its own rooms only. Failures are ChaxiErrors. */
export interface RoomService {
  /** Rejects with `roomExists`, or `limitReached` when the server keeps as many rooms as it may. */
  createRoom(tenant: string, settings: CreateRoom): Promise<RoomSummary>;
  listRooms(tenant: string): Promise<RoomSummary[]>;
  /** Rejects with `roomNotFound`. */
  getRoom(tenant: string, name: string): Promise<RoomDetail>;
  /** Sends everyone away. Rejects with `roomNotFound`. */
  closeRoom(tenant: string, name: string): Promise<void>;
}
