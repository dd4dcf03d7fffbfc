import type { RealtimeMethod, RealtimeRequest, RealtimeResponse } from '../../protocol/realtime.ts';
import type { CounterDesk } from '../rooms/counter/CounterDesk.ts';
import type { Caller } from './readHandshake.ts';

export interface RoomContext {
  desk: CounterDesk;
  caller: Caller;
  /** From now on the socket hears of the shop's rooms. */
  listen: () => void;
}

type Handler<M extends RealtimeMethod> = (
  context: RoomContext,
  data: RealtimeRequest<M>,
) => Promise<RealtimeResponse<M>>;

/** Requests of a counter about the rooms of its shop. */
export type RoomMethod = 'listRooms' | 'createRoom' | 'enterRoom';

/** One handler a request about rooms. What it throws becomes the answer. */
export const roomHandlers: { [M in RoomMethod]: Handler<M> } = {
  async listRooms({ desk, caller, listen }) {
    if (caller.person.counter) listen();
    return { rooms: await desk.list(caller.person) };
  },
  createRoom: async ({ desk, caller }, data) => ({ room: await desk.create(caller.person, data) }),
  enterRoom: async ({ desk, caller }, { room }) => ({
    token: await desk.enter(caller.person, room, caller.expiresAt),
  }),
};

export function isRoomMethod(method: RealtimeMethod): method is RoomMethod {
  return Object.hasOwn(roomHandlers, method);
}

/** Sockets that hear of the rooms of a shop. */
export function roomsChannel(tenant: string): string {
  return `rooms:${tenant}`;
}
