import type { Ban, Source, TastingRoom } from '../../../client-sdk/src/index.ts';
import { Observable } from './observable.ts';

/** What hosting needs of the session. */
export interface HostingOptions {
  room: Pick<
    TastingRoom,
    | 'admit'
    | 'admitAll'
    | 'decline'
    | 'endAside'
    | 'muteParticipant'
    | 'removeParticipant'
    | 'handOver'
    | 'setLocked'
    | 'setLobbyNote'
    | 'listBans'
    | 'liftBan'
    | 'waiting'
  >;
  /** Runs a step; a failure is told as a notice. */
  attempt: (step: () => Promise<unknown>) => Promise<void>;
}

/** What a host does about the people in the room, at its door and outside. Who may not is told so by the server. */
export class Hosting extends Observable {
  readonly #options: HostingOptions;
  #bans: readonly Ban[] = [];
  /** Who waited when the host put the sign aside. */
  #seen: ReadonlySet<string> = new Set();

  constructor(options: HostingOptions) {
    super();
    this.#options = options;
  }

  /** Who is kept out, as it was known last. */
  get bans(): readonly Ban[] {
    return this.#bans;
  }

  /** Someone waits who came after the sign was put aside. */
  get knocks(): boolean {
    return this.#options.room.waiting.some(({ participantId }) => !this.#seen.has(participantId));
  }

  /** The sign is put aside until someone else comes. */
  later(): void {
    this.#seen = new Set(this.#options.room.waiting.map(({ participantId }) => participantId));
    this.changed();
  }

  admit(participantId: string, { aside = false } = {}): Promise<void> {
    return this.#options.attempt(() => this.#options.room.admit(participantId, { aside }));
  }

  admitAll(): Promise<void> {
    return this.#options.attempt(() => this.#options.room.admitAll());
  }

  decline(participantId: string, reason: string): Promise<void> {
    const words = reason.trim();
    return this.#options.attempt(() => this.#options.room.decline(participantId, words === '' ? undefined : words));
  }

  /** Who speaks aside waits in the lobby again. */
  endAside(participantId: string): Promise<void> {
    return this.#options.attempt(() => this.#options.room.endAside(participantId));
  }

  silence(participantId: string, source: Source): Promise<void> {
    return this.#options.attempt(() => this.#options.room.muteParticipant(participantId, source));
  }

  async remove(participantId: string, { ban = false } = {}): Promise<void> {
    await this.#options.attempt(() => this.#options.room.removeParticipant(participantId, { ban }));
    if (ban) await this.loadBans();
  }

  handOver(participantId: string): Promise<void> {
    return this.#options.attempt(() => this.#options.room.handOver(participantId));
  }

  setLocked(locked: boolean): Promise<void> {
    return this.#options.attempt(() => this.#options.room.setLocked(locked));
  }

  setLobbyNote(text: string): Promise<void> {
    return this.#options.attempt(() => this.#options.room.setLobbyNote(text.trim()));
  }

  loadBans(): Promise<void> {
    return this.#options.attempt(async () => {
      this.#bans = await this.#options.room.listBans();
      this.changed();
    });
  }

  async liftBan(identity: string): Promise<void> {
    await this.#options.attempt(() => this.#options.room.liftBan(identity));
    await this.loadBans();
  }
}
