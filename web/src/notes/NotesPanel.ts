import { css, html, nothing, type PropertyValues } from 'lit';
import type { Tea, TastingNote } from '../../../client-sdk/src/index.ts';
import { icon } from '../components/icon.ts';
import { SidePanel } from '../components/SidePanel.ts';
import { noteContent, noteContentStyles } from './noteContent.ts';
import './NotesSummaryView.ts';
import './OwnNote.ts';

type NotesView = 'own' | 'table';

/** Tasting notes beside the cup: one's own on the tea on the table or any other, those that others share, and for who leads the summary. */
export class NotesPanel extends SidePanel {
  static override properties = { ...SidePanel.properties, view: { state: true } };
  static override styles = [
    ...SidePanel.styles,
    noteContentStyles,
    css`
      :host {
        width: 392px;
      }
      .scroll {
        flex: 1;
        display: grid;
        /* None lower than what it holds: the choice of whose notes hides its corners, and would be pressed flat. */
        grid-auto-rows: max-content;
        align-content: start;
        gap: var(--cx-space-3);
        padding-block: var(--cx-space-1) var(--cx-space-3);
      }
      .views {
        display: grid;
        grid-template-columns: 1fr 1fr;
        border: 1px solid var(--cx-control-line);
        border-radius: var(--cx-radius);
        overflow: hidden;
      }
      .views button {
        min-height: 44px;
        border: 0;
        background: none;
        cursor: pointer;
      }
      .views button[aria-pressed='true'] {
        background: var(--cx-inverse);
        color: var(--cx-on-inverse);
      }
      .views button:focus-visible {
        outline-offset: -4px;
      }
      h3,
      h4 {
        margin: 0;
        font-size: var(--cx-size-body);
      }
      .others {
        display: grid;
        gap: var(--cx-space-3);
        padding-block-start: var(--cx-space-3);
        border-block-start: 1px solid var(--cx-line);
      }
      .empty {
        display: grid;
        gap: var(--cx-space-2);
        padding-block: var(--cx-space-2);
      }
      @container (max-width: 700px) {
        :host {
          width: auto;
        }
      }
    `,
  ];

  declare view: NotesView;

  constructor() {
    super();
    this.view = 'own';
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.hidden) return;
    const { notes } = this.session;
    const { tea } = notes;
    if (tea) void notes.look(tea.teaId);
    void notes.summarize();
  }

  protected override render() {
    const { t } = this.session;
    return html`${this.header(t.notes.title)}
      <div class="scroll">${this.hidden ? nothing : this.#content()}</div>`;
  }

  #content() {
    const { notes, t } = this.session;
    const { tea } = notes;
    const words = t.notes;
    if (!tea) {
      return html`<div class="empty">
        <p>${words.empty}</p>
        <p class="soft small-text">${words.emptyHint}</p>
      </div>`;
    }
    const view = notes.maySummarize ? (notes.mayWrite ? this.view : 'table') : 'own';
    return html`${this.#choice(tea)} ${notes.maySummarize && notes.mayWrite ? this.#views() : nothing}
      ${
        view === 'own'
          ? notes.mayWrite
            ? html`<cx-own-note .session=${this.session} .teaId=${tea.teaId}></cx-own-note>`
            : nothing
          : html`<cx-notes-summary .session=${this.session} .teaId=${tea.teaId}></cx-notes-summary>`
      }
      ${this.#others(tea)}
      <a class="button" href=${this.session.notesPage} target="_blank" rel="noopener">
        ${icon('print')}${words.keep}
      </a>`;
  }

  #choice(present: Tea) {
    const { notes, guide, t } = this.session;
    const words = t.notes;
    const { otherOnTable } = notes;
    return html`<div class="field">
        <label for="tea">${words.tea}</label>
        <select id="tea" @change=${(event: Event) => notes.choose((event.target as HTMLSelectElement).value)}>
          ${notes.teas.map(
            ({ teaId, name }) =>
              html`<option value=${teaId} ?selected=${teaId === present.teaId} .selected=${teaId === present.teaId}>
                ${teaId === guide.step?.teaId ? words.onTable(name) : name}
              </option>`,
          )}
        </select>
      </div>
      ${
        otherOnTable
          ? html`<button class="button small" @click=${() => notes.choose(null)}>
              ${words.onTable(otherOnTable.name)} ${icon('forward')}
            </button>`
          : nothing
      }`;
  }

  #views() {
    const words = this.session.t.notes.views;
    const views: NotesView[] = ['own', 'table'];
    return html`<div class="views" role="group" aria-label=${words.label}>
      ${views.map(
        (view) =>
          html`<button aria-pressed=${this.view === view} @click=${() => (this.view = view)}>${words[view]}</button>`,
      )}
    </div>`;
  }

  #others({ teaId }: Tea) {
    const { notes, t } = this.session;
    const words = t.notes;
    const shared = notes.shared(teaId);
    return html`<section class="others">
      <h3>${words.others}</h3>
      ${
        shared.length === 0
          ? html`<p class="soft small-text">${words.othersEmpty}</p>`
          : shared.map((note) => this.#shared(note))
      }
    </section>`;
  }

  #shared(note: TastingNote) {
    const { t, language } = this.session;
    return html`<article>
      <h4>${note.name}</h4>
      ${noteContent(note, t.notes, language)}
    </article>`;
  }
}
customElements.define('cx-notes', NotesPanel);
