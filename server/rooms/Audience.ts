import type { ServerNotification, ServerNotificationData } from '../../protocol/signaling.ts';
import type { Member } from './Member.ts';
import type { Participant } from './Participant.ts';

export interface AudienceOptions {
  /** Of this node: it tells these. */
  sessions: () => Iterable<Participant>;
  /** Those of other nodes, who hear of everything by theirs. */
  remote: () => Iterable<Member>;
  /** Something of someone changed that others may see. */
  changed: (participant: Participant) => void;
}

/** Who in one room hears of what. Someone who has not entered hears of nothing but the own session. */
export class Audience {
  readonly #sessions: () => Iterable<Participant>;
  readonly #remote: () => Iterable<Member>;
  readonly #changed: (participant: Participant) => void;

  constructor({ sessions, remote, changed }: AudienceOptions) {
    this.#sessions = sessions;
    this.#remote = remote;
    this.#changed = changed;
  }

  /** Those in the lobby. */
  get waiting(): Member[] {
    return [...this.#sessions(), ...this.#remote()].filter(({ stage }) => stage === 'lobby');
  }

  /** Someone in the room; undefined where nobody has this id. */
  findJoined(participantId: string): Participant | undefined {
    for (const participant of this.#sessions()) {
      if (participant.id === participantId && participant.joined) return participant;
    }
    return undefined;
  }

  /** Everyone who has a session, whatever its stage. */
  tellAll<N extends ServerNotification>(name: N, data: ServerNotificationData<N>): void {
    for (const participant of this.#sessions()) participant.notify(name, data);
  }

  tellJoined<N extends ServerNotification>(name: N, data: ServerNotificationData<N>): void {
    for (const participant of this.#sessions()) if (participant.joined) participant.notify(name, data);
  }

  /** Those in the room who may receive what others show. @param from whoever it comes from, who knows of it */
  tellSubscribers<N extends ServerNotification>(name: N, data: ServerNotificationData<N>, from?: string): void {
    for (const participant of this.#sessions()) {
      const { joined, grants, identity } = participant;
      if (joined && grants.subscribe && identity !== from) participant.notify(name, data);
    }
  }

  /** Everyone in the room but the one it is about. */
  tellOthers<N extends ServerNotification>(of: Participant, name: N, data: ServerNotificationData<N>): void {
    this.#changed(of);
    for (const participant of this.#sessions()) {
      if (participant !== of && participant.joined) participant.notify(name, data);
    }
  }

  /** Those who may admit, about who waits now. */
  tellLobby(): void {
    const waiting = this.waiting.map(({ info }) => info);
    for (const participant of this.#sessions()) {
      if (participant.joined && participant.grants.admit) participant.notify('lobbyChanged', { waiting });
    }
  }

  /** The network of a participant changed. Nobody hears of a hidden one, which itself does. */
  tellQuality(participant: Participant): void {
    const { participantId, quality, qualityReason } = participant.info;
    this.#changed(participant);
    const change = { qualities: [{ participantId, quality, qualityReason }] };
    if (participant.visible) this.tellJoined('connectionQuality', change);
    else participant.notify('connectionQuality', change);
  }

  /** Something of a participant changed. */
  tellUpdate(participant: Participant): void {
    this.#changed(participant);
    if (participant.visible) this.tellOthers(participant, 'participantUpdated', { participant: participant.info });
    if (participant.stage === 'lobby') this.tellLobby();
  }
}
