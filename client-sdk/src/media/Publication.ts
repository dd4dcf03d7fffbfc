import type { types } from 'mediasoup-client';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../../protocol/errorCodes.ts';
import type { VideoCodecName } from '../../../protocol/mediaCodecs.ts';
import type { TrackInfo } from '../../../protocol/participants.ts';
import type { RtpParameters } from '../../../protocol/rtp.ts';
import type { VideoSize } from '../../../protocol/signaling.ts';
import type { PublishRequest } from '../participants/LocalParticipant.ts';
import { defaultProfile } from '../policies/publishPolicy.ts';
import { isTransient } from '../policies/retryPolicy.ts';
import { LocalTrack } from '../tracks/LocalTrack.ts';
import { LocalProducer } from './LocalProducer.ts';
import type { MediaTransport } from './MediaTransport.ts';
import { pickVideoCodec } from './pickCodec.ts';
import { placeholderTrack } from './placeholderTrack.ts';
import type { PublicationContext } from './PublicationContext.ts';
import { PublishedCapture } from './PublishedCapture.ts';
import { PublishedSize } from './PublishedSize.ts';
import { unlessClosed } from './unlessClosed.ts';
import { Waiters } from './Waiters.ts';

export interface PublicationOptions {
  context: PublicationContext;
  request: PublishRequest;
  mediaStreamTrack: MediaStreamTrack;
  /** It ended by itself, or was refused for good. */
  onEnded: (publication: Publication) => void;
}

/**
 * One published track, over whatever transport and session there is. What should be and what is are compared after each
 * change of either, and one step after the other brings them together; so a change is right at any moment.
 */
export class Publication {
  readonly track: LocalTrack;
  readonly #context: PublicationContext;
  readonly #request: PublishRequest;
  readonly #capture: PublishedCapture;
  readonly #size = new PublishedSize(() => (this.track.kind === 'video' ? this.#capture.size : null));
  readonly #onEnded: (publication: Publication) => void;
  readonly #waiting = new Waiters();
  #wasPublished = false;
  #announcing = false;
  #local: LocalProducer | null = null;
  #producerId: string | null = null;
  #serverPaused = false;
  /** Of the present producer, how many of the smallest layers anyone watches; null until the server has told it. */
  #layersWanted: number | null = null;
  #syncing: Promise<void> | null = null;
  #changed = false;
  #closed = false;

  constructor({ context, request, mediaStreamTrack, onEnded }: PublicationOptions) {
    this.#context = context;
    this.#request = request;
    this.#onEnded = onEnded;
    const { source, profile, codec = DEFAULT_CODEC, capture } = request;
    this.#capture = new PublishedCapture({
      capture,
      mediaStreamTrack,
      profile: profile ?? defaultProfile(source),
      codec,
      logger: context.logger,
      changed: (output) => {
        this.track.switchTo(output);
        void this.sync();
      },
      lost: (error) => this.#handleLost(error),
      correctionFailed: (error) => context.emit('mediaError', error),
    });
    this.track = new LocalTrack({
      source,
      participant: context.participant,
      mediaStreamTrack,
      muted: request.muted ?? false,
      controls: {
        capture: this.#capture,
        setMuted: (muted) => this.#setMuted(muted),
        playbackBlocked: () => undefined,
        changed: () => undefined,
      },
    });
    if (this.track.muted) this.#capture.mute();
  }

  get producerId(): string | null {
    return this.#producerId;
  }

  get producer(): types.Producer | null {
    return this.#local?.producer ?? null;
  }

  /** What of a video is wanted and not sent, since the link does not carry it: in bits a second. */
  get heldBackBps(): number {
    return this.#local?.heldBackBps ?? 0;
  }

  /** What makes a good picture of a single stream of its video: in bits a second. */
  get aloneBps(): number {
    return this.#local?.aloneBps ?? 0;
  }

  /** The server has been asked to take it, and may have done so already. */
  get announcing(): boolean {
    return this.#announcing;
  }

  /** Resolves when the server has taken it. @throws ChaxiError why it has not */
  untilPublished(): Promise<void> {
    return this.#wasPublished ? Promise.resolve() : this.#waiting.wait();
  }

  /** Takes over what the server knows of it. */
  reconcile(serverTrack: TrackInfo | undefined, layersWanted: number | undefined): void {
    this.#layersWanted = layersWanted ?? null;
    if (!serverTrack) {
      this.#producerId = null;
    } else {
      // A mute that the server has not heard of yet is newer than what it says.
      const told = this.#serverPaused === this.track.muted;
      this.#serverPaused = serverTrack.paused;
      if (told && serverTrack.paused) this.mutedByServer();
    }
    void this.sync();
  }

  /** A moderator did it. */
  mutedByServer(): void {
    this.#serverPaused = true;
    this.#markMuted(true);
    void this.sync();
  }

  /** So many of the smallest layers are watched. */
  setLayersWanted(layers: number): void {
    this.#layersWanted = layers;
    void this.sync();
  }

  /**
   * Takes a look at the sending transport, which there is some times a second: nothing tells when the link carries less, or when a shared
   * window or a turned phone gives another size.
   */
  look(report: RTCStatsReport): void {
    if (!this.#producerId) return;
    const resized = this.#size.look();
    if (this.#local?.look(report) || resized) void this.sync();
  }

  /** Stops capturing and takes the publication back; resolves when the server has heard of it. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#capture.close();
    this.#local?.close();
    this.#waiting.reject(new ChaxiError('invalidState', { message: 'The track was unpublished before it was sent.' }));
    if (this.#wasPublished) this.#context.emit('localTrackUnpublished', this.track);
    this.track.detach();
    await this.sync();
  }

  /** Takes the steps that are possible now. Never rejects. */
  sync(): Promise<void> {
    this.#changed = true;
    this.#syncing ??= this.#takeSteps();
    return this.#syncing;
  }

  async #takeSteps(): Promise<void> {
    // What is decided before the first step is seen by all that was called in the same tick.
    await Promise.resolve();
    while (this.#changed) {
      this.#changed = false;
      try {
        for (let step = this.#nextStep(); step; step = this.#nextStep()) await step();
      } catch (error) {
        this.#handleFailure(error);
      }
    }
    this.#syncing = null;
  }

  #nextStep(): (() => Promise<unknown>) | null {
    const { transport, inside, live } = this.#context;
    const producerId = this.#producerId;
    if (this.#closed) return producerId && live ? () => this.#closeOnServer(producerId) : null;
    if (!transport || transport.closed) return null;
    const local = this.#local;
    if (!local || local.closed || local.transport !== transport) return () => this.#produce(transport);
    const { muted } = this.track;
    const sent = muted || !this.#capture.live ? null : this.#capture.output;
    if (local.producer.track !== sent) return () => unlessClosed(local.transport, local.send(sent));
    const { size } = this.#capture;
    // Back in the lobby, where the server takes nothing.
    if (!inside) return local.sends(0, size) ? null : () => unlessClosed(local.transport, local.sendLayers(0, size));
    if (!live) return null;
    const layers = Math.min(this.#layersWanted ?? local.layers, local.layers);
    if (!local.sends(layers, size)) return () => unlessClosed(local.transport, local.sendLayers(layers, size));
    if (!producerId) return () => this.#announce(local);
    if (this.#serverPaused !== muted) return () => this.#tellMuted(producerId, muted);
    const { untold } = this.#size;
    return untold && (() => this.#tellSize(producerId, untold));
  }

  async #produce(transport: MediaTransport): Promise<void> {
    const { simulcast, maxBitrateBps, source, codec: wanted = DEFAULT_CODEC } = this.#request;
    const codec = pickVideoCodec(wanted, this.#context.sendCapabilities);
    // Before the output is looked at: for another codec it may be another track, and the one before ends.
    if (codec) this.#capture.setCodec(codec.name);
    const { size, output, profile } = this.#capture;
    const track = output.readyState === 'live' ? output : placeholderTrack(size.width, size.height);
    this.#local?.close();
    this.#local = null;
    this.#producerId = null;
    this.#layersWanted = null;
    const creation = LocalProducer.create(transport, {
      logger: this.#context.logger,
      source,
      profile,
      track,
      codec,
      simulcast,
      maxBitrateBps,
      size,
      inactive: !this.#context.inside,
    });
    const local = await unlessClosed(transport, creation);
    if (this.#closed) local?.close();
    else this.#local = local ?? null;
  }

  async #announce(local: LocalProducer): Promise<void> {
    const { muted: paused, kind, source } = this.track;
    const size = this.#size.now;
    const rtpParameters = local.producer.rtpParameters as RtpParameters;
    this.#announcing = true;
    const { producerId } = await this.#context
      .request('produce', { kind, source, rtpParameters, paused, ...(size ? { size } : {}) })
      .finally(() => (this.#announcing = false));
    // On a transport that is gone it went with it.
    if (local.transport !== this.#context.transport) return;
    this.#producerId = producerId;
    this.#serverPaused = paused;
    this.#size.told(size);
    if (this.#closed || this.#wasPublished) return;
    this.#wasPublished = true;
    this.#waiting.resolve();
    this.#context.emit('localTrackPublished', this.track);
  }

  async #tellMuted(producerId: string, paused: boolean): Promise<void> {
    await this.#context.request('setProducerPaused', { producerId, paused });
    if (this.#producerId === producerId) this.#serverPaused = paused;
  }

  async #tellSize(producerId: string, size: VideoSize): Promise<void> {
    await this.#context.request('setVideoSize', { producerId, size });
    if (this.#producerId === producerId) this.#size.told(size);
  }

  async #closeOnServer(producerId: string): Promise<void> {
    this.#producerId = null;
    await this.#context.request('closeProducer', { producerId });
  }

  async #setMuted(muted: boolean): Promise<void> {
    if (this.#closed) throw new ChaxiError('invalidState');
    if (!muted) {
      // The camera was released when it was muted, and the next mute may come while it opens.
      await this.#capture.unmute();
      if (this.#capture.muted || this.#closed) return;
    }
    this.#markMuted(muted);
    await this.sync();
  }

  #markMuted(muted: boolean): void {
    if (muted) this.#capture.mute();
    if (this.track.muted === muted) return;
    this.track.markMuted(muted);
    this.#context.emit(muted ? 'trackMuted' : 'trackUnmuted', this.track, this.track.participant);
  }

  /** The device is gone, or the user ended the sharing. */
  #handleLost(error: ChaxiError | null): void {
    if (this.#closed) return;
    if (!error) {
      this.#onEnded(this);
      return;
    }
    this.#markMuted(true);
    void this.sync();
    this.#context.emit('mediaError', error);
  }

  #handleFailure(error: unknown): void {
    const known = error instanceof ChaxiError ? error : new ChaxiError('mediaNotSupported', { cause: error });
    if (known.code === 'producerNotFound') this.#producerId = null;
    if (this.#closed || isTransient(known.code) || overtakenCodes.has(known.code)) {
      this.#context.logger.debug(`publishing ${this.track.source} waits`, known.code);
      return;
    }
    this.#context.logger.warn(`${this.track.source} can not be published`, known.cause ?? known);
    // If nobody waits for it any more, the event has to tell.
    if (this.#waiting.size === 0) this.#context.emit('mediaError', known);
    this.#waiting.reject(known);
    this.#onEnded(this);
  }
}

const DEFAULT_CODEC: VideoCodecName = 'vp8';

/** The session has moved on on the server; the snapshot that tells so begins with this again. */
const overtakenCodes: ReadonlySet<ErrorCode> = new Set(['producerNotFound', 'transportNotFound', 'wrongStage']);
