import type { RtpPacket } from './rtp.ts';
import { startsKeyFrame } from './vp8.ts';

/** Tells when the first key frame of a VP8 stream has come in full: its first packet, all that follow, and the last one. */
export class KeyFrameDetector {
  done = false;
  readonly #ssrc: number;
  readonly #onKeyFrame: () => void;
  /** Of the next packet of the key frame that is coming; null while none is. */
  #expected: number | null = null;

  constructor(ssrc: number, onKeyFrame: () => void) {
    this.#ssrc = ssrc;
    this.#onKeyFrame = onKeyFrame;
  }

  handle({ ssrc, sequenceNumber, marker, payload }: RtpPacket): void {
    if (this.done || ssrc !== this.#ssrc || payload.length === 0) return;
    const belongs = startsKeyFrame(payload) || sequenceNumber === this.#expected;
    this.#expected = belongs ? (sequenceNumber + 1) & 0xffff : null;
    if (!belongs || !marker) return;
    this.done = true;
    this.#onKeyFrame();
  }
}
