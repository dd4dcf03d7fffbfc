import { noteAspects, type NoteAspect, type TastingNote } from '../../../client-sdk/src/index.ts';
import { HIGHEST_SCORE } from './scores.ts';

/** A place in the drawing, in its units: the middle is 0, 0 and the highest score is 1 away from it. */
export interface RadarPoint {
  x: number;
  y: number;
}

/** Where an aspect's axis goes at this score: the first one upwards, the others clockwise. */
export function radarPoint(aspect: NoteAspect, score: number): RadarPoint {
  const angle = (noteAspects.indexOf(aspect) / noteAspects.length) * 2 * Math.PI;
  const distance = score / HIGHEST_SCORE;
  return { x: distance * Math.sin(angle), y: -distance * Math.cos(angle) };
}

/** The scores of a note as a shape; null where fewer than three were given, which make none. */
export function radarShape({ aspects }: Pick<TastingNote, 'aspects'>): RadarPoint[] | null {
  const points = noteAspects.flatMap((aspect) => {
    const { score } = aspects[aspect];
    return score === null ? [] : radarPoint(aspect, score);
  });
  return points.length < 3 ? null : points;
}

/** Of an SVG polygon. */
export function radarPoints(points: readonly RadarPoint[]): string {
  return points.map(({ x, y }) => `${x.toFixed(3)},${y.toFixed(3)}`).join(' ');
}
