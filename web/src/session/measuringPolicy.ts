import type { CardProblem, CardReading } from '../../../client-sdk/src/color/index.ts';

/** Good readings that a correction is chosen from. */
export const READINGS = 5;
/** Good ones in a row before the camera is held: it has to have adjusted itself to the card. */
const STEADY = 3;
/** Pictures without a card before it is said how to hold it: about four seconds. */
const LONG_MISSED = 8;
/** Spoiled or missed ones in a row before it is looked for anew, with a camera that adjusts itself again. */
const LOST = 5;

/** How far a measurement has come. */
export interface Measuring {
  /** `holding`: white balance and exposure stand still, and readings count. */
  stage: 'looking' | 'holding' | 'done';
  good: readonly CardReading[];
  /** In a row: with a card but also with problems; without a card. */
  spoiled: number;
  missed: number;
  /** What is wrong with the latest one. */
  problems: readonly CardProblem[];
}

export const atFirst: Measuring = { stage: 'looking', good: [], spoiled: 0, missed: 0, problems: [] };

/** `tolerant`: readings with problems count too, as the person wants it. */
export function takeReading(before: Measuring, reading: CardReading | null, tolerant: boolean): Measuring {
  const next = count(before, reading, tolerant);
  if (next.stage === 'looking' && next.good.length >= STEADY) return { ...next, stage: 'holding', good: [] };
  if (next.stage === 'holding' && next.good.length >= READINGS) return { ...next, stage: 'done' };
  if (next.stage === 'holding' && (next.spoiled >= LOST || next.missed >= LOST)) {
    return { ...next, stage: 'looking', good: [] };
  }
  return next;
}

/** It takes so long that a word on how to hold the card is due. */
export function isLongMissed({ missed }: Measuring): boolean {
  return missed >= LONG_MISSED;
}

/** The reading that lies nearest to all the others: a hand or a shadow in one of them does not move it. */
export function middleReading(readings: readonly CardReading[]): CardReading {
  const distances = readings.map((reading) => readings.reduce((sum, other) => sum + distance(reading, other), 0));
  return readings[distances.indexOf(Math.min(...distances))]!;
}

function count(before: Measuring, reading: CardReading | null, tolerant: boolean): Measuring {
  const { stage, good, spoiled, missed } = before;
  // While the camera still adjusts itself, only what follows each other tells that it has come to rest.
  const kept = stage === 'holding' ? good : [];
  if (!reading) return { stage, good: kept, spoiled: 0, missed: missed + 1, problems: [] };
  const { problems } = reading;
  if (problems.length > 0 && !tolerant) return { stage, good: kept, spoiled: spoiled + 1, missed: 0, problems };
  return { stage, good: [...good, reading], spoiled: 0, missed: 0, problems };
}

/** Of what was measured, in bytes. */
function distance(a: CardReading, b: CardReading): number {
  return a.patches.reduce((sum, { measured }, patch) => {
    const other = b.patches[patch]?.measured ?? measured;
    return sum + measured.reduce((channels, value, channel) => channels + Math.abs(value - other[channel]!), 0);
  }, 0);
}
