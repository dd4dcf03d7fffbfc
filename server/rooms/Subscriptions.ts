import type { Logger } from '../base/logger.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { RequestData } from '../../protocol/signaling.ts';
import { LayerClimb } from '../media/LayerClimb.ts';
import { unlessGone } from '../media/unlessGone.ts';
import { firstTracks } from './firstTracks.ts';
import { receptionOf } from './hearingPolicy.ts';
import { LayerDemand } from './LayerDemand.ts';
import type { Member, Publication } from './Member.ts';
import { consumerInfo, type Participant, type Subscription } from './Participant.ts';
import type { PublishedTrack } from './PublishedTrack.ts';

export interface SubscriptionsOptions {
  /** Only who has loaded these can be given a consumer. */
  routerRtpCapabilitiesId: string;
  /** Of this node. */
  sessions: () => Iterable<Participant>;
  /** Those of other nodes. */
  remote: () => Iterable<Member>;
  logger: Logger;
}

/** A track of another node that is not here by then comes later, and keeps nobody from joining. */
const REMOTE_WITHIN_MS = 200;

/** Where a track could not be had from another node: the first pause, which doubles, and the longest. */
const RETRY_MS = { first: 1_000, longest: 30_000 };

/** Who of this node receives what in one room. */
export class Subscriptions {
  readonly demand = new LayerDemand();
  readonly #climb = new LayerClimb();
  readonly #routerRtpCapabilitiesId: string;
  readonly #sessions: () => Iterable<Participant>;
  readonly #remote: () => Iterable<Member>;
  readonly #logger: Logger;
  /** Subscriptions being made, as `subscriber producer`. */
  readonly #pending = new Set<string>();
  /** Of tracks of other nodes, by producer: how long until the next attempt. */
  readonly #retries = new Map<string, { pauseMs: number; pending: boolean }>();

  constructor({ routerRtpCapabilitiesId, sessions, remote, logger }: SubscriptionsOptions) {
    this.#routerRtpCapabilitiesId = routerRtpCapabilitiesId;
    this.#sessions = sessions;
    this.#remote = remote;
    this.#logger = logger;
  }

  /** What matters most of all that someone has no consumer of. */
  firstMissing(subscriber: Participant): Publication[] {
    const candidates = this.#missing(subscriber).map((publication) => ({
      publication,
      source: publication.track.source,
      role: publication.publisher.role,
      paused: publication.track.paused,
    }));
    return firstTracks(candidates).map(({ publication }) => publication);
  }

  /** Consumers of these; paused for someone who has not entered yet. */
  async subscribeTo(publications: readonly Publication[], subscriber: Participant): Promise<void> {
    const paused = !subscriber.inside;
    await Promise.all(
      publications.map((publication) => {
        const made = this.#subscribe(subscriber, publication, paused);
        return publication.track.remote ? this.#waitShortly(subscriber, made) : made;
      }),
    );
  }

  /** Paused consumers of everything else. */
  async subscribeToRest(subscriber: Participant): Promise<Subscription[]> {
    const made = await Promise.all(
      this.#missing(subscriber).map((publication) => this.#subscribe(subscriber, publication, true)),
    );
    return made.filter((subscription) => subscription !== undefined);
  }

  /** How many tracks someone has no consumer of. */
  pendingCount(subscriber: Participant): number {
    return this.#missing(subscriber).length;
  }

  /** Everyone who may hear or see it gets a paused consumer of a new track. */
  offer(publisher: Member, track: PublishedTrack): void {
    for (const subscriber of this.#sessions()) this.#offerTo(subscriber, { publisher, track });
  }

  /** The same for a track of another node, whose publisher is told from now on what of it is watched here. */
  offerRemote(publisher: Member, track: PublishedTrack): void {
    this.demand.add(publisher, track);
    this.offer(publisher, track);
  }

  /** Someone is about to enter: asked for now, the pictures are on their way when the consumers are made, or resumed. */
  expect(participant: Participant): void {
    const made = [...participant.subscriptions.values()];
    this.demand.expect([...made, ...this.firstMissing(participant)].map(({ track }) => track));
  }

  /**
   * Who speaks with whom aside has changed. What someone may not have any more is withheld as soon as the workers have answered, and
   * then this resolves; what they may have again flows at once.
   */
  async reconsider(): Promise<void> {
    const changed = [...this.#sessions()].flatMap((subscriber) =>
      [...subscriber.subscriptions.values()].filter((subscription) => {
        const withheld = isWithheld(subscriber, subscription);
        if (subscription.withheld === withheld) return false;
        subscription.withheld = withheld;
        this.demand.update(subscription.consumer.producerId);
        return true;
      }),
    );
    // Where a consumer or its worker is gone meanwhile nothing flows.
    await Promise.allSettled(changed.map(follow));
  }

  /** What someone received stops, and is kept for when they come in again. */
  pauseAll(participant: Participant): void {
    for (const subscription of participant.subscriptions.values()) {
      subscription.paused = true;
      this.#climb.stop(subscription.consumer);
      this.demand.update(subscription.consumer.producerId);
      void follow(subscription).catch(() => {});
    }
  }

  /** What was made paused before the participant entered begins to flow. Nothing of it is waited for. */
  resumeAll(participant: Participant): void {
    for (const subscription of participant.subscriptions.values()) {
      subscription.paused = false;
      this.demand.update(subscription.consumer.producerId);
      void this.#beginBelow(subscription)?.catch(() => {});
      void follow(subscription).catch(() => {});
    }
  }

  /** @throws consumerNotFound */
  async setPreferences(
    subscriber: Participant,
    { consumerId, paused, preferredLayers, priority }: RequestData<'setConsumerPreferences'>,
  ): Promise<void> {
    const subscription = this.#assertSubscription(subscriber, consumerId);
    const { consumer } = subscription;
    if (paused !== undefined) subscription.paused = paused;
    if (preferredLayers) subscription.layers = preferredLayers;
    // Before the worker, so that the publisher hears of it as soon as it can.
    this.demand.update(consumer.producerId);
    if (subscription.paused) this.#climb.stop(consumer);
    const changes = Promise.all([
      preferredLayers || paused === false ? this.#preferLayers(subscription) : undefined,
      priority === undefined ? undefined : consumer.setPriority(priority),
      paused === undefined ? undefined : follow(subscription),
    ]);
    await unlessGone(changes, 'consumerNotFound');
  }

  /** @throws consumerNotFound */
  async requestKeyFrame(
    subscriber: Participant,
    { consumerId, discardSent = false }: RequestData<'requestKeyFrame'>,
  ): Promise<void> {
    const { consumer, paused, withheld } = this.#assertSubscription(subscriber, consumerId);
    if (consumer.kind !== 'video') return;
    // A pause empties the worker's buffer of what can be sent again, and what is resumed begins with a key frame.
    if (discardSent && !paused && !withheld)
      await unlessGone(Promise.all([consumer.pause(), consumer.resume()]), 'consumerNotFound');
    else await unlessGone(consumer.requestKeyFrame(), 'consumerNotFound');
  }

  async #preferLayers(subscription: Subscription): Promise<void> {
    const { consumer, layers } = subscription;
    if (consumer.type === 'simple') return;
    const began = this.#beginBelow(subscription);
    if (!began) this.#climb.stop(consumer);
    await (began ?? consumer.setPreferredLayers(layers));
  }

  /** Of a video that is just being woken it gets what there is, and climbs; undefined where there is no need to. */
  #beginBelow({ consumer, layers, paused }: Subscription): Promise<void> | undefined {
    const waking = consumer.type === 'simple' ? null : this.demand.waking(consumer.producerId);
    if (paused || !waking || waking.layers === 0 || layers.spatialLayer < waking.layers) return undefined;
    this.#climb.start(consumer, layers, waking.remainingMs);
    return consumer.setPreferredLayers({ ...layers, spatialLayer: waking.layers - 1 });
  }

  #missing(subscriber: Participant): Publication[] {
    if (!subscriber.grants.subscribe) return [];
    const consumed = new Set([...subscriber.subscriptions.values()].map(({ consumer }) => consumer.producerId));
    return [...this.#sessions(), ...this.#remote()]
      .filter((publisher) => publisher !== subscriber)
      .flatMap((publisher) => [...publisher.tracks.values()].map((track) => ({ publisher, track })))
      .filter((publication) => !consumed.has(publication.track.producerId) && isKnown(subscriber, publication));
  }

  #offerTo(subscriber: Participant, publication: Publication): void {
    void this.#subscribe(subscriber, publication, true).then((made) => made && tell(subscriber, made));
  }

  async #waitShortly(subscriber: Participant, made: Promise<Subscription | undefined>): Promise<void> {
    let isLate = false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        isLate = true;
        resolve();
      }, REMOTE_WITHIN_MS);
    });
    const told = made.then((subscription) => {
      if (isLate && subscription) tell(subscriber, subscription);
    });
    await Promise.race([told, late]);
    clearTimeout(timer);
  }

  async #subscribe(
    subscriber: Participant,
    publication: Publication,
    paused: boolean,
  ): Promise<Subscription | undefined> {
    const { publisher, track } = publication;
    const { media, clientMedia, grants } = subscriber;
    const { producerId } = track;
    if (!media || subscriber === publisher || !grants.subscribe) return undefined;
    if (!isKnown(subscriber, publication)) return undefined;
    if (clientMedia.routerRtpCapabilitiesId !== this.#routerRtpCapabilitiesId) return undefined;
    const key = `${subscriber.id} ${producerId}`;
    if (this.#pending.has(key) || hasConsumerOf(subscriber, producerId)) return undefined;
    this.#pending.add(key);
    try {
      const { rtpCapabilities } = clientMedia;
      // Who may hear can change while the worker makes it, so that sound begins when it is there.
      const waits = paused || track.kind === 'audio';
      const consumer = await media.consume({ track, rtpCapabilities, paused: waits });
      if (!consumer) return undefined;
      if (subscriber.media !== media || track.closed || !isKnown(subscriber, publication)) {
        consumer.close();
        return undefined;
      }
      const subscription: Subscription = {
        consumer,
        publisher,
        track,
        // Who was in the room may have been sent back to the lobby while the worker made it.
        paused: paused || !subscriber.inside,
        withheld: isWithheld(subscriber, publication),
        // A new consumer prefers the largest.
        layers: { spatialLayer: track.spatialLayers - 1 },
      };
      this.#retries.delete(producerId);
      this.#addSubscription(subscriber, subscription, publication);
      const rests = subscription.paused || subscription.withheld;
      if (rests !== waits) void follow(subscription).catch(() => {});
      return subscription;
    } catch (error) {
      if (subscriber.media === media && !track.closed) {
        if (track.remote) this.#retry(publication, error);
        else this.#logger.warn('can not subscribe', { participantId: subscriber.id, producerId, error });
      }
      return undefined;
    } finally {
      this.#pending.delete(key);
    }
  }

  /** Once for all who want it. */
  #retry({ publisher, track }: Publication, error: unknown): void {
    const { producerId } = track;
    const { pauseMs, pending } = this.#retries.get(producerId) ?? { pauseMs: RETRY_MS.first, pending: false };
    if (pending) return;
    this.#logger.warn('a track of another node can not be had', { producerId, error, pauseMs });
    this.#retries.set(producerId, { pauseMs: Math.min(2 * pauseMs, RETRY_MS.longest), pending: true });
    setTimeout(() => {
      const retry = this.#retries.get(producerId);
      if (track.closed) this.#retries.delete(producerId);
      else if (retry) retry.pending = false;
      if (!track.closed) this.offer(publisher, track);
    }, pauseMs).unref();
  }

  #addSubscription(subscriber: Participant, subscription: Subscription, publication: Publication): void {
    const { consumer } = subscription;
    subscriber.subscriptions.set(consumer.id, subscription);
    this.demand.watch(subscription);
    consumer.on('producerclose', () => {
      if (subscriber.subscriptions.delete(consumer.id)) {
        subscriber.notify('consumerClosed', { consumerId: consumer.id });
        // The way to another node has ended, and not the track.
        if (!publication.track.closed) this.#offerTo(subscriber, publication);
      }
    });
  }

  #assertSubscription(subscriber: Participant, consumerId: string): Subscription {
    const subscription = subscriber.subscriptions.get(consumerId);
    if (!subscription || subscription.consumer.closed) throw new ChaxiError('consumerNotFound');
    return subscription;
  }
}

/** Brings a consumer into line with what its subscriber wants and may have. A worker answers in the order of asking. */
function follow({ consumer, paused, withheld }: Subscription): Promise<void> {
  return paused || withheld ? consumer.pause() : consumer.resume();
}

function isKnown(subscriber: Participant, { publisher, track }: Publication): boolean {
  return receptionOf(publisher, track.source, subscriber.id) !== 'hidden';
}

function isWithheld(subscriber: Participant, { publisher, track }: Publication): boolean {
  return receptionOf(publisher, track.source, subscriber.id) !== 'open';
}

function hasConsumerOf(subscriber: Participant, producerId: string): boolean {
  return [...subscriber.subscriptions.values()].some(({ consumer }) => consumer.producerId === producerId);
}

function tell(subscriber: Participant, subscription: Subscription): void {
  subscriber.notify('newConsumer', { consumer: consumerInfo(subscription) });
}
