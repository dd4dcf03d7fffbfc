import type { Role, Source } from '../../../protocol/grants.ts';
import type { ConnectionQuality, ParticipantInfo, QualityReason } from '../../../protocol/participants.ts';
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

  /** Of the network, smoothed; `unknown` until there was media to judge by. Told by `connectionQualityChanged`. */
  get quality(): ConnectionQuality {
    return this.#info.quality;
  }

  /** What the quality suffers from; null while it is `good` or `unknown`. Up is from this participant, down is to it. */
  get qualityReason(): QualityReason | null {
    return this.#info.qualityReason;
  }

  /** Who they speak with aside, by participantId: their sound goes to each other alone. Told by `participantUpdated`; of oneself see `room.asideWith`. */
  get asideWith(): string | null {
    return this.#info.asideWith;
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
    this.#info = { ...info, quality: before.quality, qualityReason: before.qualityReason };
    return (
      before.name !== info.name ||
      before.role !== info.role ||
      before.metadata !== info.metadata ||
      before.asideWith !== info.asideWith ||
      before.connection !== info.connection
    );
  }

  /** @internal @returns whether it changed */
  updateQuality({ quality, qualityReason }: Pick<ParticipantInfo, 'quality' | 'qualityReason'>): boolean {
    const changed = this.#info.quality !== quality || this.#info.qualityReason !== qualityReason;
    this.#info = { ...this.#info, quality, qualityReason };
    return changed;
  }

  /** @internal */
  updateSpeaking(speaking: boolean): void {
    this.#speaking = speaking;
  }
}
