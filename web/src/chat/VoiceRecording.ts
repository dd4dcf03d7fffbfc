import { css, html } from 'lit';
import type { VoiceRecorder } from '../../../client-sdk/src/messaging/index.ts';
import { icon } from '../components/icon.ts';
import { toStyle } from '../components/toStyle.ts';
import { formatDuration } from '../i18n/formatChat.ts';
import { loadPreferences } from '../session/preferences.ts';
import { ChatElement } from './ChatElement.ts';

/** Levels that are shown, the latest at the end. */
const LEVELS = 48;
/** Who lets go sooner has tapped, and records until the next tap. */
const HOLD_MS = 500;

/** Records from the moment when it is there, until it is sent or thrown away. Fires `done`. */
export class VoiceRecording extends ChatElement {
  static override properties = { ...ChatElement.properties, levels: { state: true } };
  static override styles = [
    ...[ChatElement.styles].flat(),
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--cx-space-2);
        min-height: var(--cx-touch);
        touch-action: none;
      }
      .levels {
        flex: 1;
        display: flex;
        align-items: center;
        justify-content: flex-end;
        gap: 2px;
        height: 36px;
        min-width: 0;
        overflow: hidden;
      }
      .level {
        flex: none;
        width: 3px;
        height: var(--height);
        border-radius: 1px;
        background: var(--cx-text);
      }
      .time {
        min-width: 3rem;
        font-variant-numeric: tabular-nums;
      }
      .button {
        flex: none;
      }
      .next {
        border-radius: 50%;
      }
    `,
  ];

  /** 0 to 100. */
  declare levels: readonly number[];
  #recorder: VoiceRecorder | null = null;
  #over = false;
  readonly #openedAt = performance.now();
  readonly #released = (event: PointerEvent) => this.#letGo(event);

  constructor() {
    super();
    this.levels = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pointerup', this.#released);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pointerup', this.#released);
    this.#end();
  }

  protected override firstUpdated(): void {
    void this.#record();
  }

  protected override render() {
    const { voice: words } = this.chat.t.chat;
    const elapsed = formatDuration(this.#recorder?.durationMs ?? 0);
    return html`<button class="button square cancel" aria-label=${words.cancel} @click=${() => this.#finish()}>
        ${icon('trash')}
      </button>
      <span class="time" role="timer" aria-label=${words.recording(elapsed)}>${elapsed}</span>
      <span class="levels" aria-hidden="true">
        ${this.levels.map(
          (level) => html`<span class="level" .style=${toStyle({ '--height': `${Math.max(8, level)}%` })}></span>`,
        )}
      </span>
      <button class="button square next send" aria-label=${words.send} @click=${() => void this.#send()}>
        ${icon('arrowUp')}
      </button>`;
  }

  async #record(): Promise<void> {
    await this.chat.attempt(async () => {
      const { recordVoice } = await import('../../../client-sdk/src/messaging/index.ts');
      const recorder = await recordVoice({ deviceId: loadPreferences().microphone });
      if (this.#over) return recorder.cancel();
      this.#recorder = recorder;
      recorder.on('levelChanged', (level) => (this.levels = [...this.levels, level].slice(-LEVELS)));
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.send')?.focus();
    });
    if (!this.#recorder && !this.#over) this.#finish();
  }

  async #send(): Promise<void> {
    const recorder = this.#recorder;
    if (!recorder || this.#over) return;
    this.#recorder = null;
    await this.chat.attempt(async () => this.chat.sendVoice(await recorder.stop()));
    this.#finish();
  }

  /** Held until now: it is sent, or thrown away where the finger is on the button for that. */
  #letGo(event: PointerEvent): void {
    if (performance.now() - this.#openedAt < HOLD_MS || event.composedPath().includes(this)) return;
    const cancel = this.renderRoot.querySelector('.cancel')!.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    const isOnCancel = x >= cancel.left && x <= cancel.right && y >= cancel.top && y <= cancel.bottom;
    if (isOnCancel) this.#finish();
    else void this.#send();
  }

  #finish(): void {
    this.#end();
    this.dispatchEvent(new CustomEvent('done'));
  }

  #end(): void {
    this.#over = true;
    this.#recorder?.cancel();
    this.#recorder = null;
  }
}
customElements.define('cx-voice-recording', VoiceRecording);
