import type { types } from 'mediasoup-client';
import type { Source } from '../../../protocol/grants.ts';
import type { VideoCodecName } from '../../../protocol/mediaCodecs.ts';
import { audioPublishPlan, videoPublishPlan } from '../policies/publishPolicy.ts';
import type { MediaTransport } from './MediaTransport.ts';
import { pickVideoCodec } from './pickCodec.ts';

export interface ProduceOptions {
  source: Source;
  track: MediaStreamTrack;
  codec?: VideoCodecName;
  simulcast?: boolean;
  maxBitrateBps?: number;
  /** Of the track, where it can not tell them itself. */
  size: { width: number; height: number; frameRate: number };
  /** Negotiates without sending anything yet, until `activate()`. */
  inactive: boolean;
}

/** What is negotiated for one local track on one transport. The server is told separately, so that it is never waited for. */
export class LocalProducer {
  readonly transport: MediaTransport;
  readonly producer: types.Producer;
  #active: boolean;

  /** @throws what mediasoup-client throws: an unsupported codec, a closed transport */
  static async create(
    transport: MediaTransport,
    sendCapabilities: types.RtpCapabilities,
    options: ProduceOptions,
  ): Promise<LocalProducer> {
    const { inactive, track } = options;
    const plan = track.kind === 'video' ? videoOptions(sendCapabilities, options) : audioOptions(options);
    const producer = await transport.transport.produce({
      track,
      stopTracks: false,
      disableTrackOnPause: false,
      ...plan,
      encodings: inactive
        ? (plan.encodings ?? [{}]).map((encoding) => ({ ...encoding, active: false }))
        : plan.encodings,
    });
    if (plan.degradationPreference) await setDegradationPreference(producer.rtpSender, plan.degradationPreference);
    return new LocalProducer(transport, producer, !inactive);
  }

  private constructor(transport: MediaTransport, producer: types.Producer, active: boolean) {
    this.transport = transport;
    this.producer = producer;
    this.#active = active;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  get active(): boolean {
    return this.#active;
  }

  /** Begins to send what was negotiated while inactive. */
  async activate(): Promise<void> {
    this.#active = true;
    const sender = this.producer.rtpSender;
    if (!sender) return;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) encoding.active = true;
    await sender.setParameters(parameters);
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
  degradationPreference?: RTCDegradationPreference;
}

function videoOptions(capabilities: types.RtpCapabilities, options: ProduceOptions): ProducePlan {
  const { source, track, size, simulcast, maxBitrateBps } = options;
  const picked = pickVideoCodec(options.codec ?? 'vp8', capabilities);
  const { width = size.width, height = size.height, frameRate = size.frameRate } = track.getSettings();
  const plan = videoPublishPlan({
    source,
    codec: picked?.name ?? 'vp8',
    width,
    height,
    frameRate,
    simulcast,
    maxBitrateBps,
  });
  if (plan.contentHint) track.contentHint = plan.contentHint;
  return {
    encodings: plan.encodings,
    codec: picked?.codec,
    codecOptions: { videoGoogleStartBitrate: plan.startBitrateKbps },
    degradationPreference: plan.degradationPreference,
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
