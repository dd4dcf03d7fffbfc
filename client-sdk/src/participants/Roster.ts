import type { LeaveReason, ParticipantInfo, TrackInfo } from '../../../protocol/participants.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import type { LocalParticipant } from './LocalParticipant.ts';
import type { Participant } from './Participant.ts';
import { RemoteParticipant } from './RemoteParticipant.ts';
import { rosterDiff, tracksDiff } from './rosterDiff.ts';

export interface RosterOptions {
  local: LocalParticipant;
  emit: RoomEmit;
  /** A publication is gone, and what is received of it. */
  trackGone: (producerId: string) => void;
  participantGone: (participantId: string) => void;
}

/** Who is in the room and what they publish. */
export class Roster {
  readonly #options: RosterOptions;
  readonly #participants = new Map<string, RemoteParticipant>();
  #speakers: readonly Participant[] = [];

  constructor(options: RosterOptions) {
    this.#options = options;
  }

  get participants(): ReadonlyMap<string, RemoteParticipant> {
    return this.#participants;
  }

  get activeSpeakers(): readonly Participant[] {
    return this.#speakers;
  }

  /** Brings it into line with a snapshot. */
  apply(present: readonly ParticipantInfo[]): void {
    const { left, joined, stayed } = rosterDiff(this.#participants.keys(), present);
    for (const id of left) this.remove(id, 'left');
    for (const info of joined) this.add(info);
    for (const info of stayed) {
      this.update(info);
      this.updateQualities([info]);
      this.#applyTracks(info);
    }
  }

  add(info: ParticipantInfo): void {
    if (this.#participants.has(info.participantId)) return;
    const participant = new RemoteParticipant(info);
    this.#participants.set(info.participantId, participant);
    this.#options.emit('participantJoined', participant);
    for (const track of info.tracks) this.publish(info.participantId, track);
  }

  remove(participantId: string, reason: LeaveReason): void {
    const participant = this.#participants.get(participantId);
    if (!participant) return;
    this.#options.participantGone(participantId);
    this.#participants.delete(participantId);
    if (this.#speakers.includes(participant)) {
      this.setSpeakers(
        this.#speakers.filter((speaker) => speaker !== participant).map((speaker) => speaker.participantId),
      );
    }
    this.#options.emit('participantLeft', participant, reason);
  }

  /** Name, role, metadata, connection, or who they speak with aside. */
  update(info: ParticipantInfo): void {
    const participant = this.#find(info.participantId);
    if (participant?.updateInfo(info)) this.#options.emit('participantUpdated', participant);
  }

  publish(participantId: string, track: TrackInfo): void {
    const participant = this.#participants.get(participantId);
    if (!participant) return;
    const before = participant.publishedTracks.get(track.source);
    if (before && before.producerId !== track.producerId) this.unpublish(participantId, before.producerId);
    participant.setPublishedTrack(track);
    if (before?.producerId !== track.producerId) this.#options.emit('trackPublished', track, participant);
  }

  unpublish(participantId: string, producerId: string): void {
    const participant = this.#participants.get(participantId);
    const track = findTrack(participant, producerId);
    if (!participant || !track) return;
    this.#options.trackGone(producerId);
    participant.deletePublishedTrack(track.source);
    this.#options.emit('trackUnpublished', track, participant);
  }

  setMuted(participantId: string, producerId: string, paused: boolean): void {
    const participant = this.#participants.get(participantId);
    const published = findTrack(participant, producerId);
    if (!participant || !published || published.paused === paused) return;
    participant.setPublishedTrack({ ...published, paused });
    const track = participant.tracks.get(published.source);
    if (track) this.#options.emit(paused ? 'trackMuted' : 'trackUnmuted', track, participant);
    // Nobody receives it here, and still it shows in `publishedTracks`.
    else this.#options.emit('participantUpdated', participant);
  }

  setSpeakers(participantIds: readonly string[]): void {
    const speakers = participantIds.flatMap((id) => this.#find(id) ?? []);
    for (const participant of [this.#options.local, ...this.#participants.values()]) {
      participant.updateSpeaking(speakers.includes(participant));
    }
    if (speakers.length === 0 && this.#speakers.length === 0) return;
    this.#speakers = speakers;
    this.#options.emit('activeSpeakersChanged', speakers);
  }

  updateQualities(changes: readonly Pick<ParticipantInfo, 'participantId' | 'quality' | 'qualityReason'>[]): void {
    for (const change of changes) {
      const participant = this.#find(change.participantId);
      if (participant?.updateQuality(change)) {
        this.#options.emit('connectionQualityChanged', participant, change.quality, change.qualityReason);
      }
    }
  }

  /** Everyone goes, because one goes oneself. */
  clear(reason: LeaveReason): void {
    for (const id of [...this.#participants.keys()]) this.remove(id, reason);
    this.setSpeakers([]);
  }

  #applyTracks({ participantId, tracks }: ParticipantInfo): void {
    const known = [...(this.#participants.get(participantId)?.publishedTracks.values() ?? [])];
    const { unpublished, published, changed } = tracksDiff(known, tracks);
    for (const { producerId } of unpublished) this.unpublish(participantId, producerId);
    for (const track of published) this.publish(participantId, track);
    for (const { producerId, paused } of changed) this.setMuted(participantId, producerId, paused);
  }

  #find(participantId: string): Participant | undefined {
    const { local } = this.#options;
    return participantId === local.participantId ? local : this.#participants.get(participantId);
  }
}

function findTrack(participant: RemoteParticipant | undefined, producerId: string): TrackInfo | undefined {
  return [...(participant?.publishedTracks.values() ?? [])].find((track) => track.producerId === producerId);
}
