/** The words of the tasting guide, of its editor, and of the step with its timer. */
export interface GuideMessages {
  title: string;
  /** `number`: from 1; how a list of teas is counted. */
  ordinal: (number: number) => string;
  empty: string;
  /** For those who may write it. */
  emptyHint: string;
  /** For everyone else. */
  emptyWaiting: string;
  write: string;
  edit: string;
  count: (teas: number) => string;
  /** Where a tea stands in the tasting. */
  places: { past: string; present: string; next: string };
  leaf: string;
  water: string;
  vessel: string;
  grams: (value: string) => string;
  celsius: (value: number) => string;
  millilitres: (value: number) => string;
  infusions: string;
  flavours: string;
  /** `number`: from 1. */
  infusion: (number: number) => string;
  infusionOf: (number: number, count: number) => string;
  /** Of an infusion, in full. */
  seconds: (seconds: number) => string;
  /** Between two parts of a line. */
  separator: string;
  /** Between words of a row. */
  listSeparator: string;
  step: {
    label: string;
    begin: string;
    start: string;
    hold: string;
    again: string;
    nextInfusion: string;
    nextTea: string;
    end: string;
    /** On one tea of the guide, or one infusion of it. */
    goTo: (what: string) => string;
    /** The tea is on the table now. */
    onTable: string;
    left: string;
    over: string;
    /** For who hears the page. */
    said: (tea: string, infusion: string) => string;
    saidTime: (tea: string, infusion: string, time: string) => string;
    timeUp: (tea: string) => string;
    finished: string;
  };
  editor: {
    title: string;
    guideTitle: string;
    guideTitleHint: string;
    addTea: string;
    full: (teas: number) => string;
    unnamed: string;
    name: string;
    origin: string;
    originHint: string;
    harvest: string;
    harvestHint: string;
    leafGrams: string;
    waterCelsius: string;
    vessel: string;
    vesselHint: string;
    vesselMl: string;
    infusions: string;
    infusionsHint: string;
    infusionField: (number: number) => string;
    addInfusion: string;
    flavours: string;
    flavoursHint: string;
    notes: string;
    notesHint: string;
    moveUp: (tea: string) => string;
    moveDown: (tea: string) => string;
    remove: (tea: string) => string;
    removed: (tea: string) => string;
    moved: (tea: string, place: number, count: number) => string;
    undo: string;
    save: string;
    saving: string;
    saved: string;
    unsaved: string;
    discard: string;
    discardQuestion: string;
    keep: string;
    removeGuide: string;
    removeGuideQuestion: string;
    /** What the author still has to mend. */
    problems: {
      missing: string;
      number: (least: number, most: number) => string;
      time: (most: string) => string;
      tooMany: (most: number) => string;
      tooLong: (most: number) => string;
      /** Of the guide as a whole. */
      tooMuch: string;
    };
    mend: string;
    conflict: {
      title: string;
      /** What was typed is kept. */
      kept: string;
      titleChanged: (title: string) => string;
      added: (tea: string) => string;
      removed: (tea: string) => string;
      /** Someone else took it out, and here it was written on: it stays here. */
      removedKept: (tea: string) => string;
      changed: (tea: string, fields: string) => string;
      /** Both changed it: the own one is kept. */
      both: (tea: string, fields: string) => string;
      reordered: string;
      understood: string;
    };
  };
}
