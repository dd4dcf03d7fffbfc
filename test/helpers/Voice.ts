import { Audio, PeerConnection, RtcpReceivingSession, type Track } from 'node-datachannel';
import { lightRtpParameters, OPUS_PAYLOAD_TYPE } from '../../bench/clients/lightCapabilities.ts';
import { buildRtp, parseRtp } from '../../bench/clients/rtp.ts';
import { transportSdp } from '../../bench/clients/sdp.ts';
import type { Certificate } from '../../bench/lib/certificate.ts';
import type { ConsumerInfo, TransportOptions } from '../../protocol/signaling.ts';

const INTERVAL_MS = 20;
const CLOCK_RATE = 48_000;

function connect({ certFile, keyFile }: Certificate, disableAutoNegotiation: boolean): PeerConnection {
  const files = { certificatePemFile: certFile, keyPemFile: keyFile };
  return new PeerConnection('voice', { iceServers: [], disableAutoNegotiation, ...files });
}

/** A microphone without a browser, by real ICE, DTLS and SRTP: each packet says a word. */
export class Mouth {
  /** What is said now; null is silence. */
  word: string | null = null;
  readonly rtpParameters;
  readonly #connection: PeerConnection;
  readonly #timer: NodeJS.Timeout;

  constructor(transport: TransportOptions, certificate: Certificate, ssrc: number) {
    this.rtpParameters = lightRtpParameters('audio', '0', ssrc);
    this.#connection = connect(certificate, true);
    const audio = new Audio('0', 'SendOnly');
    audio.addOpusCodec(OPUS_PAYLOAD_TYPE);
    audio.addSSRC(ssrc, 'light');
    const track = this.#connection.addTrack(audio);
    const section = { kind: 'audio', mid: '0', rtpParameters: this.rtpParameters } as const;
    this.#connection.setLocalDescription('offer');
    this.#connection.setRemoteDescription(transportSdp(transport, [section], 'recvonly'), 'answer');
    let sequenceNumber = 0;
    this.#timer = setInterval(() => {
      if (this.word === null || !track.isOpen()) return;
      const timestamp = (sequenceNumber * CLOCK_RATE * INTERVAL_MS) / 1_000;
      const fields = { payloadType: OPUS_PAYLOAD_TYPE, sequenceNumber, timestamp, ssrc, marker: false };
      track.sendMessageBinary(buildRtp({ ...fields, payload: Buffer.from(this.word) }));
      sequenceNumber += 1;
    }, INTERVAL_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#connection.close();
  }
}

/** Hears the words of what it has consumers of. */
export class Ear {
  readonly heard = new Set<string>();
  readonly #connection: PeerConnection;
  /** Kept, or they are collected with their callbacks. */
  readonly #tracks: Track[] = [];

  constructor(transport: TransportOptions, certificate: Certificate, consumers: readonly ConsumerInfo[]) {
    this.#connection = connect(certificate, false);
    this.#connection.onTrack((track) => {
      this.#tracks.push(track);
      track.setMediaHandler(new RtcpReceivingSession());
      track.onMessage((message) => {
        const packet = parseRtp(message);
        if (packet) this.heard.add(packet.payload.toString());
      });
    });
    const sections = consumers.map(({ kind, rtpParameters }, index) => ({ kind, mid: String(index), rtpParameters }));
    this.#connection.setRemoteDescription(transportSdp(transport, sections, 'sendonly'), 'offer');
  }

  close(): void {
    this.#connection.close();
  }
}
