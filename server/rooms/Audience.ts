import type { ServerNotification, ServerNotificationData } from '../../protocol/signaling.ts';
import { isSeenBy } from './hearingPolicy.ts';
import type { Member } from './Member.ts';
import type { Participant } from './Participant.ts';
import { describeChange, type MemberChange } from './span/describeChange.ts';

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

  /** Those who speak with the host alone. */
  get aside(): Member[] {
    return [...this.#sessions(), ...this.#remote()].filter(({ stage }) => stage === 'aside');
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

  /** Those in the room, who speaks aside first too. */
  tellInside<N extends ServerNotification>(name: N, data: ServerNotificationData<N>): void {
    for (const participant of this.#sessions()) if (participant.inside) participant.notify(name, data);
  }

  /** Those in the room who may receive what others show. @param from whoever it comes from, who knows of it */
  tellSubscribers<N extends ServerNotification>(name: N, data: ServerNotificationData<N>, from?: string): void {
    for (const participant of this.#sessions()) {
      const { inside, grants, identity } = participant;
      if (inside && grants.subscribe && identity !== from) participant.notify(name, data);
    }
  }

  /** Everyone who sees it but the one it is about. */
  tellOthers<N extends ServerNotification>(of: Participant, name: N, data: ServerNotificationData<N>): void {
    this.#changed(of);
    for (const viewer of this.#viewersOf(of)) viewer.notify(name, data);
  }

  /** Someone, on whatever node, is not what they were: each is told what of it they see. */
  tellChange(change: MemberChange): void {
    const { before, after } = change;
    const id = (after ?? before)?.info.participantId;
    const partners = [before?.info.asideWith, after?.info.asideWith];
    const forAll = describeChange(change, null);
    for (const viewer of this.#sessions()) {
      if (!viewer.inside || viewer.id === id) continue;
      const told = partners.includes(viewer.id) ? describeChange(change, viewer.id) : forAll;
      for (const { name, data } of told) viewer.notify(name, data);
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
    const change = { qualities: [{ participantId, quality, qualityReason }] };
    this.tellOthers(participant, 'connectionQuality', change);
    participant.notify('connectionQuality', change);
  }

  /** Something of a participant changed. */
  tellUpdate(participant: Participant): void {
    this.tellOthers(participant, 'participantUpdated', { participant: participant.info });
    if (participant.stage === 'lobby') this.tellLobby();
  }

  #viewersOf(participant: Participant): Participant[] {
    return [...this.#sessions()].filter(
      (viewer) => viewer !== participant && viewer.inside && isSeenBy(participant, viewer.id),
    );
  }
}
