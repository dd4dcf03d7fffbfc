import type { types } from 'mediasoup-client';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ConsumerInfo, RequestInput, VideoSize } from '../../../protocol/signaling.ts';
import type { Logger } from '../Logger.ts';
import { isLess, subscriptionWish, type SubscriptionWish } from '../policies/subscriptionPolicy.ts';
import type { RemoteTrack } from '../tracks/RemoteTrack.ts';
import type { ElementObserver } from './ElementObserver.ts';
import { FrameWatch } from './FrameWatch.ts';
import { iceStarted } from './iceStarted.ts';
import type { MediaTransport } from './MediaTransport.ts';
import { spatialLayerCount } from './spatialLayerCount.ts';

/** A wish for less waits this long, a wish for more does not wait. */
const DOWNGRADE_DELAY_MS = 2_000;
const RATE_LIMIT_DELAY_MS = 1_000;
/** What cameras are asked for, where the publisher has not told what it has got. */
const ASSUMED_SIZE = { width: 1_280, height: 720 };

export interface SubscriptionContext {
  readonly logger: Logger;
  readonly adaptive: boolean;
  readonly observer: ElementObserver;
  /** The room has been entered, for all or aside: before that consumers stay paused. */
  readonly inside: boolean;
  readonly live: boolean;
  /** More than one video is received. */
  readonly competing: boolean;
  setPreferences(data: RequestInput<'setConsumerPreferences'>): Promise<unknown>;
  requestKeyFrame(consumerId: string): void;
  /** A consumer can be shown, or another one has taken its place. */
  consumerReady(subscription: Subscription): void;
  frameArrived(atMs: number): void;
}

/** The receiving of one publication, over whatever consumer serves it at present. */
export class Subscription {
  readonly producerId: string;
  readonly #context: SubscriptionContext;
  #info: ConsumerInfo;
  #consumer: types.Consumer | null = null;
  #transport: MediaTransport | null = null;
  #track: RemoteTrack | null = null;
  #subscribed = true;
  #wasAttached = false;
  #watched: readonly HTMLMediaElement[] = [];
  #wish: SubscriptionWish;
  /** What the server has been told for the present consumer. */
  #told: SubscriptionWish;
  #syncing = false;
  #downgradeTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #attachTimer: ReturnType<typeof setTimeout> | undefined;
  #frameWatch: FrameWatch | undefined;
  /** Nothing was received on the present consumer yet. */
  #fresh = true;
  #closed = false;

  constructor(context: SubscriptionContext, info: ConsumerInfo) {
    this.#context = context;
    this.producerId = info.producerId;
    this.#info = info;
    this.#told = toldBy(info);
    this.#wish = { ...this.#told, paused: false };
  }

  get info(): ConsumerInfo {
    return this.#info;
  }

  get consumer(): types.Consumer | null {
    return this.#consumer;
  }

  get track(): RemoteTrack | null {
    return this.#track;
  }

  /** Media should be arriving. */
  get receiving(): boolean {
    return this.#consumer !== null && this.#context.inside && !this.#told.paused && !this.#track?.muted;
  }

  /** Brings it into line with what the server says of it now. */
  update(info: ConsumerInfo, transport: MediaTransport): void {
    const known = this.#info.consumerId === info.consumerId && this.#transport === transport;
    this.#info = info;
    this.#told = { ...(known ? this.#told : toldBy(info)), paused: info.paused };
    if (!known) void this.#consume(transport);
    else this.#settle();
  }

  /** What its camera gives has another size now. */
  resized(size: VideoSize): void {
    this.#info = { ...this.#info, size };
    this.viewChanged();
  }

  bind(track: RemoteTrack): void {
    this.#track = track;
  }

  /** What is received is shown nowhere any more. @returns what it was shown as */
  unbind(): RemoteTrack | null {
    const track = this.#track;
    this.#track = null;
    this.#subscribed = true;
    this.#watchElements();
    this.#wasAttached = false;
    return track;
  }

  setSubscribed(subscribed: boolean): void {
    this.#subscribed = subscribed;
    this.viewChanged();
  }

  /** Elements, their sizes or the visibility of the page changed. */
  viewChanged(): void {
    if (this.#closed) return;
    this.#watchElements();
    if (this.#isViewPending) return;
    const wish = this.#computeWish();
    if (this.#subscribed && !this.#told.paused && isLess(wish, this.#wish)) {
      // Not begun anew by each change: where people talk there is one in each second.
      this.#downgradeTimer ??= setTimeout(() => this.#setWish(this.#computeWish()), DOWNGRADE_DELAY_MS);
    } else {
      this.#setWish(wish);
    }
  }

  /** Tells the server what it has not been told yet, and looks for frames if there should be any. */
  #settle(): void {
    // What does not flow yet begins in the size in which it is shown.
    const waits = this.#told.paused && this.#isViewPending;
    if (!this.#syncing && !waits) void this.#syncLoop();
    this.#watchFrames();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#downgradeTimer);
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#attachTimer);
    this.#frameWatch?.close();
    for (const element of this.#watched) this.#context.observer.unwatch(element);
    this.#consumer?.close();
  }

  async #consume(transport: MediaTransport): Promise<void> {
    const { consumerId: id, producerId, kind, rtpParameters } = this.#info;
    this.#transport = transport;
    this.#frameWatch?.close();
    this.#frameWatch = undefined;
    this.#consumer?.close();
    this.#consumer = null;
    try {
      const consumer = await transport.transport.consume({
        id,
        producerId,
        kind,
        rtpParameters: rtpParameters as types.RtpParameters,
      });
      await iceStarted(consumer.rtpReceiver);
      if (this.#closed || this.#info.consumerId !== id || this.#transport !== transport) {
        consumer.close();
        return;
      }
      this.#consumer = consumer;
      this.#fresh = true;
      this.#context.consumerReady(this);
      // The view libraries of pages attach a moment later.
      if (kind === 'video' && this.#told.paused) this.#attachTimer = setTimeout(() => this.#settle());
      else this.#settle();
    } catch (error) {
      // A transport that was closed meanwhile has been replaced, and its consumers with it.
      if (!this.#closed && !transport.closed) this.#context.logger.warn(`${kind} can not be received`, error);
    }
  }

  #watchFrames(): void {
    const { kind, consumerId } = this.#info;
    const receiver = this.#consumer?.rtpReceiver;
    const receiving = !this.#closed && this.#context.inside && !this.#told.paused;
    if (kind !== 'video' || !receiver || !receiving) {
      this.#frameWatch?.close();
      this.#frameWatch = undefined;
      return;
    }
    this.#frameWatch ??= new FrameWatch({
      receiver,
      fresh: this.#fresh,
      expected: () => !this.#track?.muted && this.#transport?.state === 'connected',
      onFirstFrame: (atMs) => this.#context.frameArrived(atMs),
      requestKeyFrame: () => this.#context.requestKeyFrame(consumerId),
    });
    this.#fresh = false;
  }

  #watchElements(): void {
    const { observer } = this.#context;
    const elements = this.#track?.kind === 'video' ? this.#track.attachedElements : [];
    for (const element of this.#watched) if (!elements.includes(element)) observer.unwatch(element);
    for (const element of elements) {
      if (!this.#watched.includes(element)) observer.watch(element, () => this.viewChanged());
    }
    this.#watched = elements;
    if (elements.length > 0) this.#wasAttached = true;
  }

  #computeWish(): SubscriptionWish {
    return subscriptionWish({
      kind: this.#info.kind,
      source: this.#info.source,
      speaking: this.#track?.participant.isSpeaking ?? false,
      competing: this.#context.competing,
      subscribed: this.#subscribed,
      adaptive: this.#context.adaptive,
      wasAttached: this.#wasAttached,
      pageVisible: this.#context.observer.pageVisible,
      elements: this.#watched.map((element) => this.#context.observer.view(element)),
      spatialLayers: spatialLayerCount(this.#info),
      fullSize: this.#info.size ?? ASSUMED_SIZE,
    });
  }

  get #isViewPending(): boolean {
    const { adaptive, observer } = this.#context;
    return adaptive && this.#watched.length > 0 && this.#watched.every((element) => observer.isPending(element));
  }

  #setWish(wish: SubscriptionWish): void {
    clearTimeout(this.#downgradeTimer);
    this.#downgradeTimer = undefined;
    this.#wish = wish;
    this.#settle();
  }

  async #syncLoop(): Promise<void> {
    this.#syncing = true;
    try {
      for (;;) {
        const { inside, live } = this.#context;
        const change = preferenceChange(this.#told, this.#wish);
        if (!change || !inside || !live || !this.#consumer || this.#closed) return;
        const { consumerId } = this.#info;
        const before = this.#told;
        this.#told = {
          paused: change.paused ?? this.#told.paused,
          spatialLayer: change.preferredLayers?.spatialLayer ?? this.#told.spatialLayer,
          priority: change.priority ?? this.#told.priority,
        };
        this.#watchFrames();
        await this.#context.setPreferences({ consumerId, ...change }).catch((error: unknown) => {
          if (this.#info.consumerId === consumerId) this.#told = before;
          throw error;
        });
      }
    } catch (error) {
      this.#handleFailure(error);
    } finally {
      this.#syncing = false;
    }
  }

  /** A lost socket brings a snapshot, a consumer that is gone brings its end. Only too many requests at once pass by themselves. */
  #handleFailure(error: unknown): void {
    const code = error instanceof ChaxiError ? error.code : error;
    this.#context.logger.debug('preferences were not taken', code);
    if (code !== 'rateLimited' || this.#closed) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#settle(), RATE_LIMIT_DELAY_MS);
  }
}

/** A new consumer gets the largest layer, in the lowest priority, until told otherwise. */
function toldBy(info: ConsumerInfo): SubscriptionWish {
  return { paused: info.paused, spatialLayer: spatialLayerCount(info) - 1, priority: 1 };
}

function preferenceChange(
  told: SubscriptionWish,
  wish: SubscriptionWish,
): Omit<RequestInput<'setConsumerPreferences'>, 'consumerId'> | null {
  const paused = told.paused === wish.paused ? undefined : wish.paused;
  const layers =
    wish.paused || told.spatialLayer === wish.spatialLayer ? undefined : { spatialLayer: wish.spatialLayer };
  const priority = wish.paused || told.priority === wish.priority ? undefined : wish.priority;
  if (paused === undefined && !layers && priority === undefined) return null;
  return { paused, preferredLayers: layers, ...(priority === undefined ? {} : { priority }) };
}
