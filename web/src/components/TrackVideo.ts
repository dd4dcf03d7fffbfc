import { css, html, LitElement, type PropertyValues } from 'lit';
import type { Track } from '../../../client-sdk/src/index.ts';

/** Shows one video: a track of the room, or one that only the preview has. Fires `aspect` when its proportions change. */
export class TrackVideo extends LitElement {
  static override properties = {
    track: { attribute: false },
    preview: { attribute: false },
    mirrored: { type: Boolean, reflect: true },
    cropped: { type: Boolean, reflect: true },
  };
  static override styles = css`
    :host {
      display: block;
      width: 100%;
      height: 100%;
    }
    video {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: contain;
    }
    :host([cropped]) video {
      object-fit: cover;
    }
    :host([mirrored]) video {
      transform: scaleX(-1);
    }
  `;

  declare track: Track | undefined;
  declare preview: MediaStreamTrack | null;
  declare mirrored: boolean;
  declare cropped: boolean;
  #attached: Track | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#attached?.detach(this.#video);
    this.#attached = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override render() {
    return html`<video muted autoplay playsinline @resize=${this.#resized}></video>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { track } = this;
    if (track !== this.#attached) {
      this.#attached?.detach(this.#video);
      track?.attach(this.#video);
      this.#attached = track;
    }
    if (!track && changed.has('preview')) {
      this.#video.srcObject = this.preview ? new MediaStream([this.preview]) : null;
    }
  }

  get #video(): HTMLVideoElement {
    return this.renderRoot.querySelector('video')!;
  }

  #resized(): void {
    const { videoWidth, videoHeight } = this.#video;
    if (videoWidth > 0 && videoHeight > 0) {
      this.dispatchEvent(new CustomEvent('aspect', { detail: videoWidth / videoHeight }));
    }
  }
}
customElements.define('cx-track-video', TrackVideo);
