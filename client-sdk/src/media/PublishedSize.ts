import type { VideoSize } from '../../../protocol/signaling.ts';
import { isSameSize, videoSize } from './videoSize.ts';

/** The size of a published video: what its camera gives now, and what the server knows of it. */
export class PublishedSize {
  readonly #read: () => VideoSize | null;
  #told: VideoSize | null = null;
  #seen: VideoSize | null = null;

  /** @param read what the camera gives at this moment; null of sound */
  constructor(read: () => { width: number; height: number } | null) {
    this.#read = () => {
      const size = read();
      return size && videoSize(size);
    };
  }

  get now(): VideoSize | null {
    return this.#read();
  }

  /** What the server does not know yet. */
  get untold(): VideoSize | null {
    const size = this.now;
    return size && !isSameSize(size, this.#told) ? size : null;
  }

  /** The server knows this one. */
  told(size: VideoSize | null): void {
    this.#told = size;
  }

  /** Whether there is a size to tell that was the same at the look before: a window that is being dragged has one each moment. */
  look(): boolean {
    const size = this.untold;
    const stands = size !== null && isSameSize(size, this.#seen);
    this.#seen = size;
    return stands;
  }
}
