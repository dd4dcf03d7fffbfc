import type { Track } from 'node-datachannel';
import { OPUS_PAYLOAD_TYPE } from './lightCapabilities.ts';
import { buildRtp } from './rtp.ts';

/** What Opus sends in a pause (DTX): a packet of silence now and then. */
const INTERVAL_MS = 400;
const SAMPLES_PER_MS = 48;
/** A frame of 20 ms of silence, one byte for its form (RFC 6716 section 3.1) and two of nothing. */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

/** A microphone of someone who listens. */
export class SilenceSender {
  /** Packets so far. */
  sent = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(track: Track, ssrc: number) {
    let sequenceNumber = 0;
    this.#timer = setInterval(() => {
      if (!track.isOpen()) return;
      track.sendMessageBinary(
        buildRtp({
          payloadType: OPUS_PAYLOAD_TYPE,
          sequenceNumber: sequenceNumber++,
          timestamp: sequenceNumber * INTERVAL_MS * SAMPLES_PER_MS,
          ssrc,
          marker: true,
          payload: SILENCE,
        }),
      );
      this.sent++;
    }, INTERVAL_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
