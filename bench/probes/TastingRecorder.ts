import type { ReceivedTrack } from '../peers/TastingPeer.ts';
import { FrameReader } from './FrameReader.ts';
import { receiverOf } from './peerConnections.ts';

const POLL_MS = 100;

/** What a watcher has seen and heard since it began; times are milliseconds since 1970. */
export interface SeenTasting {
  /** New frames with a valid number. */
  frameIds: number[];
  frameMs: number[];
  frameWidths: number[];
  /** Times of the readings of the audio receiver, and what had come since the one before: samples played, concealed ones, silent ones among these. */
  audioMs: number[];
  audioSamples: number[];
  audioConcealed: number[];
  audioSilent: number[];
}

interface AudioCounters {
  totalSamplesReceived?: number;
  concealedSamples?: number;
  silentConcealedSamples?: number;
}

/** Shows and plays what comes, and writes down when. */
export class TastingRecorder {
  readonly seen: SeenTasting = {
    ...{ frameIds: [], frameMs: [], frameWidths: [] },
    ...{ audioMs: [], audioSamples: [], audioConcealed: [], audioSilent: [] },
  };
  readonly #size: { width: number; height: number };
  #video: ReceivedTrack | undefined;
  #audio: ReceivedTrack | undefined;
  #reader: { track: MediaStreamTrack; frames: FrameReader } | undefined;
  #counted: { track: MediaStreamTrack; counters: AudioCounters } | undefined;
  #lastId = 0;

  /** `size`: of the picture when it was made, and of the element. */
  constructor(size: { width: number; height: number }) {
    this.#size = size;
    setInterval(() => void this.#poll(), POLL_MS);
  }

  get complete(): boolean {
    return this.seen.frameIds.length > 0 && this.seen.audioSamples.some((samples) => samples > 0);
  }

  /** Of the last frame; 0 before the first. */
  get width(): number {
    return this.seen.frameWidths.at(-1) ?? 0;
  }

  resize(size: { width: number; height: number }): void {
    for (const element of document.querySelectorAll('video')) Object.assign(element, size);
  }

  play(received: ReceivedTrack): void {
    const element = document.createElement(received.kind);
    element.autoplay = true;
    if (received.kind === 'video') Object.assign(element, { ...this.#size, muted: true });
    for (const old of document.querySelectorAll(received.kind)) old.remove();
    document.body.append(element);
    received.attach(element);
    if (received.kind === 'audio') {
      this.#audio = received;
    } else {
      this.#video = received;
      this.#readFrames();
    }
  }

  async #poll(): Promise<void> {
    this.#readFrames();
    await this.#countAudio();
  }

  #readFrames(): void {
    const track = this.#video?.track();
    if (!track || track === this.#reader?.track) return;
    this.#reader?.frames.close();
    const frames = new FrameReader(track, this.#size.width, ({ id, atMs, width }) => {
      if (id <= this.#lastId) return;
      this.#lastId = id;
      this.seen.frameIds.push(id);
      this.seen.frameMs.push(performance.timeOrigin + atMs);
      this.seen.frameWidths.push(width);
    });
    this.#reader = { track, frames };
  }

  async #countAudio(): Promise<void> {
    const track = this.#audio?.track();
    const report = track && (await receiverOf(track)?.getStats());
    if (!track || !report) return;
    let now: AudioCounters = {};
    report.forEach((stats: RTCStats) => {
      if (stats.type === 'inbound-rtp') now = stats as AudioCounters;
    });
    const before = this.#counted?.track === track ? this.#counted.counters : {};
    this.#counted = { track, counters: now };
    const since = (name: keyof AudioCounters) => (now[name] ?? 0) - (before[name] ?? 0);
    this.seen.audioMs.push(performance.timeOrigin + performance.now());
    this.seen.audioSamples.push(since('totalSamplesReceived'));
    this.seen.audioConcealed.push(since('concealedSamples'));
    this.seen.audioSilent.push(since('silentConcealedSamples'));
  }
}
