import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import type { LeaveReason } from '../../protocol/participants.ts';
import type { Ban } from '../../protocol/signaling.ts';
import type { Member } from './Member.ts';
import type { Participant } from './Participant.ts';
import type { Rules } from './records/rulesPart.ts';
import type { SharedRecord } from './records/SharedRecord.ts';

export interface RoomRulesOptions {
  record: SharedRecord<Rules>;
  /** Of this node. */
  sessions: () => Iterable<Participant>;
  /** On all nodes. */
  members: () => readonly Member[];
  end: (participant: Participant, reason: LeaveReason, error: ChaxiError) => void;
  /** Someone can not come any more; told again where they are sent away by it. */
  onBanned: (identity: string) => void;
}

/** Who may come into one room at all, and what those are told who wait. It holds on every node, and outlives the room. */
export class RoomRules {
  readonly #options: RoomRulesOptions;

  constructor(options: RoomRulesOptions) {
    this.#options = options;
    options.record.onChanged(() => this.#sendBannedAway());
  }

  get locked(): boolean {
    return this.#value.locked;
  }

  get lobbyNote(): string {
    return this.#value.lobbyNote;
  }

  /** Who is in the room already may come back into one that is locked. @throws participantBanned, roomLocked */
  assertMayCome(participant: Participant): void {
    const { identity } = participant;
    if (this.#isBanned(identity)) throw new ChaxiError('participantBanned');
    if (!this.locked || participant.comesFreely) return;
    const isThere = this.#options
      .members()
      .some((other) => other !== participant && other.identity === identity && other.stage !== 'prepared');
    if (!isThere) throw new ChaxiError('roomLocked');
  }

  /** @throws notAllowed, storageUnavailable */
  async setLocked(moderator: Participant, locked: boolean): Promise<void> {
    assertMayModerate(moderator);
    await this.#update((rules) => (rules.locked === locked ? rules : { ...rules, locked }));
  }

  /** @throws notAllowed, storageUnavailable */
  async setLobbyNote(host: Participant, lobbyNote: string): Promise<void> {
    if (!host.joined || !host.grants.admit) throw new ChaxiError('notAllowed');
    await this.#update((rules) => (rules.lobbyNote === lobbyNote ? rules : { ...rules, lobbyNote }));
  }

  /** Someone whom the moderator sees can not come any more; their sessions on all nodes end. @throws notAllowed, participantNotFound, storageUnavailable */
  async ban(moderator: Participant, { identity, name }: Pick<Ban, 'identity' | 'name'>): Promise<void> {
    assertMayModerate(moderator);
    // Nobody could let them in again.
    if (identity === moderator.identity) throw new ChaxiError('notAllowed');
    const ban = { identity, name, bannedAt: Date.now() };
    await this.#update((rules) => {
      if (rules.bans.some((other) => other.identity === identity)) return rules;
      return { ...rules, bans: [...rules.bans, ban].slice(-limits.bans) };
    });
    this.#options.onBanned(identity);
  }

  /** @throws notAllowed */
  listBans(moderator: Participant): Ban[] {
    assertMayModerate(moderator);
    return this.#value.bans;
  }

  /** @throws notAllowed, storageUnavailable */
  async liftBan(moderator: Participant, identity: string): Promise<void> {
    assertMayModerate(moderator);
    await this.#update((rules) => {
      const bans = rules.bans.filter((ban) => ban.identity !== identity);
      return bans.length === rules.bans.length ? rules : { ...rules, bans };
    });
  }

  get #value(): Rules {
    return this.#options.record.value;
  }

  async #update(change: (rules: Rules) => Rules): Promise<void> {
    await this.#options.record.update(change);
  }

  #isBanned(identity: string): boolean {
    return this.#value.bans.some((ban) => ban.identity === identity);
  }

  #sendBannedAway(): void {
    for (const participant of [...this.#options.sessions()]) {
      if (!this.#isBanned(participant.identity)) continue;
      this.#options.end(participant, 'removed', new ChaxiError('participantBanned'));
      // Who banned them may have been told that it failed, though the database had written it.
      this.#options.onBanned(participant.identity);
    }
  }
}

function assertMayModerate(moderator: Participant): void {
  if (!moderator.joined || !moderator.grants.moderate) throw new ChaxiError('notAllowed');
}
