import type { types } from 'mediasoup-client';
import type { Source } from '../../../protocol/grants.ts';
import type { CaptureProfile } from '../devices/captureOptions.ts';
import { audioPublishPlan, videoPublishPlan, type VideoPublishPlan } from '../policies/publishPolicy.ts';
import { sentEncodings } from '../policies/sentLayersPolicy.ts';
import type { MediaTransport } from './MediaTransport.ts';
import type { PickedCodec } from './pickCodec.ts';

export interface ProduceOptions {
  source: Source;
  profile: CaptureProfile;
  track: MediaStreamTrack;
  /** Of a video; without one the first that can be sent. */
  codec?: PickedCodec;
  simulcast?: boolean;
  maxBitrateBps?: number;
  /** Of what the camera gives: a converted track tells no frame rate. */
  size: { width: number; height: number; frameRate: number };
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
  #sentLayers: number;

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
    return new LocalProducer({ transport, producer, video, inactive });
  }

  private constructor(options: {
    transport: MediaTransport;
    producer: types.Producer;
    video: VideoPublishPlan | null;
    inactive: boolean;
  }) {
    const { transport, producer, video, inactive } = options;
    this.transport = transport;
    this.producer = producer;
    this.layers = video?.layerBitrates.length ?? 1;
    this.#video = video;
    this.#sentLayers = inactive ? 0 : this.layers;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  /** How many of the smallest layers are sent; 0 while nothing is. */
  get sentLayers(): number {
    return this.#sentLayers;
  }

  async sendLayers(layers: number): Promise<void> {
    this.#sentLayers = layers;
    const sender = this.producer.rtpSender;
    if (!sender) return;
    const parameters = sender.getParameters();
    const sent = this.#video ? sentEncodings(this.#video, layers) : [];
    parameters.encodings.forEach((encoding, index) => Object.assign(encoding, sent[index] ?? { active: layers > 0 }));
    await sender.setParameters(parameters).catch(async () => {
      // A browser that can not change layers sends all of them or none.
      const plain = sender.getParameters();
      for (const encoding of plain.encodings) encoding.active = layers > 0;
      await sender.setParameters(plain);
    });
  }

  /** Sends this track, or nothing at all. */
  async send(track: MediaStreamTrack | null): Promise<void> {
    if (this.producer.track !== track) await this.producer.replaceTrack({ track });
  }

  close(): void {
    this.producer.close();
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
