import { sourceKinds, type Source } from '../../../protocol/grants.ts';
import type { Participant } from '../participants/Participant.ts';
import { ElementAttachments, type AttachmentHooks } from './ElementAttachments.ts';

/** Something that a participant publishes, as audio or video that can be shown. */
export abstract class Track {
  readonly source: Source;
  readonly kind: 'audio' | 'video';
  abstract readonly participant: Participant;
  readonly #attachments: ElementAttachments;
  #mediaStreamTrack: MediaStreamTrack;

  /** @internal */
  constructor(
    source: Source,
    mediaStreamTrack: MediaStreamTrack,
    options: { silent: boolean; hooks: AttachmentHooks },
  ) {
    this.source = source;
    this.kind = sourceKinds[source];
    this.#mediaStreamTrack = mediaStreamTrack;
    this.#attachments = new ElementAttachments(this.kind, mediaStreamTrack, options);
  }

  /** Nothing of it is sent: muted by its publisher or by a moderator. */
  abstract get muted(): boolean;

  /** The track itself. It changes when a device is switched or the media connection is made anew. */
  get mediaStreamTrack(): MediaStreamTrack {
    return this.#mediaStreamTrack;
  }

  get attachedElements(): readonly HTMLMediaElement[] {
    return this.#attachments.elements;
  }

  /**
   * Shows or plays the track in an element: in the given one, which then shows nothing else, or in a new `<video>` or
   * `<audio>`, which is yours to put into the page. Where the browser wants a click before it plays audio, the room
   * emits `audioPlaybackBlocked`.
   */
  attach(element?: HTMLMediaElement): HTMLMediaElement {
    const target = element ?? document.createElement(this.kind);
    this.#attachments.add(target);
    return target;
  }

  /** Takes the track out of one element, or of all. @returns the elements it was in */
  detach(element?: HTMLMediaElement): HTMLMediaElement[] {
    return this.#attachments.remove(element);
  }

  /** @internal Plays elements that the browser had held back. */
  async resumePlayback(): Promise<void> {
    await this.#attachments.play();
  }

  /** @internal */
  protected setMediaStreamTrack(mediaStreamTrack: MediaStreamTrack): void {
    this.#mediaStreamTrack = mediaStreamTrack;
    this.#attachments.replaceTrack(mediaStreamTrack);
  }
}
