import type { Role, Source } from '../../../protocol/grants.ts';
import type { ConnectionQuality, ParticipantInfo } from '../../../protocol/participants.ts';
import type { Track } from '../tracks/Track.ts';

/** Someone in the room, oneself included. */
export abstract class Participant {
  abstract readonly isLocal: boolean;
  /** By source. */
  abstract readonly tracks: ReadonlyMap<Source, Track>;
  #info: ParticipantInfo;
  #speaking = false;

  /** @internal */
  constructor(info: ParticipantInfo) {
    this.#info = info;
  }

  /** Changes with each new session of the same person. */
  get participantId(): string {
    return this.#info.participantId;
  }

  /** The token's subject: the same person in every session. */
  get identity(): string {
    return this.#info.identity;
  }

  get name(): string {
    return this.#info.name;
  }

  get role(): Role {
    return this.#info.role;
  }

  /** Free text of the application. */
  get metadata(): string {
    return this.#info.metadata;
  }

  /** Milliseconds since 1970. */
  get joinedAt(): number {
    return this.#info.joinedAt;
  }

  get connection(): ParticipantInfo['connection'] {
    return this.#info.connection;
  }

  get quality(): ConnectionQuality {
    return this.#info.quality;
  }

  get isSpeaking(): boolean {
    return this.#speaking;
  }

  /** @internal */
  get info(): ParticipantInfo {
    return this.#info;
  }

  /** @internal @returns whether something changed that `participantUpdated` tells */
  updateInfo(info: ParticipantInfo): boolean {
    const before = this.#info;
    this.#info = { ...info, quality: before.quality };
    return (
      before.name !== info.name ||
      before.role !== info.role ||
      before.metadata !== info.metadata ||
      before.connection !== info.connection
    );
  }

  /** @internal @returns whether it changed */
  updateQuality(quality: ConnectionQuality): boolean {
    const changed = this.#info.quality !== quality;
    this.#info = { ...this.#info, quality };
    return changed;
  }

  /** @internal */
  updateSpeaking(speaking: boolean): void {
    this.#speaking = speaking;
  }
}
