import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon, iconStyles } from '../components/icon.ts';
import { WatchingElement } from '../components/WatchingElement.ts';
import { base } from '../design/base.ts';
import { problemStyles } from '../design/problemStyles.ts';
import { limits } from '../../../client-sdk/src/index.ts';
import type { RoomSession } from '../session/RoomSession.ts';
import type { GuideEditing } from './GuideEditing.ts';
import { problemWords } from './problemWords.ts';
import type { TeaDraft, TeaField } from './teaDraft.ts';

type TextField = Exclude<TeaField, 'infusions'>;

/** The fields of one tea in the editor of the guide. */
export class TeaFields extends WatchingElement {
  static override properties = {
    session: { attribute: false },
    editing: { attribute: false },
    tea: { attribute: false },
  };
  static override styles = [
    base,
    iconStyles,
    problemStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--cx-space-3) var(--cx-space-2);
        padding-block: var(--cx-space-1) var(--cx-space-3);
      }
      .field {
        align-content: start;
      }
      textarea {
        field-sizing: content;
        max-height: 16rem;
      }
      .whole {
        grid-column: 1 / -1;
      }
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        font-size: var(--cx-size-small);
        color: var(--cx-text-soft);
      }
      .times {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cx-space-1);
        margin-block: var(--cx-space-1);
      }
      .times input {
        width: 60px;
        padding-inline: 4px;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      .times .button {
        width: 44px;
        min-height: 44px;
        padding: 0;
      }
    `,
  ];

  declare session: RoomSession;
  declare editing: GuideEditing;
  declare tea: TeaDraft;

  protected override get watched(): GuideEditing {
    return this.editing;
  }

  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.focus());
  }

  protected override render() {
    const words = this.session.t.guide.editor;
    return html`${this.#text('name', words.name, '', true)} ${this.#text('origin', words.origin, words.originHint)}
    ${this.#text('harvest', words.harvest, words.harvestHint)}
    ${this.#text('leafGrams', words.leafGrams, '', false, 'decimal')}
    ${this.#text('waterCelsius', words.waterCelsius, '', false, 'numeric')}
    ${this.#text('vessel', words.vessel, words.vesselHint)}
    ${this.#text('vesselMl', words.vesselMl, '', false, 'numeric')} ${this.#infusions()}
    ${this.#text('flavours', words.flavours, words.flavoursHint, true)} ${this.#notes()}`;
  }

  #text(field: TextField, label: string, hint: string, whole = false, mode: 'text' | 'decimal' | 'numeric' = 'text') {
    return html`<div class="field ${whole ? 'whole' : ''}">
      <label for=${field}>${label}</label>
      <input
        id=${field}
        class="input"
        inputmode=${mode}
        autocomplete="off"
        placeholder=${hint}
        .value=${live(this.tea[field])}
        aria-invalid=${this.#isWrong(field)}
        aria-describedby=${this.#isWrong(field) ? `${field}-problem` : nothing}
        @input=${(event: Event) => this.#write(field, event)}
      />
      ${this.#problem(field)}
    </div>`;
  }

  #notes() {
    const words = this.session.t.guide.editor;
    return html`<div class="field whole">
      <label for="notes">${words.notes}</label>
      <textarea
        class="input"
        id="notes"
        rows="3"
        placeholder=${words.notesHint}
        .value=${live(this.tea.notes)}
        aria-invalid=${this.#isWrong('notes')}
        aria-describedby=${this.#isWrong('notes') ? 'notes-problem' : nothing}
        @input=${(event: Event) => this.#write('notes', event)}
      ></textarea>
      ${this.#problem('notes')}
    </div>`;
  }

  #infusions() {
    const words = this.session.t.guide.editor;
    const { infusions } = this.tea;
    return html`<fieldset class="field whole">
      <legend>${words.infusions}</legend>
      <div class="times">
        ${infusions.map(
          (text, index) =>
            html`<input
              class="input"
              inputmode="numeric"
              autocomplete="off"
              aria-label=${words.infusionField(index + 1)}
              aria-invalid=${this.#isWrong('infusions')}
              aria-describedby="infusions-hint"
              .value=${live(text)}
              @input=${(event: Event) => this.#writeInfusion(index, (event.target as HTMLInputElement).value)}
              @keydown=${(event: KeyboardEvent) => this.#infusionKey(event, index)}
            />`,
        )}
        ${
          infusions.length < limits.guideInfusions
            ? html`<button class="button" aria-label=${words.addInfusion} @click=${() => this.#addInfusion()}>
                ${icon('plus')}
              </button>`
            : nothing
        }
      </div>
      <p id="infusions-hint" class="small-text soft">${words.infusionsHint}</p>
      ${this.#problem('infusions')}
    </fieldset>`;
  }

  #isWrong(field: TeaField): boolean {
    return this.editing.problems.has(`${this.tea.teaId}/${field}`);
  }

  #problem(field: TeaField) {
    const problem = this.editing.problems.get(`${this.tea.teaId}/${field}`);
    return problem
      ? html`<p class="problem" id="${field}-problem">${problemWords(problem, this.session.t.guide)}</p>`
      : nothing;
  }

  #write(field: TextField, event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLTextAreaElement;
    this.editing.setField(this.tea.teaId, field, value);
  }

  #writeInfusion(index: number, text: string): void {
    this.editing.setField(this.tea.teaId, 'infusions', this.tea.infusions.with(index, text));
  }

  #addInfusion(): void {
    const { infusions } = this.tea;
    if (infusions.length >= limits.guideInfusions) return;
    this.editing.setField(this.tea.teaId, 'infusions', [...infusions, '']);
    this.#focusInfusion(infusions.length);
  }

  /** Enter goes on to the next infusion, as in a list; Backspace takes an empty one away. */
  #infusionKey(event: KeyboardEvent, index: number): void {
    const { infusions, teaId } = this.tea;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (index === infusions.length - 1) this.#addInfusion();
      else this.#focusInfusion(index + 1);
    } else if (event.key === 'Backspace' && infusions[index] === '') {
      event.preventDefault();
      this.editing.setField(teaId, 'infusions', infusions.toSpliced(index, 1));
      this.#focusInfusion(Math.max(0, index - 1));
    }
  }

  #focusInfusion(index: number): void {
    void this.updateComplete.then(async () => {
      // The draft comes back from above.
      await new Promise(requestAnimationFrame);
      this.renderRoot.querySelectorAll<HTMLInputElement>('.times input')[index]?.focus();
    });
  }
}
customElements.define('cx-tea-fields', TeaFields);
