import type { Point } from './zoomView.ts';

/** What a key asks of a picture that can be zoomed and pointed at. */
export type PictureKey = 'zoomIn' | 'zoomOut' | 'showAll' | { move: Point; wide: boolean };

/** As much of a KeyboardEvent as the decision needs. */
export interface PictureKeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const keys: Readonly<Record<string, PictureKey>> = {
  '+': 'zoomIn',
  // Plus without Shift.
  '=': 'zoomIn',
  '-': 'zoomOut',
  '0': 'showAll',
};

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Null for all other keys, and with a modifier that belongs to the browser. */
export function pictureKeyFor({ key, ctrlKey, metaKey, altKey, shiftKey }: PictureKeyPress): PictureKey | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (Object.hasOwn(arrows, key)) return { move: arrows[key]!, wide: shiftKey };
  return Object.hasOwn(keys, key) ? keys[key]! : null;
}
