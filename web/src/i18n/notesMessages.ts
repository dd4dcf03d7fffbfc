import type { NoteAspect } from '../../../client-sdk/src/index.ts';

/** The words of tasting notes: of the panel, the summary and the page to keep. */
export interface NotesMessages {
  title: string;
  aspects: Readonly<Record<NoteAspect, string>>;
  /** What to look for, as a hint in an empty field. */
  aspectHints: Readonly<Record<NoteAspect, string>>;
  tea: string;
  /** A tea that is not in the guide any more. */
  goneTea: string;
  /** Behind the name of the tea in a list. */
  onTable: (tea: string) => string;
  score: (aspect: string) => string;
  noScore: string;
  ofTen: (score: string) => string;
  aspectWords: (aspect: string) => string;
  whole: string;
  wholeHint: string;
  saved: string;
  saving: string;
  keptHere: string;
  private: string;
  share: string;
  shared: string;
  withdraw: string;
  others: string;
  othersEmpty: string;
  someoneShared: (name: string) => string;
  empty: string;
  emptyHint: string;
  views: { label: string; own: string; table: string };
  summary: {
    empty: string;
    scored: (count: number, all: number) => string;
    shared: string;
    notShared: string;
    /** How the bars are read. */
    legend: string;
    none: string;
    said: (aspect: string, mean: string, min: string, max: string, count: number) => string;
  };
  keep: string;
  page: {
    title: string;
    lead: (room: string, date: string) => string;
    print: string;
    download: string;
    file: (room: string) => string;
    own: string;
    empty: string;
    emptyHint: string;
    noNotes: string;
    stills: string;
    still: (source: string, time: string) => string;
    loading: string;
    noLink: { what: string; how: string };
  };
}
