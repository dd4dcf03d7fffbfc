import type { types } from 'mediasoup';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { sourceKinds } from '../../protocol/grants.ts';
import { limits } from '../../protocol/limits.ts';
import type { MediaInfo, RequestData, VideoSize } from '../../protocol/signaling.ts';
import type { Logger } from '../base/logger.ts';
import { iceServersFor } from '../media/iceServers.ts';
import { MediaSession } from '../media/MediaSession.ts';
import type { RoomRouter } from '../media/RoomRouter.ts';
import { RoomRouters } from '../media/RoomRouters.ts';
import type { WorkerPool } from '../media/WorkerPool.ts';
import { askKeyFramesAhead } from './askKeyFramesAhead.ts';
import { LocalTrack } from './LocalTrack.ts';
import type { Member } from './Member.ts';
import type { Participant } from './Participant.ts';
import type { PublishedTrack } from './PublishedTrack.ts';
import { Quotas } from './Quotas.ts';
import { Subscriptions } from './Subscriptions.ts';

/** What all rooms of a node share. */
export interface MediaContext {
  pool: WorkerPool;
  config: Config['media'];
  codecs: types.RouterRtpCodecCapability[];
  routerRtpCapabilities: MediaInfo['routerRtpCapabilities'] & object;
  routerRtpCapabilitiesId: string;
}

/** What media has to tell the room. */
export interface RoomMediaEvents {
  /** With it went these tracks, if it had any; a `mediaReset` follows, or a `mediaFailed`. */
  mediaLost(participant: Participant, producerIds: string[]): void;
  mediaReset(participant: Participant): void;
  mediaFailed(participant: Participant, error: ChaxiError): void;
  speakersChanged(participantIds: string[]): void;
}

export interface RoomMediaOptions {
  context: MediaContext;
  events: RoomMediaEvents;
  /** Of this node. */
  sessions: () => Iterable<Participant>;
  /** Those of other nodes. */
  remote: () => Iterable<Member>;
  logger: Logger;
}

const OPEN_ATTEMPTS = 3;

/** Shorter than the pool waits for a worker: where that wait was in vain, another one would be too. */
const OPEN_AGAIN_WITHIN_MS = 4_000;

/** The media of one room: who has transports where, and who publishes what, over the routers it is spread on. */
export class RoomMedia {
  readonly #context: MediaContext;
  readonly #events: RoomMediaEvents;
  readonly #sessions: () => Iterable<Participant>;
  readonly #logger: Logger;
  readonly #routers: RoomRouters;
  readonly subscriptions: Subscriptions;
  /** Routers whose death is already watched. */
  readonly #watched = new WeakSet<RoomRouter>();
  readonly #videoSizes = new Quotas({ perMinute: limits.videoSizesPerMinute, burst: limits.videoSizeBurst });
  readonly #opening = new Map<Participant, Promise<void>>();

  constructor({ context, events, sessions, remote, logger }: RoomMediaOptions) {
    this.#context = context;
    this.#events = events;
    this.#sessions = sessions;
    this.#logger = logger;
    this.subscriptions = new Subscriptions({
      routerRtpCapabilitiesId: context.routerRtpCapabilitiesId,
      sessions,
      remote,
      logger,
    });
    this.#routers = new RoomRouters({
      pool: context.pool,
      codecs: context.codecs,
      routerCapacity: context.config.consumersPerRouter,
      onSpeakersChanged: (producerIds) => this.#handleSpeakers(producerIds),
    });
  }

  get routerCount(): number {
    return this.#routers.size;
  }

  /** Makes transports and, as far as the client said what it can receive, consumers of what matters first. */
  open(participant: Participant): Promise<void> {
    const pending = this.#opening.get(participant);
    if (pending) return pending;
    if (participant.media) return Promise.resolve();
    const opening = this.#openOnLivingWorker(participant).finally(() => this.#opening.delete(participant));
    this.#opening.set(participant, opening);
    return opening;
  }

  /** The media part of a snapshot; null before `open`. */
  info(participant: Participant): MediaInfo | null {
    const { media, clientMedia } = participant;
    if (!media) return null;
    const { routerRtpCapabilitiesId, routerRtpCapabilities, config } = this.#context;
    return {
      routerRtpCapabilitiesId,
      ...(clientMedia.routerRtpCapabilitiesId === routerRtpCapabilitiesId ? {} : { routerRtpCapabilities }),
      send: media.sendOptions,
      recv: media.recvOptions,
      iceServers: iceServersFor(participant.id, config, Date.now()),
      consumers: participant.consumerInfos,
      pendingConsumers: this.subscriptions.pendingCount(participant),
      layersWanted: participant.layersWanted,
    };
  }

  /** The client has loaded its device with the router's capabilities; what it can receive is known from now on. */
  async setRtpCapabilities(
    participant: Participant,
    rtpCapabilities: Participant['clientMedia']['rtpCapabilities'],
  ): Promise<void> {
    participant.clientMedia = {
      ...participant.clientMedia,
      rtpCapabilities,
      routerRtpCapabilitiesId: this.#context.routerRtpCapabilitiesId,
    };
    const { subscriptions } = this;
    if (participant.media) await subscriptions.subscribeTo(subscriptions.firstMissing(participant), participant);
  }

  /** @throws notAllowed, sourceTaken, limitReached, mediaNotSupported, mediaUnavailable */
  async publish(publisher: Participant, request: RequestData<'produce'>): Promise<LocalTrack> {
    const { kind, source, rtpParameters, paused, size } = request;
    const release = publisher.reserveSource(source);
    try {
      if (sourceKinds[source] !== kind) throw new ChaxiError('badRequest', { path: 'kind' });
      const media = publisher.media;
      if (!media) throw new ChaxiError('wrongStage');
      const producer = await media.produce({ kind, rtpParameters, paused });
      if (publisher.media !== media || !publisher.inside) {
        producer.close();
        throw new ChaxiError('mediaUnavailable');
      }
      const track = new LocalTrack({ producer, router: media.router, source, paused, size });
      publisher.tracks.set(producer.id, track);
      this.subscriptions.demand.add(publisher, track);
      return track;
    } finally {
      release();
    }
  }

  /** @throws producerNotFound, rateLimited */
  setVideoSize(publisher: Participant, producerId: string, size: VideoSize): void {
    const track = publisher.tracks.get(producerId);
    if (track?.kind !== 'video') throw new ChaxiError('producerNotFound');
    if (track.size?.width === size.width && track.size.height === size.height) return;
    // Everyone who receives it is told of each.
    this.#videoSizes.take(publisher);
    track.size = size;
    this.tellSize(track);
  }

  /** Those of this node who receive a video hear how large it is now. */
  tellSize(track: PublishedTrack): void {
    const { producerId, size } = track;
    if (!size) return;
    for (const participant of this.#sessions()) {
      const receives = [...participant.subscriptions.values()].some((subscription) => subscription.track === track);
      if (receives) participant.notify('videoResized', { producerId, size });
    }
  }

  close(): void {
    this.#routers.close();
  }

  /** A worker that dies meanwhile takes with it what is half made; then the next one is tried. */
  async #openOnLivingWorker(participant: Participant): Promise<void> {
    const startedAt = performance.now();
    for (let attempt = 1; !participant.closed && !participant.media; attempt += 1) {
      try {
        await this.#open(participant);
      } catch (error) {
        const late = attempt >= OPEN_ATTEMPTS || performance.now() - startedAt > OPEN_AGAIN_WITHIN_MS;
        if (late || !(error instanceof ChaxiError) || error.code !== 'mediaUnavailable') throw error;
      }
    }
  }

  async #open(participant: Participant): Promise<void> {
    if (participant.inside) this.subscriptions.expect(participant);
    const router = await this.#routers.assign();
    this.#watch(router);
    const media = await MediaSession.create({
      router,
      config: this.#context.config,
      publish: participant.grants.publish.length > 0,
      subscribe: participant.grants.subscribe,
      dtlsFingerprints: participant.clientMedia.dtlsFingerprints,
    });
    if (participant.closed || participant.media) return media.close();
    participant.media = media;
    const first = this.subscriptions.firstMissing(participant);
    askKeyFramesAhead(participant, media, first);
    await this.subscriptions.subscribeTo(first, participant);
  }

  #watch(router: RoomRouter): void {
    if (this.#watched.has(router)) return;
    this.#watched.add(router);
    router.once('died', () => this.#handleRouterDeath(router));
  }

  /** Everyone who was on the router gets new transports on another one, at once and side by side. */
  #handleRouterDeath(router: RoomRouter): void {
    const affected = [...this.#sessions()].filter((participant) => participant.media?.router === router);
    for (const participant of affected) {
      const producerIds = [...participant.tracks.keys()];
      participant.closeMedia();
      this.#events.mediaLost(participant, producerIds);
    }
    for (const participant of affected) {
      this.open(participant).then(
        () => !participant.closed && this.#events.mediaReset(participant),
        (error: unknown) => {
          this.#logger.error('no media after a worker died', { participantId: participant.id, error: String(error) });
          this.#events.mediaFailed(participant, new ChaxiError('mediaUnavailable', { cause: error }));
        },
      );
    }
  }

  #handleSpeakers(producerIds: string[]): void {
    const speakers = producerIds.flatMap((producerId) =>
      [...this.#sessions()].filter((member) => member.tracks.has(producerId)).map((member) => member.id),
    );
    this.#events.speakersChanged([...new Set(speakers)]);
  }
}
