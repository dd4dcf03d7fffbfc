import { receiverOf } from './peerConnections.ts';

/** Half of what a packet of Opus holds, so that none is passed over. */
const POLL_MS = 10;

/**
 * When sound that was really received was played: each packet once. What a receiver makes up where packets are missing has no source
 * (getSynchronizationSources of webrtc), and so does not count.
 */
export class SoundWatch {
  /** Milliseconds since 1970. */
  readonly playedMs: number[] = [];
  readonly #track: () => MediaStreamTrack | undefined;
  #last = 0;

  constructor(track: () => MediaStreamTrack | undefined) {
    this.#track = track;
    setInterval(() => this.#look(), POLL_MS);
  }

  #look(): void {
    const track = this.#track();
    const source = track && receiverOf(track)?.getSynchronizationSources()[0];
    if (!source || source.timestamp === this.#last) return;
    this.#last = source.timestamp;
    this.playedMs.push(source.timestamp);
  }
}
