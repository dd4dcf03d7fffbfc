import type { ConsumerInfo, RequestInput, ServerNotificationData } from '../../../protocol/signaling.ts';
import type { Logger } from '../Logger.ts';
import type { RemoteParticipant } from '../participants/RemoteParticipant.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import { RemoteTrack } from '../tracks/RemoteTrack.ts';
import { ElementObserver } from './ElementObserver.ts';
import type { MediaTransport } from './MediaTransport.ts';
import { Subscription, type SubscriptionContext } from './Subscription.ts';
import type { WatchedVideo } from './VideoGaps.ts';

export interface SubscriberOptions {
  logger: Logger;
  adaptive: boolean;
  emit: RoomEmit;
  participant: (participantId: string) => RemoteParticipant | undefined;
  isInside: () => boolean;
  isLive: () => boolean;
  setPreferences: (data: RequestInput<'setConsumerPreferences'>) => Promise<unknown>;
  requestKeyFrame: (data: RequestInput<'requestKeyFrame'>) => void;
  frameArrived: (atMs: number) => void;
  playbackBlocked: () => void;
}

/** The first and the last video beside another one change what is asked of it; this much later, so that no join waits for it. */
const COMPETITION_DELAY_MS = 1_000;

/** Everything that is received, by publication. */
export class Subscriber {
  readonly #options: SubscriberOptions;
  readonly #context: SubscriptionContext;
  readonly #observer = new ElementObserver();
  /** By producer id. */
  readonly #subscriptions = new Map<string, Subscription>();
  #transport: MediaTransport | null = null;
  #wasCompeting = false;
  #competitionTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    const { logger, adaptive, isInside, isLive, setPreferences, requestKeyFrame, frameArrived } = options;
    const isCompeting = () => this.#competing;
    this.#context = {
      logger,
      adaptive,
      observer: this.#observer,
      get inside() {
        return isInside();
      },
      get live() {
        return isLive();
      },
      get competing() {
        return isCompeting();
      },
      setPreferences,
      requestKeyFrame: (consumerId) => requestKeyFrame({ consumerId }),
      frameArrived,
      consumerReady: (subscription) => this.#bind(subscription),
    };
    this.#observer.watchPage(() => this.viewChanged());
  }

  get subscriptions(): Iterable<Subscription> {
    return this.#subscriptions.values();
  }

  get receiving(): boolean {
    return [...this.#subscriptions.values()].some(({ receiving }) => receiving);
  }

  get receivers(): RTCRtpReceiver[] {
    return [...this.#subscriptions.values()]
      .map(({ consumer }) => consumer?.rtpReceiver)
      .filter((receiver) => receiver !== undefined);
  }

  /** Those that should show something. */
  get watchedVideos(): WatchedVideo[] {
    return [...this.#subscriptions.values()].flatMap(({ info, consumer, receiving }) => {
      if (info.kind !== 'video' || !consumer || !receiving) return [];
      const beginAnew = () => this.#options.requestKeyFrame({ consumerId: info.consumerId, discardSent: true });
      return [{ trackId: consumer.track.id, beginAnew }];
    });
  }

  /** All consumers there are. They are made in one tick, so that mediasoup-client makes them in one SDP exchange. */
  apply(transport: MediaTransport | null, consumers: readonly ConsumerInfo[]): void {
    this.#transport = transport;
    const present = new Set(consumers.map(({ producerId }) => producerId));
    for (const producerId of [...this.#subscriptions.keys()]) if (!present.has(producerId)) this.remove(producerId);
    for (const info of consumers) this.add(info);
  }

  add(info: ConsumerInfo): void {
    if (!this.#transport) return;
    let subscription = this.#subscriptions.get(info.producerId);
    if (!subscription) {
      subscription = new Subscription(this.#context, info);
      this.#subscriptions.set(info.producerId, subscription);
      this.#watchCompetition();
    }
    subscription.update(info, this.#transport);
  }

  /** Shows what could not be shown before its participant was known or the room entered. */
  bindAll(): void {
    for (const subscription of this.#subscriptions.values()) this.#bind(subscription);
  }

  remove(producerId: string): void {
    const subscription = this.#subscriptions.get(producerId);
    if (!subscription) return;
    this.#subscriptions.delete(producerId);
    subscription.close();
    this.#watchCompetition();
    this.#unbind(subscription);
  }

  /** Something that counts for all of them changed: the page was hidden, or others speak. */
  viewChanged(): void {
    for (const subscription of this.#subscriptions.values()) subscription.viewChanged();
  }

  videoResized({ producerId, size }: ServerNotificationData<'videoResized'>): void {
    this.#subscriptions.get(producerId)?.resized(size);
  }

  removeConsumer(consumerId: string): void {
    for (const { info, producerId } of this.#subscriptions.values()) {
      if (info.consumerId === consumerId) this.remove(producerId);
    }
  }

  /** Back in the lobby one sees nobody any more, and what is received stays ready for the next entry. */
  removeParticipant(participantId: string): void {
    for (const subscription of [...this.#subscriptions.values()]) {
      if (subscription.info.participantId !== participantId) continue;
      if (this.#options.isInside()) this.remove(subscription.producerId);
      else this.#unbind(subscription);
    }
  }

  async resumePlayback(): Promise<void> {
    await Promise.all([...this.#subscriptions.values()].map(({ track }) => track?.resumePlayback()));
  }

  close(): void {
    for (const producerId of [...this.#subscriptions.keys()]) this.remove(producerId);
    clearTimeout(this.#competitionTimer);
    this.#observer.close();
    this.#transport = null;
  }

  get #competing(): boolean {
    return [...this.#subscriptions.values()].filter(({ info }) => info.kind === 'video').length > 1;
  }

  #watchCompetition(): void {
    if (this.#competing === this.#wasCompeting) return;
    this.#wasCompeting = !this.#wasCompeting;
    clearTimeout(this.#competitionTimer);
    this.#competitionTimer = setTimeout(() => this.viewChanged(), COMPETITION_DELAY_MS);
  }

  #unbind(subscription: Subscription): void {
    const track = subscription.unbind();
    if (!track) return;
    track.participant.deleteTrack(track);
    // The application first: `detach()` tells it which elements to remove.
    this.#options.emit('trackUnsubscribed', track, track.participant);
    track.detach();
  }

  #bind(subscription: Subscription): void {
    const { consumer, info, track } = subscription;
    const participant = this.#options.participant(info.participantId);
    if (!consumer || !participant || !this.#options.isInside()) return;
    if (track) {
      if (track.mediaStreamTrack !== consumer.track) track.switchTo(consumer.track);
      return;
    }
    const previous = participant.tracks.get(info.source);
    if (previous) this.remove(previous.producerId);
    const bound = new RemoteTrack({
      source: info.source,
      producerId: info.producerId,
      participant,
      mediaStreamTrack: consumer.track,
      controls: {
        changed: () => subscription.viewChanged(),
        playbackBlocked: this.#options.playbackBlocked,
        setSubscribed: (subscribed) => subscription.setSubscribed(subscribed),
      },
    });
    subscription.bind(bound);
    participant.setTrack(bound);
    this.#options.emit('trackSubscribed', bound, participant);
    // So that one handler serves those that came muted too.
    if (bound.muted) this.#options.emit('trackMuted', bound, participant);
  }
}
