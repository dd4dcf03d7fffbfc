import type { Size } from './arrange.ts';
import type { Point } from './zoomView.ts';

/** A finger hides more than a mouse. */
export type PointedBy = 'mouse' | 'touch';

/** From the place that is pointed at to the loupe, in CSS pixels. */
const GAP: Readonly<Record<PointedBy, number>> = { mouse: 20, touch: 56 };

/**
 * Top left corner of a round loupe: above and beside a mouse, right above a finger, on the other side where there is no room,
 * and never cut off at the left or right.
 */
export function placeLoupe(at: Point, by: PointedBy, size: number, frame: Size): Point {
  const gap = GAP[by];
  const right = at.x + gap;
  const beside = right + size <= frame.width ? right : at.x - gap - size;
  const above = at.y - gap - size;
  const x = by === 'touch' ? at.x - size / 2 : beside;
  return {
    x: Math.min(Math.max(x, 0), Math.max(0, frame.width - size)),
    y: above >= 0 ? above : at.y + gap,
  };
}
