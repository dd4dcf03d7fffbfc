import type { Invite } from '../../../protocol/invites.ts';
import { keyOfRoom } from '../../base/keyOfRoom.ts';
import { PacedCalls } from '../../base/PacedCalls.ts';
import type { RoomKey } from '../../storage/StillStore.ts';
import type { Participant } from '../Participant.ts';

/** Between two looks at the invitations of a room. */
const LOOK_INTERVAL_MS = 200;

/** What a timer can hold. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Watched {
  room: RoomKey;
  participants: Set<Participant>;
  /** As JSON, by inviteId. */
  told: Map<string, string>;
  /** Until the next of them expires. */
  timer: NodeJS.Timeout | undefined;
}

export interface InviteWatchOptions {
  list: (room: RoomKey) => Promise<Invite[]>;
}

/** Tells those in rooms of this node who asked for the invitations when one of them is new or has another state. */
export class InviteWatch {
  readonly #options: InviteWatchOptions;
  readonly #watched = new Map<string, Watched>();
  readonly #looks = new PacedCalls({ intervalMs: LOOK_INTERVAL_MS, run: (key) => void this.#look(key) });

  constructor(options: InviteWatchOptions) {
    this.#options = options;
  }

  /** From now on this one hears of changes. @param invites as it is told them now */
  add(room: RoomKey, participant: Participant, invites: readonly Invite[]): void {
    // They may have gone while the invitations were looked up, and nobody would say so again.
    if (!mayHear(participant)) return;
    const key = keyOfRoom(room);
    const known = this.#watched.get(key);
    const watched = known ?? { room, participants: new Set(), told: new Map(), timer: undefined };
    watched.participants.add(participant);
    this.#watched.set(key, watched);
    if (known) return this.#looks.ask(key);
    for (const invite of invites) watched.told.set(invite.inviteId, JSON.stringify(invite));
    this.#awaitExpiry(key, watched, invites);
  }

  /** Something changed of the room's invitations, or of who is in it. */
  ask(room: RoomKey): void {
    const key = keyOfRoom(room);
    if (this.#watched.has(key)) this.#looks.ask(key);
  }

  close(): void {
    this.#looks.close();
    for (const { timer } of this.#watched.values()) clearTimeout(timer);
    this.#watched.clear();
  }

  async #look(key: string): Promise<void> {
    const watched = this.#watched.get(key);
    if (!watched) return;
    const { room, participants, told } = watched;
    for (const participant of participants) if (!mayHear(participant)) participants.delete(participant);
    if (participants.size === 0) {
      clearTimeout(watched.timer);
      this.#watched.delete(key);
      return;
    }
    // The store has said what failed; with the next change it may go better.
    const invites = await this.#options.list(room).catch(() => undefined);
    if (!invites || this.#watched.get(key) !== watched) return;
    for (const invite of invites) {
      const text = JSON.stringify(invite);
      if (told.get(invite.inviteId) === text) continue;
      told.set(invite.inviteId, text);
      for (const participant of participants) participant.notify('inviteChanged', { invite });
    }
    this.#awaitExpiry(key, watched, invites);
  }

  #awaitExpiry(key: string, watched: Watched, invites: readonly Invite[]): void {
    clearTimeout(watched.timer);
    const leftMs = invites.map(({ expiresAt }) => expiresAt - Date.now()).filter((ms) => ms > 0);
    if (leftMs.length === 0) return;
    watched.timer = setTimeout(() => this.#looks.ask(key), Math.min(LONGEST_TIMER_MS, ...leftMs));
  }
}

/** A session may have ended, or have handed over what it may. */
function mayHear({ joined, grants }: Participant): boolean {
  return joined && grants.invite;
}
