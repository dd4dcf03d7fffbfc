import { css, html, LitElement } from 'lit';
import { live } from 'lit/directives/live.js';
import { toStyle } from '../components/toStyle.ts';
import { base } from '../design/base.ts';
import type { Language } from '../i18n/languages.ts';
import type { NotesMessages } from '../i18n/notesMessages.ts';
import { formatScore, fromSlider, HIGHEST_SCORE, NO_SCORE, SCORE_STEP, toSlider } from './scores.ts';

/**
 * A score from 0 to 10 in halves, or none: a slider as wide as it can be, with the score large beside it. Keys and screen readers
 * have it from the browser. Fires `score` with the score or null.
 */
export class ScoreField extends LitElement {
  static override properties = { score: { type: Number }, label: {}, words: { attribute: false }, language: {} };
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 2.5em;
        align-items: center;
        gap: var(--cx-space-2);
      }
      .slider {
        position: relative;
        height: 44px;
      }
      /* The whole numbers, so that a thumb knows where it is. */
      .ticks {
        position: absolute;
        inset: 0 12px;
        display: grid;
        align-items: center;
      }
      .ticks::before {
        content: '';
        height: 12px;
        margin-inline-start: calc(100% / 21);
        background-image: linear-gradient(to right, var(--cx-control-line) 1px, transparent 1px);
        background-size: calc((100% - 1px) / 10) 100%;
      }
      input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        margin: 0;
        background: none;
        appearance: none;
        touch-action: pan-y;
        cursor: pointer;
      }
      input:focus-visible {
        outline-offset: -2px;
        border-radius: var(--cx-radius);
      }
      input::-webkit-slider-runnable-track {
        height: 4px;
        border-radius: 2px;
        background: linear-gradient(var(--cx-text), var(--cx-text)) no-repeat var(--cx-line);
        background-size: var(--filled) 100%;
      }
      input::-moz-range-track {
        height: 4px;
        border-radius: 2px;
        background: linear-gradient(var(--cx-text), var(--cx-text)) no-repeat var(--cx-line);
        background-size: var(--filled) 100%;
      }
      input::-webkit-slider-thumb {
        width: 24px;
        height: 24px;
        margin-block-start: -10px;
        border: 3px solid var(--cx-surface);
        border-radius: 50%;
        background: var(--cx-text);
        appearance: none;
      }
      input::-moz-range-thumb {
        box-sizing: border-box;
        width: 24px;
        height: 24px;
        border: 3px solid var(--cx-surface);
        border-radius: 50%;
        background: var(--cx-text);
      }
      .none input::-webkit-slider-thumb {
        border: 2px solid var(--cx-control-line);
        background: var(--cx-surface);
      }
      .none input::-moz-range-thumb {
        border: 2px solid var(--cx-control-line);
        background: var(--cx-surface);
      }
      output {
        font-size: 1.25rem;
        line-height: 1;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      .none + output {
        color: var(--cx-text-soft);
      }
    `,
  ];

  declare score: number | null;
  /** Whose score it is, for who hears it. */
  declare label: string;
  declare words: NotesMessages;
  declare language: Language;

  protected override render() {
    const { score, words, language } = this;
    const value = toSlider(score);
    const filled = `${((value - NO_SCORE) / (HIGHEST_SCORE - NO_SCORE)) * 100}%`;
    const shown = score === null ? '–' : formatScore(score, language);
    return html`<div class="slider ${score === null ? 'none' : ''}">
        <div class="ticks"></div>
        <input
          type="range"
          min=${NO_SCORE}
          max=${HIGHEST_SCORE}
          step=${SCORE_STEP}
          .style=${toStyle({ '--filled': filled })}
          .value=${live(String(value))}
          aria-label=${this.label}
          aria-valuetext=${score === null ? words.noScore : words.ofTen(shown)}
          @input=${(event: Event) => this.#chosen(event)}
        />
      </div>
      <output aria-hidden="true">${shown}</output>`;
  }

  #chosen(event: Event): void {
    const score = fromSlider(Number((event.target as HTMLInputElement).value));
    this.dispatchEvent(new CustomEvent('score', { detail: score }));
  }
}
customElements.define('cx-score', ScoreField);
