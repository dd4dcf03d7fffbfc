import type { types } from 'mediasoup-client';
import type { Source } from '../../../protocol/grants.ts';
import type { CaptureProfile } from '../devices/captureOptions.ts';
import type { Logger } from '../Logger.ts';
import type { SentStep } from '../policies/narrowUplinkPolicy.ts';
import { audioPublishPlan, videoPublishPlan, type VideoPublishPlan } from '../policies/publishPolicy.ts';
import { sentEncodings } from '../policies/sentLayersPolicy.ts';
import type { MediaTransport } from './MediaTransport.ts';
import type { PickedCodec } from './pickCodec.ts';
import { UplinkWatch } from './UplinkWatch.ts';
import { isSameSize } from './videoSize.ts';

export type CaptureSize = VideoPublishPlan['size'];

export interface ProduceOptions {
  logger: Logger;
  source: Source;
  profile: CaptureProfile;
  track: MediaStreamTrack;
  /** Of a video; without one the first that can be sent. */
  codec?: PickedCodec;
  simulcast?: boolean;
  maxBitrateBps?: number;
  /** Of what the camera gives: a converted track tells no frame rate. */
  size: CaptureSize;
  /** Negotiates without sending anything yet, until `sendLayers()`. */
  inactive: boolean;
}

/** What is negotiated for one local track on one transport. The server is told separately, so that it is never waited for. */
export class LocalProducer {
  readonly transport: MediaTransport;
  readonly producer: types.Producer;
  /** How many spatial layers there are; 1 of sound. */
  readonly layers: number;
  readonly #video: VideoPublishPlan | null;
  readonly #logger: Logger;
  readonly #uplink: UplinkWatch | null;
  /** How many of the smallest layers are sent, 0 while nothing is; what of them; and the size that those which rest are made of. */
  #sent: { layers: number; step: SentStep | undefined; size: CaptureSize };
  #everSent: boolean;

  /** @throws what mediasoup-client throws: an unsupported codec, a closed transport */
  static async create(transport: MediaTransport, options: ProduceOptions): Promise<LocalProducer> {
    const { inactive, track } = options;
    const video = track.kind === 'video' ? videoPlan(options) : null;
    const plan = video ? videoOptions(video, options) : audioOptions(options);
    const producer = await transport.transport.produce({
      track,
      stopTracks: false,
      disableTrackOnPause: false,
      ...plan,
      encodings: inactive
        ? (plan.encodings ?? [{}]).map((encoding) => ({ ...encoding, active: false }))
        : plan.encodings,
    });
    if (video) await setDegradationPreference(producer.rtpSender, video.degradationPreference);
    return new LocalProducer({ ...options, transport, producer, video });
  }

  private constructor(
    options: Pick<ProduceOptions, 'logger' | 'size' | 'inactive'> & {
      transport: MediaTransport;
      producer: types.Producer;
      video: VideoPublishPlan | null;
    },
  ) {
    const { transport, producer, video, logger, size, inactive } = options;
    this.transport = transport;
    this.producer = producer;
    this.layers = video?.layerBitrates.length ?? 1;
    this.#video = video;
    this.#logger = logger;
    this.#uplink = video && new UplinkWatch({ plan: video, rtpParameters: producer.rtpParameters });
    this.#uplink?.want(inactive ? 0 : this.layers);
    this.#sent = { layers: inactive ? 0 : this.layers, step: this.#uplink?.step, size };
    this.#everSent = !inactive;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  /** What is wanted and not sent, since the link does not carry it: in bits a second. */
  get heldBackBps(): number {
    return this.#uplink?.heldBackBps ?? 0;
  }

  /** What makes a good picture of a single stream of it: in bits a second. */
  get aloneBps(): number {
    return this.#uplink?.aloneBps ?? 0;
  }

  /** Whether it was asked to send that. The size matters where layers rest, which are made small from it. */
  sends(layers: number, size: CaptureSize): boolean {
    const before = this.#sent;
    const someRest = layers > 0 && layers < this.layers;
    const isSame = isSameSize(size, before.size) && size.frameRate === before.size.frameRate;
    return layers === before.layers && this.#uplink?.step === before.step && (isSame || !someRest);
  }

  /** Takes a look at its transport. @returns whether less or more of the layers is to be sent than is now */
  look(report: RTCStatsReport): boolean {
    return this.#uplink?.take(report) ?? false;
  }

  /**
   * Sends so many of the smallest layers, of what the camera gives, as far as the link carries them. A browser that refuses goes on with
   * what it sent, and is not asked for the same again.
   * @throws what the browser does where nothing has ever been sent
   */
  async sendLayers(layers: number, size: CaptureSize): Promise<void> {
    this.#uplink?.want(layers);
    const step = this.#uplink?.step;
    this.#sent = { layers, step, size };
    try {
      await this.#setEncodings(layers, step, size);
      this.#everSent ||= layers > 0;
    } catch (error) {
      if (!this.#everSent) throw error;
      if (!this.closed) this.#logger.warn('the layers that are sent can not be changed', error);
    }
  }

  /** Sends this track, or nothing at all. */
  async send(track: MediaStreamTrack | null): Promise<void> {
    if (this.producer.track !== track) await this.producer.replaceTrack({ track });
  }

  close(): void {
    this.producer.close();
  }

  async #setEncodings(layers: number, step: SentStep | undefined, size: CaptureSize): Promise<void> {
    const sender = this.producer.rtpSender;
    if (!sender) return;
    const parameters = sender.getParameters();
    const sent = this.#video ? sentEncodings({ ...this.#video, size }, layers, step) : [];
    parameters.encodings.forEach((encoding, index) => Object.assign(encoding, sent[index] ?? { active: layers > 0 }));
    await sender.setParameters(parameters).catch(async () => {
      // A browser that can not change layers sends all of them or none.
      const plain = sender.getParameters();
      for (const encoding of plain.encodings) encoding.active = layers > 0;
      await sender.setParameters(plain);
    });
  }
}

interface ProducePlan {
  encodings?: types.RtpEncodingParameters[];
  codec?: types.RtpCodecCapability;
  codecOptions: types.ProducerCodecOptions;
}

function videoPlan({ source, profile, codec, size, simulcast, maxBitrateBps }: ProduceOptions): VideoPublishPlan {
  return videoPublishPlan({ source, profile, codec: codec?.name ?? 'vp8', ...size, simulcast, maxBitrateBps });
}

function videoOptions(plan: VideoPublishPlan, { track, codec }: ProduceOptions): ProducePlan {
  if (plan.contentHint) track.contentHint = plan.contentHint;
  return {
    encodings: plan.encodings,
    codec: codec?.codec,
    codecOptions: {
      videoGoogleStartBitrate: plan.startBitrateKbps,
      ...(plan.minBitrateKbps ? { videoGoogleMinBitrate: plan.minBitrateKbps } : {}),
    },
  };
}

function audioOptions({ source, track, maxBitrateBps }: ProduceOptions): ProducePlan {
  const plan = audioPublishPlan(source, track.getSettings());
  return { codecOptions: { ...plan, opusMaxAverageBitrate: maxBitrateBps ?? plan.opusMaxAverageBitrate } };
}

async function setDegradationPreference(
  sender: RTCRtpSender | undefined,
  degradationPreference: RTCDegradationPreference,
): Promise<void> {
  if (!sender) return;
  try {
    await sender.setParameters({ ...sender.getParameters(), degradationPreference });
  } catch {
    // Firefox and Safari do not have it; the picture is there all the same.
  }
}
