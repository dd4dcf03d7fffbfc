import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon, iconStyles } from '../components/icon.ts';
import { WatchingElement } from '../components/WatchingElement.ts';
import { base } from '../design/base.ts';
import { problemStyles } from '../design/problemStyles.ts';
import { limits } from '../../../client-sdk/src/index.ts';
import type { RoomSession } from '../session/RoomSession.ts';
import { changeWords } from './changeWords.ts';
import type { GuideEditing } from './GuideEditing.ts';
import { problemWords } from './problemWords.ts';
import type { TeaDraft } from './teaDraft.ts';
import './TeaFields.ts';
import type { TeaFields } from './TeaFields.ts';

/** What is asked before it is done. */
type Question = 'discard' | 'removeGuide';

/** Where who leads writes the guide. Nothing is lost that was typed; all of it is saved as one act. Fires `done` with `saved`. */
export class GuideEditor extends WatchingElement {
  static override properties = {
    session: { attribute: false },
    editing: { attribute: false },
    open: { state: true },
    question: { state: true },
    said: { state: true },
  };
  static override styles = [
    base,
    iconStyles,
    problemStyles,
    css`
      :host {
        flex: 1;
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        min-height: 0;
      }
      /* What is written scrolls above what one does with it, so that nothing lies under a button. */
      .written {
        display: grid;
        align-content: start;
        gap: var(--cx-space-3);
        margin-inline: calc(-1 * var(--cx-space-2));
        padding: 0 var(--cx-space-2) var(--cx-space-2);
        overflow-y: auto;
      }
      .conflict {
        display: grid;
        justify-items: start;
        gap: var(--cx-space-2);
        padding: var(--cx-space-3);
        border: 1px solid var(--cx-control-line);
        border-radius: var(--cx-radius);
        background: var(--cx-raised);
      }
      .conflict ul {
        padding-inline-start: 1.2em;
        list-style: disc;
      }
      .teas {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .teas > li {
        border-block-start: 1px solid var(--cx-line);
      }
      .teas > li:last-child {
        border-block-end: 1px solid var(--cx-line);
      }
      .row {
        display: flex;
        align-items: center;
        min-height: 56px;
      }
      .row .button {
        flex: none;
        width: 40px;
        min-height: 44px;
      }
      .row .button:disabled {
        opacity: 0.3;
      }
      .open {
        flex: 1;
        display: flex;
        align-items: center;
        gap: var(--cx-space-2);
        min-width: 0;
        min-height: 48px;
        padding: 10px 0;
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .open .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .undo {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--cx-space-2);
        min-height: 48px;
      }
      .add {
        width: 100%;
      }
      footer {
        display: grid;
        gap: var(--cx-space-2);
        padding-block-start: var(--cx-space-2);
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cx-space-2);
      }
      .acts .next {
        flex: 1;
      }
    `,
  ];

  declare session: RoomSession;
  declare editing: GuideEditing;
  /** The tea whose fields are shown. */
  declare open: string | null;
  declare question: Question | null;
  /** For who hears the page. */
  declare said: string;

  constructor() {
    super();
    this.open = null;
    this.question = null;
    this.said = '';
  }

  protected override get watched(): GuideEditing {
    return this.editing;
  }

  protected override render() {
    const { editing, session } = this;
    const words = session.t.guide.editor;
    const { draft } = editing;
    return html`<div class="written">
        ${this.#conflict()} ${this.#title()}
        <ol class="teas" ?hidden=${draft.teas.length === 0}>
          ${repeat(
            draft.teas,
            ({ teaId }) => teaId,
            (tea, index) => this.#tea(tea, index),
          )}
        </ol>
        ${
          editing.removed
            ? html`<div class="undo" role="status">
                <p>${words.removed(editing.removed.name || words.unnamed)}</p>
                <button class="button small" @click=${() => this.#undo()}>${icon('undo')}${words.undo}</button>
              </div>`
            : nothing
        }
        ${
          editing.isFull
            ? html`<p class="soft">${words.full(limits.guideTeas)}</p>`
            : html`<button class="button add" @click=${() => this.#add()}>${icon('plus')}${words.addTea}</button>`
        }
      </div>
      ${this.#footer()}
      <p class="unseen" role="status">${this.said}</p>`;
  }

  #conflict() {
    const { editing, session } = this;
    const words = session.t.guide;
    const { conflict } = words.editor;
    if (editing.changes.length === 0) return nothing;
    return html`<div class="conflict" role="alert">
      <strong>${conflict.title}</strong>
      <ul>
        ${editing.changes.map((change) => html`<li>${changeWords(change, words)}</li>`)}
      </ul>
      <p>${conflict.kept}</p>
      <button class="button small" @click=${() => editing.acknowledge()}>${conflict.understood}</button>
    </div>`;
  }

  #title() {
    const { editing, session } = this;
    const words = session.t.guide.editor;
    const problem = editing.problems.get('title');
    return html`<div class="field">
      <label for="title">${words.guideTitle}</label>
      <input
        id="title"
        class="input"
        autocomplete="off"
        placeholder=${words.guideTitleHint}
        .value=${live(editing.draft.title)}
        aria-invalid=${problem !== undefined}
        aria-describedby=${problem ? 'title-problem' : nothing}
        @input=${(event: Event) => editing.setTitle((event.target as HTMLInputElement).value)}
      />
      ${problem ? html`<p class="problem" id="title-problem">${problemWords(problem, session.t.guide)}</p>` : nothing}
    </div>`;
  }

  #tea(tea: TeaDraft, index: number) {
    const { editing, session } = this;
    const words = session.t.guide;
    const name = tea.name.trim() || words.editor.unnamed;
    const isOpen = this.open === tea.teaId;
    const isWrong = [...editing.problems.keys()].some((key) => key.startsWith(`${tea.teaId}/`));
    return html`<li @keydown=${(event: KeyboardEvent) => this.#teaKey(event, tea)}>
      <div class="row">
        <button
          class="open"
          data-tea=${tea.teaId}
          aria-expanded=${isOpen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          @click=${() => (this.open = isOpen ? null : tea.teaId)}
        >
          <span class="soft" aria-hidden="true">${words.ordinal(index + 1)}</span>
          <span class="name ${tea.name.trim() ? '' : 'soft'}">${name}</span>
          ${isWrong ? icon('trouble') : nothing}
        </button>
        <button
          class="button square"
          aria-label=${words.editor.moveUp(name)}
          ?disabled=${index === 0}
          @click=${() => this.#move(tea, -1)}
        >
          ${icon('up')}
        </button>
        <button
          class="button square"
          aria-label=${words.editor.moveDown(name)}
          ?disabled=${index === editing.draft.teas.length - 1}
          @click=${() => this.#move(tea, 1)}
        >
          ${icon('down')}
        </button>
        <button class="button square" aria-label=${words.editor.remove(name)} @click=${() => this.#remove(tea)}>
          ${icon('trash')}
        </button>
      </div>
      ${isOpen ? html`<cx-tea-fields .session=${session} .editing=${editing} .tea=${tea}></cx-tea-fields>` : nothing}
    </li>`;
  }

  #footer() {
    const { editing, session } = this;
    const words = session.t.guide.editor;
    if (this.question) return this.#ask(this.question);
    const { error, saving, isDirty } = editing;
    const mend = editing.problems.size > 0;
    const ofAll = editing.problems.get('guide');
    const mendWords = ofAll ? problemWords(ofAll, session.t.guide) : words.mend;
    return html`<footer>
      <p class="small-text ${error || mend ? '' : 'soft'}" role=${error || mend ? 'alert' : 'status'}>
        ${error ? session.t.sentence(session.t.errors[error]) : mend ? mendWords : isDirty ? words.unsaved : nothing}
      </p>
      <div class="acts">
        ${
          isDirty
            ? html`<button class="button" @click=${() => (this.question = 'discard')}>${words.discard}</button>`
            : session.guide.current
              ? html`<button class="button" @click=${() => (this.question = 'removeGuide')}>
                  ${words.removeGuide}
                </button>`
              : nothing
        }
        <button class="button next" aria-busy=${saving} @click=${() => void this.#save()}>
          ${saving ? words.saving : words.save}
        </button>
      </div>
    </footer>`;
  }

  #ask(question: Question) {
    const words = this.session.t.guide.editor;
    const asked = question === 'discard' ? words.discardQuestion : words.removeGuideQuestion;
    const act = question === 'discard' ? words.discard : words.removeGuide;
    return html`<footer>
      <p role="alert">${asked}</p>
      <div class="acts">
        <button class="button" @click=${() => (this.question = null)}>${words.keep}</button>
        <button class="button next" @click=${() => void this.#answered(question)}>${act}</button>
      </div>
    </footer>`;
  }

  async #answered(question: Question): Promise<void> {
    this.question = null;
    if (question === 'discard') this.editing.discard();
    else if (!(await this.editing.removeGuide())) return;
    this.#done(false);
  }

  async #save(): Promise<void> {
    if (await this.editing.save()) {
      this.#done(true);
      return;
    }
    // To the first field that has to be mended.
    const [teaId, field] = [...this.editing.problems.keys()][0]?.split('/') ?? [];
    if (teaId && field) this.open = teaId;
  }

  #done(saved: boolean): void {
    this.dispatchEvent(new CustomEvent('done', { detail: { saved } }));
  }

  #add(): void {
    this.open = this.editing.add();
    void this.updateComplete.then(() => this.renderRoot.querySelector<TeaFields>('cx-tea-fields')?.focus());
  }

  #move({ teaId, name }: TeaDraft, by: -1 | 1): void {
    const { editing, session } = this;
    editing.move(teaId, by);
    const { teas } = editing.draft;
    const words = session.t.guide.editor;
    const place = teas.findIndex((tea) => tea.teaId === teaId) + 1;
    this.said = words.moved(name.trim() || words.unnamed, place, teas.length);
  }

  #remove(tea: TeaDraft): void {
    this.editing.remove(tea.teaId);
    // The button that had the focus is gone.
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.undo .button')?.focus());
  }

  #undo(): void {
    const { teaId } = this.editing.removed!;
    this.editing.undo();
    this.#focusTea(teaId);
  }

  /** Alt with an arrow moves a tea, from anywhere in it. */
  #teaKey(event: KeyboardEvent, tea: TeaDraft): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    this.#move(tea, event.key === 'ArrowUp' ? -1 : 1);
    this.#focusTea(tea.teaId);
  }

  #focusTea(teaId: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-tea="${teaId}"]`)?.focus());
  }
}
customElements.define('cx-guide-editor', GuideEditor);
