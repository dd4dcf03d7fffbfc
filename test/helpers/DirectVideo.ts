import type { types } from 'mediasoup';
import { asksForKeyFrame, buildRtp, parseRtp } from '../../bench/clients/rtp.ts';
import { packetizeVp8, startsKeyFrame } from '../../bench/clients/vp8.ts';
import { videoParameters } from './rtpFixtures.ts';

const FRAME_INTERVAL_MS = 20;
const CLOCK_RATE = 90_000;
/** Fills each frame, so that a packet that is not encrypted can be told. */
export const PLAIN_TEXT = 'nothing but tea ';
/** Of a VP8 payload descriptor as packetizeVp8 writes it. */
const DESCRIPTOR_BYTES = 4;

/** A frame of one of the sizes, which says of itself what it is. */
export interface DirectFrame {
  size: number;
  /** In the order of sending. */
  index: number;
  isKeyFrame: boolean;
}

/** A video in one or more sizes that this process itself sends into a router; key frames are sent when they are asked for. */
export class DirectVideo {
  readonly producer: types.Producer;
  readonly #transport: types.DirectTransport;
  readonly #ssrcs: number[];
  readonly #timer: NodeJS.Timeout;
  #count = 0;
  #keyFrameWanted = true;

  static async open(router: types.Router, { sizes = 1, paused = false } = {}): Promise<DirectVideo> {
    const transport = await router.createDirectTransport();
    const ssrcs = Array.from({ length: sizes }, (_, size) => 1_000 * (size + 1));
    const producer = await transport.produce({
      kind: 'video',
      rtpParameters: {
        ...(videoParameters(1) as types.RtpParameters),
        encodings: ssrcs.map((ssrc) => ({ ssrc, rtx: { ssrc: ssrc + 1 }, scalabilityMode: 'L1T1' })),
      },
      paused,
    });
    return new DirectVideo(transport, producer, ssrcs);
  }

  private constructor(transport: types.DirectTransport, producer: types.Producer, ssrcs: number[]) {
    this.producer = producer;
    this.#transport = transport;
    this.#ssrcs = ssrcs;
    transport.on('rtcp', (packet) => {
      if (asksForKeyFrame(packet)) this.#keyFrameWanted = true;
    });
    transport.observer.once('close', () => clearInterval(this.#timer));
    this.#timer = setInterval(() => this.#sendFrame(), FRAME_INTERVAL_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#transport.close();
  }

  #sendFrame(): void {
    const timestamp = (this.#count * CLOCK_RATE * FRAME_INTERVAL_MS) / 1_000;
    const isKeyFrame = this.#keyFrameWanted;
    this.#keyFrameWanted = false;
    this.#ssrcs.forEach((ssrc, size) => {
      const frame = Buffer.alloc(100, PLAIN_TEXT);
      frame.writeUInt8(isKeyFrame ? 0 : 1, 0);
      frame.writeUInt8(size, 1);
      frame.writeUInt32BE(this.#count, 2);
      const [payload] = packetizeVp8(frame, this.#count & 0x7fff);
      const fields = { payloadType: 96, sequenceNumber: this.#count, timestamp, ssrc, marker: true };
      this.producer.send(buildRtp({ ...fields, payload: payload! }));
      // Without reports on all sizes mediasoup does not go from one to another.
      this.#transport.sendRtcp(senderReport(ssrc, timestamp));
    });
    this.#count += 1;
  }
}

/** Receives what a consumer on a DirectTransport gets of a DirectVideo. */
export class DirectReceiver {
  readonly consumer: types.Consumer;
  readonly frames: DirectFrame[] = [];

  static async open(router: types.Router, producerId: string): Promise<DirectReceiver> {
    const transport = await router.createDirectTransport();
    const consumer = await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
    return new DirectReceiver(consumer);
  }

  private constructor(consumer: types.Consumer) {
    this.consumer = consumer;
    consumer.on('rtp', (datagram) => {
      const payload = parseRtp(datagram)?.payload;
      // Padding that probes the network.
      if (!payload || payload.length <= DESCRIPTOR_BYTES) return;
      const frame = payload.subarray(DESCRIPTOR_BYTES);
      this.frames.push({
        size: frame.readUInt8(1),
        index: frame.readUInt32BE(2),
        isKeyFrame: startsKeyFrame(payload),
      });
    });
  }

  get last(): DirectFrame | undefined {
    return this.frames.at(-1);
  }
}

/** RFC 3550 section 6.4.1, without report blocks. */
function senderReport(ssrc: number, rtpTimestamp: number): Buffer {
  const secondsFrom1900 = Date.now() / 1_000 + 2_208_988_800;
  const report = Buffer.alloc(28);
  report.set([0x80, 200, 0, 6]);
  report.writeUInt32BE(ssrc, 4);
  report.writeUInt32BE(Math.floor(secondsFrom1900), 8);
  report.writeUInt32BE(Math.floor((secondsFrom1900 % 1) * 2 ** 32), 12);
  report.writeUInt32BE(rtpTimestamp >>> 0, 16);
  return report;
}
