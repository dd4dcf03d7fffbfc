import { escape } from './escape.ts';

/** A chart with its heading and a sentence on how to read it. */
export function card(heading: string, chart: string, note = ''): string {
  return `<figure><figcaption>${escape(heading)}</figcaption>${chart}${note ? `<p class="note">${escape(note)}</p>` : ''}</figure>`;
}
