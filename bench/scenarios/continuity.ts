/** Readings of an audio receiver: when, and what was played since the one before. */
export interface Heard {
  atMs: readonly number[];
  samples: readonly number[];
  concealed: readonly number[];
  silent: readonly number[];
}

/** A picture that stands longer than this is seen to stand. */
export const FREEZE_MS = 200;
/** Media is back where it then goes on for so long: one frame that slips through is none. */
const BACK_FOR_MS = 1_000;
/** Sound is back with no more of it made up than this. */
const BACK_CONCEALED = 0.1;
/** Of a second of sound, or it is not played at all. */
const MIN_SAMPLES_PER_SECOND = 40_000;

/** New frames a second in the window. */
export function framesPerSecond(frameMs: readonly number[], fromMs: number, toMs: number): number {
  return (frameMs.filter((atMs) => atMs >= fromMs && atMs < toMs).length * 1_000) / (toMs - fromMs);
}

/**
 * Share of the window during which the picture stood: the whole length of each gap between new frames that is longer than 200 ms. A gap that
 * reaches over an end of the window counts with the part inside, and one that has no end ends with it.
 */
export function frozenShare(frameMs: readonly number[], fromMs: number, toMs: number): number {
  const frozenMs = gapsOf(frameMs, fromMs, toMs)
    .filter(({ beginMs, endMs }) => endMs - beginMs > FREEZE_MS)
    .reduce((sum, { beginMs, endMs }) => sum + Math.min(endMs, toMs) - Math.max(beginMs, fromMs), 0);
  return frozenMs / (toMs - fromMs);
}

/** From the beginning of the window to the first frame after which no gap is a freeze for a second; the whole window where there is none. */
export function videoBackMs(frameMs: readonly number[], fromMs: number, toMs: number): number {
  const freezes = gapsOf(frameMs, fromMs, toMs).filter(({ beginMs, endMs }) => endMs - beginMs > FREEZE_MS);
  const back = frameMs.find(
    (atMs) =>
      atMs >= fromMs &&
      atMs + BACK_FOR_MS <= toMs &&
      !freezes.some(({ beginMs, endMs }) => endMs > atMs && beginMs < atMs + BACK_FOR_MS),
  );
  return (back ?? toMs) - fromMs;
}

/** Shares of what was played in the window that were made up by the receiver, and of these the silent ones; all where nothing was played. */
export function audioShares(heard: Heard, fromMs: number, toMs: number): { concealed: number; silent: number } {
  const sum = (values: readonly number[]) =>
    values.reduce((total, value, index) => {
      const atMs = heard.atMs[index]!;
      return atMs > fromMs && atMs <= toMs ? total + value : total;
    }, 0);
  const samples = sum(heard.samples);
  return samples === 0
    ? { concealed: 1, silent: 1 }
    : { concealed: sum(heard.concealed) / samples, silent: sum(heard.silent) / samples };
}

/** To the first reading after which hardly anything is made up for a second; the whole window where there is none. */
export function audioBackMs(heard: Heard, fromMs: number, toMs: number): number {
  const back = heard.atMs.find((atMs) => {
    if (atMs < fromMs || atMs + BACK_FOR_MS > toMs) return false;
    const played = heard.samples.reduce(
      (sum, samples, index) => (isWithin(heard.atMs[index]!, atMs) ? sum + samples : sum),
      0,
    );
    return played >= MIN_SAMPLES_PER_SECOND && audioShares(heard, atMs, atMs + BACK_FOR_MS).concealed <= BACK_CONCEALED;
  });
  return (back ?? toMs) - fromMs;
}

function isWithin(atMs: number, beginMs: number): boolean {
  return atMs > beginMs && atMs <= beginMs + BACK_FOR_MS;
}

/** Between frames, with those that begin before the window or end after it. */
function gapsOf(frameMs: readonly number[], fromMs: number, toMs: number): { beginMs: number; endMs: number }[] {
  const before = frameMs.findLast((atMs) => atMs < fromMs) ?? -Infinity;
  const after = frameMs.find((atMs) => atMs >= toMs) ?? Infinity;
  const places = [before, ...frameMs.filter((atMs) => atMs >= fromMs && atMs < toMs), after];
  return places.slice(1).map((endMs, index) => ({ beginMs: places[index]!, endMs }));
}
