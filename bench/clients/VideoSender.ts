import type { Track } from 'node-datachannel';
import { VP8_PAYLOAD_TYPE } from './lightCapabilities.ts';
import { asksForKeyFrame, buildRtp } from './rtp.ts';
import { packetizeVp8 } from './vp8.ts';

/** A video that is sent over and over; its first frame is a key frame. */
export interface Clip {
  frameRate: number;
  frames: Uint8Array[];
}

const CLOCK_RATE = 90_000;
/** A camera's encoder does not make key frames faster either; Chromium's takes one request in this time. */
const KEY_FRAME_INTERVAL_MS = 300;

/** Plays a clip into a track, and begins it anew when a key frame is asked for. */
export class VideoSender {
  /** Packets so far. */
  sent = 0;
  readonly #track: Track;
  readonly #clip: Clip;
  readonly #ssrc: number;
  readonly #startedAtMs = performance.now();
  #timer: NodeJS.Timeout | undefined;
  /** Frames sent so far, and the place in the clip of the next one. */
  #count = 0;
  #position = 0;
  #sequenceNumber = 0;
  #keyFrameAtMs = -Infinity;

  constructor(track: Track, clip: Clip, ssrc: number) {
    this.#track = track;
    this.#clip = clip;
    this.#ssrc = ssrc;
    track.onMessage((message) => {
      if (asksForKeyFrame(message)) this.#handleKeyFrameRequest();
    });
    this.#schedule();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #handleKeyFrameRequest(): void {
    if (performance.now() - this.#keyFrameAtMs > KEY_FRAME_INTERVAL_MS) this.#position = 0;
  }

  /** By the frame's own time, so that late timers do not slow the stream. */
  #schedule(): void {
    const dueMs = this.#startedAtMs + (this.#count * 1_000) / this.#clip.frameRate;
    this.#timer = setTimeout(() => this.#send(), Math.max(0, dueMs - performance.now()));
  }

  #send(): void {
    const { frames, frameRate } = this.#clip;
    if (this.#position === 0) this.#keyFrameAtMs = performance.now();
    const frame = frames[this.#position]!;
    const timestamp = Math.round((this.#count * CLOCK_RATE) / frameRate);
    const payloads = packetizeVp8(frame, this.#count & 0x7fff);
    for (const [index, payload] of payloads.entries()) {
      const packet = buildRtp({
        payloadType: VP8_PAYLOAD_TYPE,
        sequenceNumber: this.#sequenceNumber++,
        timestamp,
        ssrc: this.#ssrc,
        marker: index === payloads.length - 1,
        payload,
      });
      if (!this.#track.isOpen()) continue;
      this.#track.sendMessageBinary(packet);
      this.sent++;
    }
    this.#count++;
    this.#position = (this.#position + 1) % frames.length;
    this.#schedule();
  }
}
