import { PeerConnection, RtcpReceivingSession, type Track } from 'node-datachannel';
import type { ConsumerInfo, Snapshot } from '../../protocol/signaling.ts';
import { lightHello } from './lightCapabilities.ts';
import type { LightClientOptions } from './LightPublisher.ts';
import { parseRtp } from './rtp.ts';
import { transportSdp } from './sdp.ts';
import { Signaling } from './Signaling.ts';
import { KeyFrameDetector } from './KeyFrameDetector.ts';

/** Of more than these a welcome holds the most important ones, and the others come on demand alone (server/rooms/firstTracks.ts). */
const MAX_FIRST_TRACKS = 4;

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
    const deadline = performance.now() + timeoutMs;
    const { signaling, snapshot } = await Signaling.join(url, token, lightHello(certificate.fingerprint), timeoutMs);
    try {
      const late = await lateConsumers(signaling, snapshot, deadline - performance.now());
      const receiver = new LightReceiver(signaling, snapshot, late, options, events);
      for (const { consumerId } of late) {
        await signaling.request('setConsumerPreferences', { consumerId, paused: false });
      }
      return receiver;
    } catch (error) {
      await signaling.close();
      throw error;
    }
  }

  private constructor(
    signaling: Signaling,
    { media }: Snapshot,
    late: readonly ConsumerInfo[],
    { certificate }: LightClientOptions,
    { packet: onPacket, keyFrame }: LightReceiverEvents,
  ) {
    const consumers = [...(media?.consumers ?? []), ...late];
    if (!media?.recv || consumers.length === 0) throw new Error('There is nothing to receive.');
    this.#signaling = signaling;
    this.#connection = new PeerConnection('receiver', {
      iceServers: [],
      certificatePemFile: certificate.certFile,
      keyPemFile: certificate.keyFile,
    });
    const video = consumers.find(({ kind }) => kind === 'video');
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
    const sections = consumers.map(({ kind, rtpParameters }, index) => ({
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

/** Those of tracks that come from another node, and were too late for the welcome. */
function lateConsumers(signaling: Signaling, snapshot: Snapshot, timeoutMs: number): Promise<ConsumerInfo[]> {
  const tracks = snapshot.participants.flatMap((participant) => participant.tracks).length;
  const missing = tracks - (snapshot.media?.consumers.length ?? 0);
  return missing > 0 && tracks <= MAX_FIRST_TRACKS ? signaling.newConsumers(missing, timeoutMs) : Promise.resolve([]);
}
