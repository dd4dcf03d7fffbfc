import { css, html, nothing } from 'lit';
import { noteAspects, type TastingNote } from '../../../client-sdk/src/index.ts';
import type { Language } from '../i18n/languages.ts';
import type { NotesMessages } from '../i18n/notesMessages.ts';
import { formatScore, isEmptyAspect } from './scores.ts';

/** What stands in a note, to read: only what was written. */
export function noteContent({ aspects, words: whole }: TastingNote, words: NotesMessages, language: Language) {
  const written = noteAspects.filter((aspect) => !isEmptyAspect(aspects[aspect]));
  return html`<div class="note-content">
    ${
      written.length === 0
        ? nothing
        : html`<dl>
            ${written.map((aspect) => {
              const { score, words: said } = aspects[aspect];
              return html`<div>
                <dt>${words.aspects[aspect]}</dt>
                <dd class="score">${score === null ? '' : formatScore(score, language)}</dd>
                <dd>${said}</dd>
              </div>`;
            })}
          </dl>`
    }
    ${whole.trim() === '' ? nothing : html`<p class="whole">${whole}</p>`}
  </div>`;
}

export const noteContentStyles = css`
  .note-content {
    display: grid;
    gap: var(--cx-space-2);
    overflow-wrap: anywhere;
  }
  .note-content dl > div {
    display: grid;
    grid-template-columns: 5.5em 2.5em minmax(0, 1fr);
    gap: 0 var(--cx-space-2);
    align-items: baseline;
    padding-block: 2px;
  }
  .note-content dt {
    color: var(--cx-text-soft);
  }
  .note-content .score {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .note-content dd,
  .note-content .whole {
    white-space: pre-line;
  }
`;
