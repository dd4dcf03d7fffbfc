import type { RemoteTrack } from '../../client-sdk/src/index.ts';
import { FrameReader } from './FrameReader.ts';
import { SoundWatch } from './SoundWatch.ts';

/** How often it is looked whether a track has become another one. */
const POLL_MS = 10;

/** What came of somebody else; times are milliseconds since 1970. */
export interface SeenCall {
  /** New frames with a valid number. */
  frameIds: number[];
  frameMs: number[];
  /** When sound was played that was really received. */
  soundMs: number[];
}

/** Shows and plays one other person, through all sessions that they have, and writes down when something came. */
export class CallRecorder {
  readonly #size: { width: number; height: number };
  readonly #frameIds: number[] = [];
  readonly #frameMs: number[] = [];
  readonly #sound = new SoundWatch(() => this.#audio?.mediaStreamTrack);
  #video: RemoteTrack | undefined;
  #audio: RemoteTrack | undefined;
  #reader: { track: MediaStreamTrack; frames: FrameReader } | undefined;

  /** `size`: of the picture when it was made, and of the element. */
  constructor(size: { width: number; height: number }) {
    this.#size = size;
    setInterval(() => this.#readFrames(), POLL_MS);
  }

  get complete(): boolean {
    return this.#frameIds.length > 0 && this.#sound.playedMs.length > 0;
  }

  get seen(): SeenCall {
    return { frameIds: this.#frameIds, frameMs: this.#frameMs, soundMs: this.#sound.playedMs };
  }

  play(track: RemoteTrack): void {
    const element = document.createElement(track.kind);
    element.autoplay = true;
    if (track.kind === 'video') Object.assign(element, { ...this.#size, muted: true });
    document.body.append(element);
    track.attach(element);
    if (track.kind === 'audio') {
      this.#audio = track;
    } else {
      this.#video = track;
      this.#readFrames();
    }
  }

  stop(track: RemoteTrack): void {
    for (const element of track.detach()) element.remove();
  }

  #readFrames(): void {
    const track = this.#video?.mediaStreamTrack;
    if (!track || track === this.#reader?.track) return;
    this.#reader?.frames.close();
    const frames = new FrameReader(track, this.#size.width, ({ id, atMs }) => {
      if (id <= (this.#frameIds.at(-1) ?? 0)) return;
      this.#frameIds.push(id);
      this.#frameMs.push(performance.timeOrigin + atMs);
    });
    this.#reader = { track, frames };
  }
}
