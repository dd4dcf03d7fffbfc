import type { CardProblem } from '../../../client-sdk/src/color/index.ts';
import type { DifferenceLevel } from '../session/differenceLevel.ts';

/** The words of the close-up camera's panel: its colours and its controls. */
export interface CupMessages {
  title: string;
  /** Opens the panel, from the caption of one's own close-up. */
  open: string;
  openLabel: string;
  off: string;
  switchOn: string;
  color: {
    title: string;
    none: string;
    measure: string;
    print: string;
    otherCard: string;
    unsupported: string;
    applied: (mean: string, level: string, time: string) => string;
    outdated: string;
    /** White balance or exposure could not be held. */
    drifts: string;
    /** What finds the card did not load. */
    readerMissing: string;
    measureAgain: string;
    compare: string;
    remove: string;
    offered: (time: string, mean: string) => string;
    useAgain: string;
  };
  measuring: {
    place: string;
    looking: string;
    longMissed: string;
    found: string;
    progress: (done: number, all: number) => string;
    problems: Readonly<Record<CardProblem, string>>;
    anyway: string;
    cancel: string;
  };
  result: {
    title: string;
    before: string;
    after: string;
    largest: string;
    levels: Readonly<Record<DifferenceLevel, string>>;
    /** How to read the fields of the card. */
    legend: string;
    chart: (patches: number) => string;
    printed: string;
    apply: string;
    again: string;
    discard: string;
  };
  camera: {
    title: string;
    nothing: string;
    automatic: string;
    held: string;
    whiteBalance: string;
    temperature: string;
    exposure: string;
    compensation: string;
    time: string;
    /** `value`: a number, or a fraction as 1/200. */
    seconds: (value: string) => string;
    iso: string;
    focus: string;
    distance: string;
    torch: string;
    zoom: string;
  };
}
