import { css, html } from 'lit';
import { live } from 'lit/directives/live.js';
import { limits, noteAspects, type NoteAspect, type TastingNote } from '../../../client-sdk/src/index.ts';
import { SessionElement } from '../components/SessionElement.ts';
import { isEmptyNote } from './scores.ts';
import './ScoreField.ts';

/** One's own note on a tea, to write: six aspects with score and words, words for the whole, and who may see it. */
export class OwnNote extends SessionElement {
  static override properties = { ...SessionElement.properties, teaId: {} };
  static override styles = [
    ...[SessionElement.styles].flat(),
    css`
      :host {
        display: grid;
        gap: var(--cx-space-3);
      }
      h3 {
        font-size: var(--cx-size-body);
      }
      /* As on paper: a line to write on. */
      textarea.input {
        display: block;
        min-height: 40px;
        max-height: 16rem;
        resize: none;
        field-sizing: content;
      }
      .aspect .input {
        padding: 6px 0;
        border-width: 0 0 1px;
        border-radius: 0;
        background: none;
      }
      .whole .input {
        margin-block-start: var(--cx-space-2);
      }
      .state {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--cx-space-2);
      }
      .state p {
        flex: 1 1 10rem;
      }
    `,
  ];

  declare teaId: string;

  protected override render() {
    const { notes, t } = this.session;
    const note = notes.own(this.teaId);
    const words = t.notes;
    return html`${noteAspects.map((aspect) => this.#aspect(aspect, note))}
      <section class="whole">
        <h3 id="whole">${words.whole}</h3>
        <textarea
          class="input"
          rows="2"
          maxlength=${limits.noteWords}
          aria-labelledby="whole"
          placeholder=${words.wholeHint}
          .value=${live(note?.words ?? '')}
          @input=${(event: Event) => notes.conclude(this.teaId, (event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </section>
      ${this.#state(note)}`;
  }

  #aspect(aspect: NoteAspect, note: TastingNote | null) {
    const { notes, t, language } = this.session;
    const words = t.notes;
    const { score, words: said } = note?.aspects[aspect] ?? { score: null, words: '' };
    const name = words.aspects[aspect];
    return html`<section class="aspect">
      <h3>${name}</h3>
      <cx-score
        .score=${score}
        .label=${words.score(name)}
        .words=${words}
        .language=${language}
        @score=${(event: CustomEvent<number | null>) => notes.score(this.teaId, aspect, event.detail)}
      ></cx-score>
      <textarea
        class="input"
        rows="1"
        maxlength=${limits.aspectWords}
        aria-label=${words.aspectWords(name)}
        placeholder=${words.aspectHints[aspect]}
        .value=${live(said)}
        @input=${(event: Event) => notes.describe(this.teaId, aspect, (event.target as HTMLTextAreaElement).value)}
      ></textarea>
    </section>`;
  }

  #state(note: TastingNote | null) {
    const { notes, t } = this.session;
    const words = t.notes;
    const isEmpty = note === null || isEmptyNote(note);
    const shared = note?.shared === true;
    return html`<div class="state">
      <p class="small-text soft">
        ${shared ? words.shared : words.private}
        <span role="status">${isEmpty ? '' : words[notes.saveState]}</span>
      </p>
      <button
        class="button ${shared ? '' : 'next'}"
        ?disabled=${isEmpty && !shared}
        @click=${() => void notes.share(this.teaId, !shared)}
      >
        ${shared ? words.withdraw : words.share}
      </button>
    </div>`;
  }
}
customElements.define('cx-own-note', OwnNote);
