/** What a track wants to know of the elements that it is shown in. */
export interface AttachmentHooks {
  /** The browser wants a click before it plays this. */
  playbackBlocked(): void;
  changed(): void;
}

/** Which attachments an element belongs to at present: an element shows one track. */
const owners = new WeakMap<HTMLMediaElement, ElementAttachments>();

/** The elements that one track is shown in. */
export class ElementAttachments {
  readonly #kind: 'audio' | 'video';
  readonly #stream: MediaStream;
  readonly #silent: boolean;
  readonly #hooks: AttachmentHooks;
  readonly #elements = new Set<HTMLMediaElement>();

  /** `silent` elements make no sound: one does not want to hear oneself. */
  constructor(
    kind: 'audio' | 'video',
    track: MediaStreamTrack,
    { silent, hooks }: { silent: boolean; hooks: AttachmentHooks },
  ) {
    this.#kind = kind;
    this.#stream = new MediaStream([track]);
    this.#silent = silent;
    this.#hooks = hooks;
  }

  get elements(): readonly HTMLMediaElement[] {
    return [...this.#elements];
  }

  add(element: HTMLMediaElement): void {
    const owner = owners.get(element);
    if (owner !== this) {
      owner?.remove(element);
      owners.set(element, this);
      this.#elements.add(element);
    }
    element.autoplay = true;
    // Without it a phone opens the video in its own full screen player.
    element.setAttribute('playsinline', '');
    // A muted video may play without a click; its sound is another track.
    if (this.#kind === 'video' || this.#silent) element.muted = true;
    if (element.srcObject !== this.#stream) element.srcObject = this.#stream;
    void this.#play(element);
    this.#hooks.changed();
  }

  /** @returns the elements that were removed */
  remove(element?: HTMLMediaElement): HTMLMediaElement[] {
    const removed = [...this.#elements].filter((candidate) => !element || candidate === element);
    for (const candidate of removed) {
      this.#elements.delete(candidate);
      owners.delete(candidate);
      if (candidate.srcObject === this.#stream) candidate.srcObject = null;
    }
    if (removed.length > 0) this.#hooks.changed();
    return removed;
  }

  replaceTrack(track: MediaStreamTrack): void {
    const before = this.#stream.getTracks().filter((candidate) => candidate !== track);
    // The new one first: a stream without a track ends its elements.
    this.#stream.addTrack(track);
    for (const old of before) this.#stream.removeTrack(old);
    void this.play();
  }

  async play(): Promise<void> {
    await Promise.all([...this.#elements].map((element) => this.#play(element)));
  }

  async #play(element: HTMLMediaElement): Promise<void> {
    try {
      await element.play();
    } catch (error) {
      // Anything else (AbortError) means that the element was given something new to play meanwhile.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#hooks.playbackBlocked();
    }
  }
}
