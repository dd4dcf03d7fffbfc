import { css, html } from 'lit';
import type { ChatMessage } from '../../../client-sdk/src/messaging/index.ts';
import { icon } from '../components/icon.ts';
import { toStyle } from '../components/toStyle.ts';
import { formatDuration } from '../i18n/formatChat.ts';
import { ChatElement } from './ChatElement.ts';
import { waveformBars } from './waveformBars.ts';

const rates = [1, 1.5, 2] as const;
const BARS = 36;
/** Milliseconds that an arrow key moves. */
const STEP_MS = 5_000;

/** A voice message: play, where it is, how long it is, how fast. */
export class VoicePlayer extends ChatElement {
  static override properties = {
    ...ChatElement.properties,
    message: { attribute: false },
    isPlaying: { state: true },
    positionMs: { state: true },
    rate: { state: true },
  };
  static override styles = [
    ...[ChatElement.styles].flat(),
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: 10px;
        width: 17rem;
        max-width: 100%;
      }
      .play {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: var(--cx-inverse);
        color: var(--cx-on-inverse);
        cursor: pointer;
      }
      .track {
        display: flex;
        align-items: center;
        gap: 2px;
        height: 36px;
        cursor: pointer;
        touch-action: none;
      }
      .bar {
        flex: 1;
        min-width: 1px;
        height: var(--height);
        border-radius: 1px;
        background: var(--cx-control-line);
        opacity: 0.55;
      }
      .bar.done {
        background: var(--cx-text);
        opacity: 1;
      }
      .end {
        display: grid;
        justify-items: end;
        font-size: var(--cx-size-small);
        line-height: 1.3;
        font-variant-numeric: tabular-nums;
      }
      .rate {
        min-width: 36px;
        min-height: 24px;
        padding: 0;
        border: 0;
        background: none;
        font: inherit;
        color: var(--cx-text-soft);
        text-align: end;
        cursor: pointer;
      }
    `,
  ];

  /** The one that plays: another one stops it. */
  static #playing: VoicePlayer | null = null;
  declare message: ChatMessage;
  declare isPlaying: boolean;
  declare positionMs: number;
  declare rate: number;
  #audio: HTMLAudioElement | null = null;

  constructor() {
    super();
    this.isPlaying = false;
    this.positionMs = 0;
    this.rate = 1;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
  }

  protected override render() {
    const { voice: words } = this.chat.t.chat;
    const { durationMs, waveform } = this.#content;
    const total = formatDuration(durationMs);
    const done = (this.positionMs / durationMs) * BARS;
    const shown = this.isPlaying || this.positionMs > 0 ? formatDuration(this.positionMs) : total;
    return html`<button
        class="play"
        aria-label=${this.isPlaying ? words.pause : `${words.play} · ${words.message(total)}`}
        @click=${() => (this.isPlaying ? this.pause() : void this.#play())}
      >
        ${icon(this.isPlaying ? 'pause' : 'play')}
      </button>
      <div
        class="track"
        role="slider"
        tabindex="0"
        aria-label=${words.position}
        aria-valuemin="0"
        aria-valuemax=${Math.round(durationMs / 1_000)}
        aria-valuenow=${Math.round(this.positionMs / 1_000)}
        aria-valuetext=${formatDuration(this.positionMs)}
        @pointerdown=${this.#seekTo}
        @keydown=${this.#key}
      >
        ${waveformBars(waveform, BARS).map(
          (level, index) =>
            html`<span
              class="bar ${index < done ? 'done' : ''}"
              .style=${toStyle({ '--height': `${10 + 0.9 * level}%` })}
            ></span>`,
        )}
      </div>
      <span class="end">
        <span>${shown}</span>
        <button class="rate" aria-label=${words.speed(String(this.rate))} @click=${() => this.#nextRate()}>
          ${this.rate}×
        </button>
      </span>`;
  }

  get #content() {
    const { content } = this.message;
    if (content?.type !== 'voice') throw new TypeError('Only a voice message can be played.');
    return content;
  }

  async #play(): Promise<void> {
    try {
      this.#audio ??= await this.#open();
      if (VoicePlayer.#playing !== this) VoicePlayer.#playing?.pause();
      VoicePlayer.#playing = this;
      this.#audio.playbackRate = this.rate;
      this.#audio.currentTime = this.positionMs / 1_000;
      await this.#audio.play();
    } catch {
      // The next try asks for another link.
      this.#audio = null;
      this.isPlaying = false;
      this.chat.tell(this.chat.t.chat.voice.failed);
    }
  }

  async #open(): Promise<HTMLAudioElement> {
    const found = await this.chat.conversation.attachmentUrl(this.message);
    const audio = new Audio(found?.url);
    audio.ontimeupdate = () => (this.positionMs = Math.min(this.#content.durationMs, audio.currentTime * 1_000));
    audio.onplay = () => (this.isPlaying = true);
    audio.onpause = () => (this.isPlaying = false);
    audio.onended = () => {
      this.isPlaying = false;
      this.positionMs = 0;
    };
    return audio;
  }

  pause(): void {
    this.#audio?.pause();
  }

  #nextRate(): void {
    this.rate = rates[(rates.findIndex((rate) => rate === this.rate) + 1) % rates.length]!;
    if (this.#audio) this.#audio.playbackRate = this.rate;
  }

  #seek(positionMs: number): void {
    this.positionMs = Math.max(0, Math.min(this.#content.durationMs, positionMs));
    if (this.#audio) this.#audio.currentTime = this.positionMs / 1_000;
  }

  #seekTo(event: PointerEvent): void {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.#seek(((event.clientX - left) / width) * this.#content.durationMs);
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    this.#seek(this.positionMs + (event.key === 'ArrowLeft' ? -STEP_MS : STEP_MS));
  }
}
customElements.define('cx-voice', VoicePlayer);
