import {
  ChaxiError,
  devices,
  type ErrorCode,
  type LocalParticipant,
  type LocalTrack,
} from '../../../client-sdk/src/index.ts';
import { errorCodeOf } from './errorCodeOf.ts';
import { Observable } from './observable.ts';

export type CaptureSource = 'camera' | 'teaCloseUp' | 'microphone';

/**
 * One device of one's own, from the preview into the room: opened before the join and handed over by it, so that it is
 * opened only once. Whatever is asked of it while it is busy, it ends where it was asked to be last.
 */
export class CaptureSlot extends Observable {
  readonly source: CaptureSource;
  #deviceId: string | undefined;
  #facingMode: 'user' | 'environment' | undefined;
  #local: LocalParticipant | null = null;
  #preview: MediaStreamTrack | null = null;
  #wanted = false;
  #error: ErrorCode | null = null;
  #settling: Promise<void> | null = null;
  /** How often the room was entered or left. */
  #turns = 0;

  constructor(source: CaptureSource, deviceId?: string) {
    super();
    this.source = source;
    this.#deviceId = deviceId;
    if (source === 'teaCloseUp') this.#facingMode = 'environment';
  }

  /** Sends, or shows in the preview, a picture or sound now. */
  get on(): boolean {
    const { published } = this;
    return published ? !published.muted : this.#preview !== null;
  }

  /** Is being switched on or off. */
  get busy(): boolean {
    return this.#settling !== null;
  }

  /** Was asked to be on, here on this page. */
  get wanted(): boolean {
    return this.#wanted;
  }

  /** Why it could not be switched on the last time. */
  get error(): ErrorCode | null {
    return this.#error;
  }

  /** What the preview shows; null in the room. */
  get preview(): MediaStreamTrack | null {
    return this.#preview;
  }

  get published(): LocalTrack | undefined {
    return this.#local?.tracks.get(this.source);
  }

  /** Of the device in use, or of the one that would be used. */
  get deviceId(): string | undefined {
    const { published } = this;
    const used = published ? published.deviceId : this.#preview?.getSettings().deviceId;
    return (this.on ? used : undefined) ?? this.#deviceId;
  }

  set(on: boolean): Promise<void> {
    this.#wanted = on;
    this.#error = null;
    this.#settling ??= this.#settle().finally(() => {
      this.#settling = null;
      this.changed();
    });
    this.changed();
    return this.#settling;
  }

  toggle(): Promise<void> {
    return this.set(!(this.busy ? this.#wanted : this.on));
  }

  /** Uses another device, and switches it on where it was off. */
  async choose(deviceId: string): Promise<void> {
    this.#deviceId = deviceId;
    await this.#settling;
    if (this.published && this.on) {
      await this.#attempt(() => this.published?.switchDevice(deviceId));
      return;
    }
    this.#closePreview();
    // A muted publication would come back with the device that it had before.
    if (this.published) await this.#attempt(() => this.#local?.unpublish(this.source));
    await this.set(true);
  }

  /** In the room: publishes what the preview shows. */
  async enter(local: LocalParticipant): Promise<void> {
    this.#turns++;
    await this.#settling;
    this.#local = local;
    const mediaStreamTrack = this.#preview;
    if (mediaStreamTrack === null) return;
    const published = await this.#attempt(() => this.#publish(mediaStreamTrack));
    if (!published) mediaStreamTrack.stop();
    // Only now: the self view would go dark before the published track is there.
    this.#preview = null;
    this.changed();
  }

  /** Before the door again: what was published is shown to oneself alone. */
  async withdraw(): Promise<void> {
    await this.#settling;
    if (!this.#local) return;
    const { on } = this;
    const turn = this.#turns;
    if (this.published) await this.#attempt(() => this.#local?.unpublish(this.source));
    // Whoever was let in again meanwhile is to be seen and heard there as before; and who has left is not.
    if (this.#turns === turn) this.#local = null;
    else if (!this.#local) return;
    await this.set(on);
  }

  /** Out of the room, or gone for good: no device stays open. */
  exit(): void {
    this.#turns++;
    this.#local = null;
    this.#wanted = false;
    this.#closePreview();
    this.changed();
  }

  /** Tells that the publication was changed by someone else, e.g. muted by a moderator. */
  refresh(): void {
    if (!this.busy) this.#wanted = this.on;
    this.changed();
  }

  async #settle(): Promise<void> {
    while (this.on !== this.#wanted) {
      const step = this.#wanted ? () => this.#switchOn() : () => this.#switchOff();
      const done = await this.#attempt(step);
      if (!done) this.#wanted = this.on;
    }
  }

  async #switchOn(): Promise<void> {
    if (this.published) return this.published.unmute();
    if (this.#local) return this.#publish();
    const track = await this.#open();
    track.addEventListener('ended', () => this.#previewEnded(track));
    this.#preview = track;
  }

  async #open(): Promise<MediaStreamTrack> {
    const open = this.source === 'microphone' ? devices.openMicrophone : devices.openCamera;
    const wishes = { facingMode: this.#facingMode, zoom: this.source === 'teaCloseUp' };
    try {
      return await open({ ...wishes, deviceId: this.#deviceId });
    } catch (error) {
      // The device of the last time may be gone: any other serves.
      const gone = this.#deviceId !== undefined && error instanceof ChaxiError && error.code === 'deviceNotFound';
      if (!gone) throw error;
      this.#deviceId = undefined;
      return open(wishes);
    }
  }

  async #switchOff(): Promise<void> {
    this.#closePreview();
    if (this.source === 'teaCloseUp') return this.#local?.unpublish(this.source);
    await this.published?.mute();
  }

  async #publish(mediaStreamTrack?: MediaStreamTrack): Promise<void> {
    const options = { deviceId: this.#deviceId, facingMode: this.#facingMode, mediaStreamTrack };
    if (this.source === 'microphone') await this.#local?.publishMicrophone(options);
    else await this.#local?.publishCamera({ ...options, source: this.source });
  }

  /** Returns whether it went well; a failure is kept to be shown. */
  async #attempt(step: () => Promise<unknown> | undefined): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      this.#error = errorCodeOf(error);
      return false;
    } finally {
      this.changed();
    }
  }

  #previewEnded(track: MediaStreamTrack): void {
    if (this.#preview !== track) return;
    this.#preview = null;
    this.#wanted = false;
    this.#error = 'deviceNotFound';
    this.changed();
  }

  #closePreview(): void {
    this.#preview?.stop();
    this.#preview = null;
  }
}
