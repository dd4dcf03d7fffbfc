import type { ServerNotification, ServerNotificationData } from '../../protocol/signaling.ts';
import type { Participant } from './Participant.ts';

/** Who in one room hears of what. Someone who has not entered hears of nothing but the own session. */
export class Audience {
  readonly #members: () => Iterable<Participant>;

  constructor(members: () => Iterable<Participant>) {
    this.#members = members;
  }

  /** Those in the lobby. */
  get waiting(): Participant[] {
    return [...this.#members()].filter((participant) => participant.stage === 'lobby');
  }

  /** Someone in the room; undefined where nobody has this id. */
  findJoined(participantId: string): Participant | undefined {
    for (const participant of this.#members()) {
      if (participant.id === participantId && participant.joined) return participant;
    }
    return undefined;
  }

  tellJoined<N extends ServerNotification>(name: N, data: ServerNotificationData<N>): void {
    for (const participant of this.#members()) if (participant.joined) participant.notify(name, data);
  }

  /** Those in the room who may receive what others show. */
  tellSubscribers<N extends ServerNotification>(name: N, data: ServerNotificationData<N>): void {
    for (const participant of this.#members()) {
      if (participant.joined && participant.grants.subscribe) participant.notify(name, data);
    }
  }

  /** Everyone in the room but the one it is about. */
  tellOthers<N extends ServerNotification>(of: Participant, name: N, data: ServerNotificationData<N>): void {
    for (const participant of this.#members()) {
      if (participant !== of && participant.joined) participant.notify(name, data);
    }
  }

  /** Those who may admit, about who waits now. */
  tellLobby(): void {
    const waiting = this.waiting.map(({ info }) => info);
    for (const participant of this.#members()) {
      if (participant.joined && participant.grants.admit) participant.notify('lobbyChanged', { waiting });
    }
  }

  /** The network of a participant changed. Nobody hears of a hidden one, which itself does. */
  tellQuality(participant: Participant): void {
    const { participantId, quality, qualityReason } = participant.info;
    const change = { qualities: [{ participantId, quality, qualityReason }] };
    if (participant.visible) this.tellJoined('connectionQuality', change);
    else participant.notify('connectionQuality', change);
  }

  /** Something of a participant changed. */
  tellUpdate(participant: Participant): void {
    if (participant.visible) this.tellOthers(participant, 'participantUpdated', { participant: participant.info });
    if (participant.stage === 'lobby') this.tellLobby();
  }
}
