import type { CreateRoom, OpenRoom } from '../../../../protocol/rest.ts';
import type { RealtimeRequester } from '../connection/RealtimeConnection.ts';
import { untilAnswered } from '../connection/untilAnswered.ts';

/** @internal */
export interface CounterRoomsOptions {
  request: RealtimeRequester;
  changed: () => void;
}

/** The rooms of a shop, for whoever stands at its counter: every call needs a token with the grant `counter`. */
export class CounterRooms {
  readonly #options: CounterRoomsOptions;
  /** They were asked for, and `roomsChanged` tells when to ask again. */
  #watched = false;

  /** @internal */
  constructor(options: CounterRoomsOptions) {
    this.#options = options;
  }

  /**
   * Those that are open, the one where someone waits longest first. From then on `roomsChanged` tells when to ask again.
   * Waits for a connection. @throws ChaxiError notAllowed
   */
  async list(): Promise<OpenRoom[]> {
    this.#watched = true;
    return (await untilAnswered(() => this.#options.request('listRooms', {}))).rooms;
  }

  /** Opens a room. @throws ChaxiError notAllowed, roomExists, limitReached, connectionLost, … */
  async create(room: Pick<CreateRoom, 'name' | 'lobby' | 'metadata'>): Promise<OpenRoom> {
    return (await this.#options.request('createRoom', room)).room;
  }

  /** A token with which this person enters a room as host; good for twelve hours. @throws ChaxiError notAllowed, connectionLost, … */
  async enter(room: string): Promise<string> {
    return (await this.#options.request('enterRoom', { room })).token;
  }

  /** @internal Something changed, or may have while there was no connection. */
  handleChanged(): void {
    if (this.#watched) this.#options.changed();
  }
}
