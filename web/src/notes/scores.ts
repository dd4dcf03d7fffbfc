import { noteAspects, type NotesSummary, type TastingNote } from '../../../client-sdk/src/index.ts';
import { languages, type Language } from '../i18n/languages.ts';

export const HIGHEST_SCORE = 10;
export const SCORE_STEP = 0.5;
/** Of the slider: one step below the lowest score, where there is none. So a first touch anywhere is a score, also of 5. */
export const NO_SCORE = -SCORE_STEP;

export function fromSlider(value: number): number | null {
  return value < 0 ? null : value;
}

export function toSlider(score: number | null): number {
  return score ?? NO_SCORE;
}

/** Halves as they are, a mean with one digit: `7`, `7.5`. */
export function formatScore(score: number, language: Language): string {
  return new Intl.NumberFormat(languages[language], { maximumFractionDigits: 1 }).format(score);
}

/** Whether anything stands in it. */
export function isEmptyNote({ aspects, words }: Pick<TastingNote, 'aspects' | 'words'>): boolean {
  return words.trim() === '' && noteAspects.every((aspect) => isEmptyAspect(aspects[aspect]));
}

export function isEmptyAspect({ score, words }: TastingNote['aspects'][keyof TastingNote['aspects']]): boolean {
  return score === null && words.trim() === '';
}

type AspectSummary = NonNullable<NotesSummary['teas'][number]['aspects'][keyof TastingNote['aspects']]>;

/** Where a bar begins, how long it is, and where its mean stands, each in percent of the scale. */
export interface ScoreBar {
  start: number;
  length: number;
  mean: number;
}

export function scoreBar({ min, max, mean }: Pick<AspectSummary, 'min' | 'max' | 'mean'>): ScoreBar {
  const percent = (score: number) => (score / HIGHEST_SCORE) * 100;
  return { start: percent(min), length: percent(max - min), mean: percent(mean) };
}
