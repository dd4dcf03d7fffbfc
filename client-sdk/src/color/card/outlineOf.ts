import type { ColorCard } from './ColorCard.ts';
import type { Quad } from './geometry.ts';

/** The corners of the card in its own coordinates, clockwise from its top left. */
export function outlineOf({ columns, rows, margin }: ColorCard): Quad {
  return [
    { x: -margin, y: -margin },
    { x: columns + margin, y: -margin },
    { x: columns + margin, y: rows + margin },
    { x: -margin, y: rows + margin },
  ];
}
