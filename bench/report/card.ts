import { escape } from './escape.ts';

/** A chart with its heading and a sentence on how to read it. */
export function card(heading: string, chart: string, note = ''): string {
  return `<figure><figcaption>${escape(heading)}</figcaption>${chart}${note ? `<p class="note">${escape(note)}</p>` : ''}</figure>`;
}

/** A table that takes the whole width. */
export function wideCard(heading: string, table: string, note: string): string {
  return `<figure class="wide"><figcaption>${escape(heading)}</figcaption>${table}<p class="note">${escape(note)}</p></figure>`;
}
