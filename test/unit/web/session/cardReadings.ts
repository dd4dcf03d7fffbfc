import type { CardProblem, CardReading, Picture } from '../../../../client-sdk/src/color/index.ts';

/** A reading of a card with one patch; `red` tells one reading from another. */
export function cardReading({
  red = 100,
  problems = [],
}: { red?: number; problems?: CardProblem[] } = {}): CardReading {
  const difference = { mean: 1, max: 2, patches: [1] };
  return {
    card: { name: 'chaxi', columns: 1, rows: 1, patchSide: 0.8, margin: 0.1, patches: [] },
    corners: [
      { x: 1, y: 1 },
      { x: 3, y: 1 },
      { x: 3, y: 2 },
      { x: 1, y: 2 },
    ],
    correction: { gains: [red / 100, 1, 1], matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
    before: { ...difference, mean: 9 },
    after: difference,
    problems,
    patches: [
      {
        name: 'white',
        reference: [100, 100, 100],
        measured: [red, 100, 100],
        corrected: [100, 100, 100],
        trusted: true,
      },
    ],
  };
}

export function picture(): Picture {
  return { width: 4, height: 3, data: new Uint8ClampedArray(48) };
}
