import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ConsumerInfo, RequestData } from '../../protocol/signaling.ts';
import type { Audience } from './Audience.ts';
import type { Entrance } from './Entrance.ts';
import type { Member } from './Member.ts';
import type { Moderation } from './Moderation.ts';
import { consumerInfo, type Participant } from './Participant.ts';
import { trackInfo } from './PublishedTrack.ts';
import type { RoomMedia } from './RoomMedia.ts';
import type { RoomSpan } from './span/RoomSpan.ts';

export interface RoomTracksOptions {
  media: RoomMedia;
  audience: Audience;
  entrance: Pick<Entrance, 'announce'>;
  moderation: Pick<Moderation, 'mute'>;
  span: Pick<RoomSpan, 'touch'>;
  /** On all nodes. */
  members: () => readonly Member[];
}

/** What people of this node ask in one room of their own tracks, and of those of others. */
export class RoomTracks {
  readonly #options: RoomTracksOptions;

  constructor(options: RoomTracksOptions) {
    this.#options = options;
  }

  /** @throws wrongStage, and what `RoomMedia.publish` throws */
  async publish(participant: Participant, request: RequestData<'produce'>): Promise<{ producerId: string }> {
    assertInside(participant);
    const { media, audience, entrance } = this.#options;
    const track = await media.publish(participant, request);
    entrance.announce(participant);
    audience.tellOthers(participant, 'trackPublished', { participantId: participant.id, track: trackInfo(track) });
    media.subscriptions.offer(participant, track);
    return { producerId: track.producerId };
  }

  /** @throws producerNotFound */
  unpublish(participant: Participant, producerId: string): void {
    const track = participant.tracks.get(producerId);
    if (!track) throw new ChaxiError('producerNotFound');
    participant.tracks.delete(producerId);
    track.close();
    this.#options.audience.tellOthers(participant, 'trackUnpublished', { participantId: participant.id, producerId });
  }

  /** Mutes or unmutes an own track, or mutes another's. @throws producerNotFound, notAllowed, wrongStage */
  async setProducerPaused(participant: Participant, producerId: string, paused: boolean): Promise<void> {
    assertInside(participant);
    const { members, moderation } = this.#options;
    const owner = members().find((candidate) => candidate.tracks.has(producerId));
    if (!owner) throw new ChaxiError('producerNotFound');
    if (owner === participant) await this.#pause(participant, producerId, paused, participant);
    else if (paused) await moderation.mute(participant, owner.id, producerId);
    else throw new ChaxiError('notAllowed');
  }

  /** Someone else has muted a track of this participant, who hears of it too. @throws producerNotFound */
  mute(owner: Participant, producerId: string): Promise<void> {
    return this.#pause(owner, producerId, true, undefined);
  }

  /** @throws producerNotFound, wrongStage, rateLimited */
  setVideoSize(participant: Participant, { producerId, size }: RequestData<'setVideoSize'>): void {
    assertInside(participant);
    this.#options.media.setVideoSize(participant, producerId, size);
    this.#options.span.touch(participant);
  }

  /** The consumers that the snapshot left out. @throws wrongStage before media is open */
  async subscribe(participant: Participant): Promise<{ consumers: ConsumerInfo[] }> {
    if (!participant.media) throw new ChaxiError('wrongStage');
    const made = await this.#options.media.subscriptions.subscribeToRest(participant);
    return { consumers: made.map(consumerInfo) };
  }

  /** @throws consumerNotFound, wrongStage */
  setConsumerPreferences(participant: Participant, data: RequestData<'setConsumerPreferences'>): Promise<void> {
    assertInside(participant);
    return this.#options.media.subscriptions.setPreferences(participant, data);
  }

  /** @throws consumerNotFound, wrongStage */
  requestKeyFrame(participant: Participant, data: RequestData<'requestKeyFrame'>): Promise<void> {
    assertInside(participant);
    return this.#options.media.subscriptions.requestKeyFrame(participant, data);
  }

  /** @param by who knows of it already. @throws producerNotFound */
  async #pause(owner: Participant, producerId: string, paused: boolean, by: Participant | undefined): Promise<void> {
    const track = owner.tracks.get(producerId);
    if (!track) throw new ChaxiError('producerNotFound');
    if (track.paused === paused) return;
    await track.setPaused(paused);
    const change = { participantId: owner.id, producerId, paused };
    this.#options.audience.tellOthers(owner, 'trackMuted', change);
    if (owner !== by) owner.notify('trackMuted', change);
  }
}

function assertInside(participant: Participant): void {
  if (!participant.inside) throw new ChaxiError('wrongStage');
}
