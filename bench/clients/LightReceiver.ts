import { PeerConnection, RtcpReceivingSession, type Track } from 'node-datachannel';
import type { Snapshot } from '../../protocol/signaling.ts';
import { lightHello } from './lightCapabilities.ts';
import type { LightClientOptions } from './LightPublisher.ts';
import { parseRtp } from './rtp.ts';
import { transportSdp } from './sdp.ts';
import { Signaling } from './Signaling.ts';
import { KeyFrameDetector } from './KeyFrameDetector.ts';

export interface LightReceiverEvents {
  /** Something arrived. Without it nothing is handed to JavaScript, which costs as much as all the rest. */
  packet?: (bytes: number) => void;
  /** The first key frame is complete: a browser could show it. */
  keyFrame?: () => void;
}

/** A participant without a browser who receives everything by real ICE, DTLS and SRTP, and decodes nothing. */
export class LightReceiver {
  readonly #signaling: Signaling;
  readonly #connection: PeerConnection;
  /** Kept, or they are collected with their callbacks. */
  readonly #tracks: Track[] = [];

  static async open(options: LightClientOptions, events: LightReceiverEvents = {}): Promise<LightReceiver> {
    const { url, token, certificate, timeoutMs } = options;
    const { signaling, snapshot } = await Signaling.join(url, token, lightHello(certificate.fingerprint), timeoutMs);
    try {
      return new LightReceiver(signaling, snapshot, options, events);
    } catch (error) {
      await signaling.close();
      throw error;
    }
  }

  private constructor(
    signaling: Signaling,
    { media }: Snapshot,
    { certificate }: LightClientOptions,
    { packet: onPacket, keyFrame }: LightReceiverEvents,
  ) {
    if (!media?.recv || media.consumers.length === 0) throw new Error('There is nothing to receive.');
    this.#signaling = signaling;
    this.#connection = new PeerConnection('receiver', {
      iceServers: [],
      certificatePemFile: certificate.certFile,
      keyPemFile: certificate.keyFile,
    });
    const video = media.consumers.find(({ kind }) => kind === 'video');
    const detector = keyFrame && new KeyFrameDetector(video?.rtpParameters.encodings?.[0]?.ssrc ?? 0, keyFrame);
    this.#connection.onTrack((track) => {
      this.#tracks.push(track);
      track.setMediaHandler(new RtcpReceivingSession());
      if (!onPacket && !detector) return;
      track.onMessage((message) => {
        onPacket?.(message.length);
        if (!detector || detector.done) return;
        const packet = parseRtp(message);
        if (packet) detector.handle(packet);
      });
    });
    const sections = media.consumers.map(({ kind, rtpParameters }, index) => ({
      kind,
      mid: String(index),
      rtpParameters,
    }));
    this.#connection.setRemoteDescription(transportSdp(media.recv, sections, 'sendonly'), 'offer');
  }

  /** Still in the room, and connected. */
  get receives(): boolean {
    return this.#signaling.isOpen && this.#connection.state() === 'connected';
  }

  async close(): Promise<void> {
    await this.#signaling.close();
    this.#connection.close();
  }
}
