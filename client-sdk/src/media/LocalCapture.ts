import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { givenCapture, type Capture } from '../devices/Capture.ts';

export interface LocalCaptureEvents {
  /** Another track has taken the place of the one before. */
  trackChanged(track: MediaStreamTrack): void;
  /** Nothing can be captured any more: with an error a device is gone, without one the track simply ended. */
  lost(error: ChaxiError | null): void;
}

/** The device, screen or given track behind a publication: opened, released, switched, and replaced when unplugged. */
export class LocalCapture {
  readonly #events: LocalCaptureEvents;
  #capture: Capture;
  #track: MediaStreamTrack;
  #deviceId: string | undefined;
  #size = { width: 1_280, height: 720, frameRate: 30 };
  #muted = false;
  /** Counts openings, so that the latest one wins. */
  #opening = 0;
  #closed = false;

  constructor(capture: Capture, track: MediaStreamTrack, events: LocalCaptureEvents) {
    this.#capture = capture;
    this.#events = events;
    this.#track = track;
    this.#adopt(track);
  }

  get track(): MediaStreamTrack {
    return this.#track;
  }

  get deviceId(): string | undefined {
    return this.#deviceId;
  }

  /** Of the latest open track: what it is now, since a shared window and a turned phone change theirs. */
  get size(): { width: number; height: number; frameRate: number } {
    if (this.#track.readyState === 'live') this.#size = sizeOf(this.#track, this.#size);
    return this.#size;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Silences the track at once and releases a camera. */
  mute(): void {
    this.#muted = true;
    this.#opening++;
    const { owned, reopenable } = this.#capture;
    if (owned) this.#track.enabled = false;
    if (reopenable && this.#track.kind === 'video') this.#track.stop();
  }

  /** Opens a released camera again, unless it is muted again meanwhile. @throws ChaxiError as `publishCamera` */
  async unmute(): Promise<void> {
    this.#muted = false;
    if (this.#track.readyState === 'ended' && this.#capture.reopenable) {
      try {
        await this.#reopen(this.#deviceId);
      } catch (error) {
        this.#muted = true;
        throw error;
      }
    }
    if (!this.#muted && !this.#closed && this.#capture.owned) this.#track.enabled = true;
  }

  /** @throws ChaxiError as `publishCamera`, invalidState for what is no device */
  async openDevice(deviceId: string | undefined): Promise<void> {
    if (!this.#capture.reopenable || this.#closed) throw new ChaxiError('invalidState');
    const isReleased = this.#muted && this.#track.readyState === 'ended';
    if (isReleased) this.#deviceId = deviceId;
    else await this.#open(deviceId);
  }

  /** From now on the application's own track is published; it stays the application's. */
  async replace(track: MediaStreamTrack): Promise<void> {
    if (track.kind !== this.#track.kind || track.readyState === 'ended' || this.#closed) {
      throw new ChaxiError('invalidState', { message: 'A track is replaced by a live one of the same kind.' });
    }
    this.#opening++;
    this.#switchTo(track, givenCapture(track, false));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#opening++;
    this.#track.removeEventListener('ended', this.#handleEnded);
    if (this.#capture.owned) this.#track.stop();
  }

  /** The same device, or the default one where it is gone. */
  async #reopen(deviceId: string | undefined): Promise<void> {
    try {
      await this.#open(deviceId);
    } catch (error) {
      if (!deviceId || !(error instanceof ChaxiError) || error.code !== 'deviceNotFound') throw error;
      await this.#open(undefined);
    }
  }

  async #open(deviceId: string | undefined): Promise<void> {
    const opening = ++this.#opening;
    const track = await this.#openBesideOrAfter(deviceId);
    if (opening !== this.#opening || this.#closed) track.stop();
    else this.#switchTo(track, this.#capture);
  }

  /** Many phones have only one camera open at a time: then the present one makes room. */
  async #openBesideOrAfter(deviceId: string | undefined): Promise<MediaStreamTrack> {
    try {
      return await this.#capture.open(deviceId);
    } catch (error) {
      const isBusy = error instanceof ChaxiError && error.code === 'deviceInUse';
      if (!isBusy || this.#track.readyState === 'ended' || this.#track.kind === 'audio') throw error;
      this.#track.stop();
      try {
        return await this.#capture.open(deviceId);
      } catch (again) {
        this.#events.lost(again instanceof ChaxiError ? again : null);
        throw again;
      }
    }
  }

  #switchTo(track: MediaStreamTrack, capture: Capture): void {
    const { owned } = this.#capture;
    const before = this.#track;
    before.removeEventListener('ended', this.#handleEnded);
    if (owned && before !== track) before.stop();
    this.#capture = capture;
    this.#track = track;
    if (capture.owned) track.enabled = !this.#muted;
    this.#adopt(track);
    this.#events.trackChanged(track);
  }

  #adopt(track: MediaStreamTrack): void {
    this.#deviceId = track.getSettings().deviceId;
    this.#size = sizeOf(track, this.#size);
    track.addEventListener('ended', this.#handleEnded);
  }

  /** Not after an own `stop()`: the device was unplugged, permission withdrawn, or the sharing ended. */
  readonly #handleEnded = (): void => {
    if (this.#closed) return;
    if (!this.#capture.reopenable) {
      this.#events.lost(null);
    } else if (!this.#muted) {
      this.#open(undefined).catch((error: unknown) => {
        this.#events.lost(error instanceof ChaxiError ? error : new ChaxiError('deviceNotFound', { cause: error }));
      });
    }
  };
}

/** Of what a track does not tell, as it was before. */
function sizeOf(track: MediaStreamTrack, before: LocalCapture['size']): LocalCapture['size'] {
  const { width = before.width, height = before.height, frameRate = before.frameRate } = track.getSettings();
  return { width, height, frameRate };
}
