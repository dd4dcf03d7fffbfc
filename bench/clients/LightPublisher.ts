import { randomInt } from 'node:crypto';
import { Audio, PeerConnection, Video } from 'node-datachannel';
import type { TransportOptions } from '../../protocol/signaling.ts';
import type { Certificate } from '../lib/certificate.ts';
import { total } from '../lib/stats.ts';
import { within } from '../lib/within.ts';
import { lightHello, lightRtpParameters, OPUS_PAYLOAD_TYPE, VP8_PAYLOAD_TYPE } from './lightCapabilities.ts';
import { transportSdp } from './sdp.ts';
import { Signaling } from './Signaling.ts';
import { SilenceSender } from './SilenceSender.ts';
import { VideoSender, type Clip } from './VideoSender.ts';

export interface LightClientOptions {
  url: string;
  token: string;
  certificate: Certificate;
  /** For the welcome, and for the connection of one who sends. */
  timeoutMs: number;
}

/** A participant without a browser who sends a clip and silence by real ICE, DTLS and SRTP. */
export class LightPublisher {
  readonly #signaling: Signaling;
  readonly #connection: PeerConnection;
  readonly #senders: { readonly sent: number; close(): void }[];

  /** Resolves when it really sends. */
  static async open(options: LightClientOptions & { clip: Clip; audio: boolean }): Promise<LightPublisher> {
    const { url, token, certificate, timeoutMs, clip, audio } = options;
    const { signaling, snapshot } = await Signaling.join(url, token, lightHello(certificate.fingerprint), timeoutMs);
    const transport = snapshot.media?.send;
    if (!transport) {
      await signaling.close();
      throw new Error('The token does not allow to publish.');
    }
    const publisher = new LightPublisher(signaling, certificate, transport, { clip, audio });
    try {
      await publisher.#produce(audio);
      await within(timeoutMs, 'the connection of one who sends', publisher.#connected.promise);
      return publisher;
    } catch (error) {
      await publisher.close();
      throw error;
    }
  }

  readonly #videoSsrc = randomInt(1, 2 ** 32 - 1);
  readonly #audioSsrc = randomInt(1, 2 ** 32 - 1);
  readonly #connected = Promise.withResolvers<void>();

  private constructor(
    signaling: Signaling,
    { certFile, keyFile }: Certificate,
    transport: TransportOptions,
    { clip, audio }: { clip: Clip; audio: boolean },
  ) {
    this.#signaling = signaling;
    this.#connection = new PeerConnection('publisher', {
      iceServers: [],
      certificatePemFile: certFile,
      keyPemFile: keyFile,
      disableAutoNegotiation: true,
    });
    this.#connection.onStateChange((state) => {
      if (state === 'connected') this.#connected.resolve();
    });
    const video = new Video('0', 'SendOnly');
    video.addVP8Codec(VP8_PAYLOAD_TYPE);
    video.addSSRC(this.#videoSsrc, 'light');
    const videoTrack = this.#connection.addTrack(video);
    this.#senders = [new VideoSender(videoTrack, clip, this.#videoSsrc)];
    if (audio) {
      const microphone = new Audio('1', 'SendOnly');
      microphone.addOpusCodec(OPUS_PAYLOAD_TYPE);
      microphone.addSSRC(this.#audioSsrc, 'light');
      this.#senders.push(new SilenceSender(this.#connection.addTrack(microphone), this.#audioSsrc));
    }
    this.#connection.setLocalDescription('offer');
    this.#connection.setRemoteDescription(transportSdp(transport, this.#media(audio), 'recvonly'), 'answer');
  }

  /** Still in the room, and connected. */
  get sends(): boolean {
    return this.#signaling.isOpen && this.#connection.state() === 'connected';
  }

  /** Packets so far. */
  get sent(): number {
    return total(this.#senders.map(({ sent }) => sent));
  }

  async close(): Promise<void> {
    for (const sender of this.#senders) sender.close();
    await this.#signaling.close();
    this.#connection.close();
  }

  #media(audio: boolean) {
    const video = {
      kind: 'video',
      mid: '0',
      rtpParameters: lightRtpParameters('video', '0', this.#videoSsrc),
    } as const;
    const microphone = {
      kind: 'audio',
      mid: '1',
      rtpParameters: lightRtpParameters('audio', '1', this.#audioSsrc),
    } as const;
    return audio ? [video, microphone] : [video];
  }

  async #produce(audio: boolean): Promise<void> {
    for (const { kind, rtpParameters } of this.#media(audio)) {
      const source = kind === 'video' ? 'camera' : 'microphone';
      await this.#signaling.request('produce', { kind, source, rtpParameters });
    }
  }
}
