import type { types } from 'mediasoup-client';
import type { Source } from '../../../protocol/grants.ts';
import type { CaptureProfile } from '../devices/captureOptions.ts';
import { audioPublishPlan, videoPublishPlan } from '../policies/publishPolicy.ts';
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
  /** Negotiates without sending anything yet, until `activate()`. */
  inactive: boolean;
}

/** What is negotiated for one local track on one transport. The server is told separately, so that it is never waited for. */
export class LocalProducer {
  readonly transport: MediaTransport;
  readonly producer: types.Producer;
  #active: boolean;

  /** @throws what mediasoup-client throws: an unsupported codec, a closed transport */
  static async create(transport: MediaTransport, options: ProduceOptions): Promise<LocalProducer> {
    const { inactive, track } = options;
    const plan = track.kind === 'video' ? videoOptions(options) : audioOptions(options);
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

function videoOptions(options: ProduceOptions): ProducePlan {
  const { source, profile, track, codec, size, simulcast, maxBitrateBps } = options;
  const plan = videoPublishPlan({
    source,
    profile,
    codec: codec?.name ?? 'vp8',
    ...size,
    simulcast,
    maxBitrateBps,
  });
  if (plan.contentHint) track.contentHint = plan.contentHint;
  return {
    encodings: plan.encodings,
    codec: codec?.codec,
    codecOptions: {
      videoGoogleStartBitrate: plan.startBitrateKbps,
      ...(plan.minBitrateKbps ? { videoGoogleMinBitrate: plan.minBitrateKbps } : {}),
    },
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
