import type { GuideMessages } from '../i18n/guideMessages.ts';
import type { GuideChange } from './rebaseDraft.ts';

/** What someone else did to the guide, in one sentence. */
export function changeWords(change: GuideChange, { editor, listSeparator }: GuideMessages): string {
  const words = editor.conflict;
  switch (change.kind) {
    case 'title':
      return words.titleChanged(change.title);
    case 'reordered':
      return words.reordered;
    case 'added':
    case 'removed':
    case 'removedKept':
      return words[change.kind](change.tea || editor.unnamed);
    case 'changed':
    case 'both': {
      const fields = change.fields.map((field) => editor[field]).join(listSeparator);
      return words[change.kind](change.tea || editor.unnamed, fields);
    }
  }
}
