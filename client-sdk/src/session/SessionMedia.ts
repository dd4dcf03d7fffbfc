import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { TrackInfo } from '../../../protocol/participants.ts';
import type { MediaInfo, RequestInput, RequestMethod } from '../../../protocol/signaling.ts';
import { PlayoutDelays } from '../media/PlayoutDelays.ts';
import type { DtlsIdentity } from '../media/DtlsIdentity.ts';
import type { LoadedDevice } from '../media/MediaDevice.ts';
import { MediaLink } from '../media/MediaLink.ts';
import type { Publisher } from '../media/Publisher.ts';
import { Subscriber } from '../media/Subscriber.ts';
import { wantedBitrate } from '../media/wantedBitrate.ts';
import { UplinkFloorWatch } from '../media/UplinkFloorWatch.ts';
import { VideoGaps } from '../media/VideoGaps.ts';
import { watchHandshake } from '../media/watchHandshake.ts';
import type { RemoteParticipant } from '../participants/RemoteParticipant.ts';
import { probeTimeoutMs } from '../policies/silencePolicy.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import type { Connection } from '../signaling/Connection.ts';
import type { ResolvedOptions } from '../TastingRoomOptions.ts';
import type { JoinTimer } from './JoinTimer.ts';
import { Latecomers } from './Latecomers.ts';
import { NetworkReporter } from './NetworkReporter.ts';

export interface SessionMediaOptions {
  options: ResolvedOptions;
  connection: Connection;
  publisher: Publisher;
  timer: JoinTimer;
  identity: () => DtlsIdentity;
  emit: RoomEmit;
  /** As of the session. */
  isInside: () => boolean;
  participant: (participantId: string) => RemoteParticipant | undefined;
  playbackBlocked: () => void;
}

/**
 * Shorter than for other requests: after a change of network it is also the question whether the socket is still alive. What is asked ahead
 * has the time of any other request: a socket that is slow must not be given up for it.
 */
const RESTART_ICE_TIMEOUT_MS = 4_000;

/** The media of one stay: transports, what comes over them and what goes, in line with what the server says. */
export class SessionMedia {
  readonly link: MediaLink;
  readonly subscriber: Subscriber;
  readonly #options: SessionMediaOptions;
  readonly #latecomers: Latecomers;
  readonly #reporter: NetworkReporter;
  readonly #playoutDelays = new PlayoutDelays();
  readonly #videoGaps = new VideoGaps();
  #closed = false;

  constructor(options: SessionMediaOptions) {
    this.#options = options;
    const { connection, timer, identity, emit } = options;
    const { logger, iceTransportPolicy, adaptiveSubscription } = options.options;
    this.link = new MediaLink({
      logger,
      iceTransportPolicy,
      certificate: () => identity().certificate,
      connect: (transportId, dtlsParameters) => {
        if (!identity().fingerprints) this.#background('connectTransport', { transportId, dtlsParameters });
      },
      untilLive: () => connection.untilLive(RESTART_ICE_TIMEOUT_MS),
      restartIce: async (transportId, inUse, isAhead) => {
        const timeoutMs = isAhead ? undefined : RESTART_ICE_TIMEOUT_MS;
        return (await connection.request('restartIce', { transportId, inUse }, timeoutMs)).iceParameters;
      },
      recvStarted: (transport) => {
        watchHandshake(transport, {
          iceConnected: (atMs) => timer.mark('iceMs', atMs),
          dtlsConnected: (atMs) => timer.mark('dtlsMs', atMs),
        });
        transport.on('looked', (report) => {
          this.#playoutDelays.take(report, this.subscriber.receivers);
          this.#videoGaps.take(report, this.subscriber.watchedVideos, transport.rttMs);
        });
      },
      sendStarted: (transport) => {
        const wantedBps = () => [...options.publisher.publications].reduce((sum, { aloneBps }) => sum + aloneBps, 0);
        const floor = new UplinkFloorWatch({ transport: transport.transport, wantedBps, logger });
        transport.on('looked', (report) => {
          options.publisher.look(report);
          floor.take(report);
        });
      },
      fellSilent: () => connection.probe(probeTimeoutMs(this.link.rttMs), () => this.link.silent),
      heardAgain: () => connection.hurry(),
      failed: () => emit('mediaError', new ChaxiError('mediaFailed')),
    });
    this.subscriber = new Subscriber({
      logger,
      adaptive: adaptiveSubscription,
      emit,
      participant: options.participant,
      isInside: options.isInside,
      isLive: () => connection.live,
      setPreferences: (data) => connection.request('setConsumerPreferences', data),
      requestKeyFrame: (data) => this.#background('requestKeyFrame', data),
      frameArrived: (atMs) => timer.mark('firstFrameMs', atMs),
      playbackBlocked: options.playbackBlocked,
    });
    this.#latecomers = new Latecomers({
      joining: () => timer.running,
      subscribe: async () => {
        const { recv } = this.link;
        const answer = await connection.request('subscribe', {});
        // Those of a transport that has been replaced went with it.
        return recv === this.link.recv ? answer : { consumers: [] };
      },
      arrived: (consumers) => {
        for (const consumer of consumers) this.subscriber.add(consumer);
      },
      failed: (error) => logger.debug('subscribe failed', error),
    });
    this.#reporter = new NetworkReporter({
      logger,
      isReady: () => options.isInside() && connection.live,
      link: this.link,
      wanted: () => wantedBitrate(options.publisher.publications),
      isReceiving: () => this.subscriber.receiving,
      send: (report) => connection.notify('networkReport', report),
    });
  }

  /** To receive comes first, and the other transport is made while that negotiation is on its way. */
  apply(media: MediaInfo | null, ownTracks: readonly TrackInfo[], { device }: LoadedDevice): void {
    const consumers = media?.consumers ?? [];
    this.link.applyRecv(media, device);
    this.subscriber.apply(this.link.recv, consumers);
    if (consumers.length === 0) this.link.prime(device);
    if (media?.pendingConsumers) this.#latecomers.want();
    if (this.#options.isInside()) this.#reporter.start();
    queueMicrotask(() => {
      if (this.#closed) return;
      this.link.applySend(media, device);
      this.#options.publisher.reconcile(ownTracks, media?.layersWanted ?? []);
    });
  }

  /** The join is over, for better or worse: its picture has nothing to fear from other negotiations any more. */
  joinCompleted(): void {
    this.#latecomers.hurry();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#latecomers.close();
    this.#reporter.close();
    this.subscriber.close();
    this.link.close();
  }

  #background<M extends RequestMethod>(method: M, data: RequestInput<M>): void {
    const { connection, options } = this.#options;
    connection.request(method, data).catch((error: unknown) => options.logger.debug(`${method} failed`, error));
  }
}
