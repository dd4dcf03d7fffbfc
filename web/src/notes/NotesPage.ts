import { html, nothing } from 'lit';
import {
  fetchTastingExport,
  type ErrorCode,
  type Still,
  type TastingExport,
  type TastingNote,
} from '../../../client-sdk/src/index.ts';
import { icon, iconStyles } from '../components/icon.ts';
import { PageElement } from '../components/PageElement.ts';
import '../components/PageTools.ts';
import { pageLayout, wholePage } from '../components/pageLayout.ts';
import { base } from '../design/base.ts';
import { tokens } from '../design/tokens.ts';
import { teaCard, teaCardStyles, teaOrigin } from '../guide/teaCard.ts';
import { formatTime } from '../i18n/formatTime.ts';
import { chooseLanguage, languages } from '../i18n/languages.ts';
import { errorCodeOf } from '../session/errorCodeOf.ts';
import { readRoomLink } from '../session/roomLink.ts';
import { arrangeExport, type KeptTea } from './arrangeExport.ts';
import { noteContent, noteContentStyles } from './noteContent.ts';
import { notesPageStyles } from './notesPageStyles.ts';
import { radarDrawing, radarStyles } from './radarDrawing.ts';

/** What is left of a tasting, to print and to keep: the guide, one's own notes, those that others share, and the stills. */
export class NotesPage extends PageElement {
  static override properties = { ...PageElement.properties, tasting: { state: true }, error: { state: true } };
  static override styles = [
    tokens,
    base,
    iconStyles,
    pageLayout,
    wholePage,
    teaCardStyles,
    noteContentStyles,
    radarStyles,
    notesPageStyles,
  ];

  /** Null until the server has answered. */
  declare tasting: TastingExport | null;
  declare error: ErrorCode | 'noLink' | null;
  #asked = 0;

  constructor() {
    super();
    this.tasting = null;
    this.error = null;
    addEventListener('hashchange', () => void this.#open());
    void this.#open();
  }

  protected override get pageTitle(): string {
    const { notes, brand } = this.messages;
    // The name of the file where a browser prints into one.
    return [this.tasting?.guide?.title ?? notes.page.title, this.tasting?.room ?? brand].join(' · ');
  }

  protected override render() {
    return html`<header class="top">
        <span class="brand">${this.messages.brand}</span>
        <cx-page-tools .language=${this.language}></cx-page-tools>
      </header>
      <main>${this.tasting ? this.#sheet(this.tasting) : this.#waiting()}</main>`;
  }

  #waiting() {
    const { notes, errors, preview } = this.messages;
    const { error } = this;
    if (error === null) return html`<p class="words soft" role="status">${notes.page.loading}</p>`;
    const { what, how } = error === 'noLink' ? notes.page.noLink : errors[error];
    return html`<div class="words" role="alert">
      <h1>${what}</h1>
      <p class="lead soft">${how}</p>
      ${
        error === 'noLink'
          ? nothing
          : html`<button class="button next" @click=${() => void this.#open()}>${preview.retry}</button>`
      }
    </div>`;
  }

  #sheet(tasting: TastingExport) {
    const words = this.messages.notes.page;
    const { guide, room, exportedAt, stills } = tasting;
    const teas = arrangeExport(tasting);
    const date = new Date(exportedAt).toLocaleDateString(languages[this.language], { dateStyle: 'long' });
    const isEmpty = teas.length === 0 && stills.length === 0;
    return html`<div class="tools">
        <button class="button" @click=${() => this.#download(tasting)}>${icon('download')}${words.download}</button>
        <button class="button next" @click=${() => print()}>${icon('print')}${words.print}</button>
      </div>
      <article class="sheet">
        <header class="title">
          <h1>${guide?.title ?? words.title}</h1>
          <p class="soft">${words.lead(room, date)}</p>
        </header>
        ${
          isEmpty
            ? html`<p class="lead">${words.empty}</p>
                <p class="soft">${words.emptyHint}</p>`
            : nothing
        }
        ${teas.map((tea) => this.#tea(tea))} ${stills.length === 0 ? nothing : this.#stills(stills)}
      </article>`;
  }

  #tea({ tea, number, own, shared }: KeptTea) {
    const { guide: words, notes } = this.messages;
    const origin = tea ? teaOrigin(tea, words) : '';
    const radar = radarDrawing(own, shared, notes);
    return html`<section class="tea">
      <header>
        ${number === 0 ? nothing : html`<span class="ordinal" aria-hidden="true">${words.ordinal(number)}</span>`}
        <h2>${tea?.name ?? notes.goneTea}</h2>
        ${origin === '' ? nothing : html`<p class="soft">${origin}</p>`}
      </header>
      ${tea ? teaCard({ tea, words, language: this.language }) : nothing}
      <div class="written">
        <div class="notes">
          ${own ? this.#note(own, notes.page.own) : nothing} ${shared.map((note) => this.#note(note, note.name))}
          ${own || shared.length > 0 ? nothing : html`<p class="soft">${notes.page.noNotes}</p>`}
        </div>
        ${radar ? html`<div class="shape">${radar}</div>` : nothing}
      </div>
    </section>`;
  }

  #note(note: TastingNote, whose: string) {
    return html`<section class="note">
      <h3>${whose}</h3>
      ${noteContent(note, this.messages.notes, this.language)}
    </section>`;
  }

  #stills(stills: readonly Still[]) {
    const { notes } = this.messages;
    return html`<section class="stills">
      <h2>${notes.page.stills}</h2>
      <div class="pictures">${stills.map((still) => this.#still(still))}</div>
    </section>`;
  }

  #still({ url, width, height, source, takenAt, takenFrom, colorCorrected }: Still) {
    const { notes, stills: words, guide } = this.messages;
    const what = `${words.sources[source]}${guide.separator}${takenFrom.name}`;
    const when = formatTime(takenAt, Date.now(), this.language);
    return html`<figure>
      <img src=${url} alt=${words.picture(what)} width=${width} height=${height} crossorigin="anonymous" />
      <figcaption>
        <span>${notes.page.still(what, when)}</span>
        <span class="soft">${colorCorrected ? words.corrected : words.uncorrected}</span>
      </figcaption>
    </figure>`;
  }

  async #open(): Promise<void> {
    const asked = ++this.#asked;
    const { token, url, lang } = readRoomLink(location.hash);
    if (lang) this.lang = chooseLanguage([lang]);
    this.tasting = null;
    this.error = token === '' ? 'noLink' : null;
    if (token === '') return;
    try {
      const tasting = await fetchTastingExport(url ?? location.origin, token);
      if (asked === this.#asked) this.tasting = tasting;
    } catch (error) {
      if (asked === this.#asked) this.error = errorCodeOf(error);
    }
  }

  #download(tasting: TastingExport): void {
    const url = URL.createObjectURL(new Blob([JSON.stringify(tasting, null, 2)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${this.messages.notes.page.file(tasting.room)}.json`;
    link.click();
    URL.revokeObjectURL(url);
  }
}
customElements.define('cx-notes-page', NotesPage);
