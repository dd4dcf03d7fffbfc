import type { RoomInfo } from '../../protocol/signaling.ts';
import type { Hosting } from './Hosting.ts';
import type { Participant } from './Participant.ts';
import type { RoomSettings } from './Room.ts';
import type { RoomRules } from './RoomRules.ts';

export interface RoomFactsOptions {
  settings: Readonly<RoomSettings>;
  createdAt: number;
  rules: Pick<RoomRules, 'locked' | 'lobbyNote'>;
  hosting: Pick<Hosting, 'current'>;
  /** Of this node. */
  sessions: () => Iterable<Participant>;
}

/** What holds for one room as its people are told. */
export class RoomFacts {
  readonly #options: RoomFactsOptions;
  #told = '';

  constructor(options: RoomFactsOptions) {
    this.#options = options;
    this.#told = this.#changeable;
  }

  get info(): RoomInfo {
    const { settings, createdAt, rules, hosting } = this.#options;
    const { name, metadata, maxParticipants, lobby } = settings;
    const { locked, lobbyNote } = rules;
    return { name, metadata, maxParticipants, lobby, locked, lobbyNote, ...hosting.current, createdAt };
  }

  /** Tells everyone, those who wait too, where something is not as it was told. */
  tell(): void {
    const changeable = this.#changeable;
    if (changeable === this.#told) return;
    this.#told = changeable;
    const room = this.info;
    for (const participant of this.#options.sessions()) participant.notify('roomChanged', { room });
  }

  /** All but the time that passes by itself. */
  get #changeable(): string {
    const { locked, lobbyNote, hostName, hostAway } = this.info;
    return JSON.stringify([locked, lobbyNote, hostName, hostAway !== null]);
  }
}
