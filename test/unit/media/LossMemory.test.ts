import { expect } from 'chai';
import { leastLoss, LossMemory } from '../../../server/media/LossMemory.ts';

describe('the loss between two looks at a stream', () => {
  type Look = [atMs: number, packets: number, lost: number];
  const cases: [what: string, looks: Look[], expected: number | undefined][] = [
    ['is not known at the first', [[0, 1_000, 500]], undefined],
    [
      'is what was lost since, not before',
      [
        [0, 1_000, 500],
        [2_000, 1_100, 520],
      ],
      0.2,
    ],
    [
      'is none where the way has become good',
      [
        [0, 1_000, 500],
        [2_000, 1_100, 500],
      ],
      0,
    ],
    [
      'is none where lost packets have come after all',
      [
        [0, 1_000, 500],
        [2_000, 1_100, 490],
      ],
      0,
    ],
    [
      'is all at most',
      [
        [0, 1_000, 0],
        [2_000, 1_100, 150],
      ],
      1,
    ],
    [
      'is not known of a few packets',
      [
        [0, 1_000, 0],
        [2_000, 1_006, 3],
      ],
      undefined,
    ],
    [
      'is that of several intervals where each has few packets',
      [
        [0, 1_000, 0],
        [2_000, 1_020, 2],
        [4_000, 1_040, 4],
        [6_000, 1_060, 6],
      ],
      0.1,
    ],
    [
      'is that of as few intervals as will do',
      [
        [0, 1_000, 0],
        [2_000, 1_100, 100],
        [4_000, 1_200, 110],
      ],
      0.1,
    ],
    [
      'is not known where the last look was long ago',
      [
        [0, 1_000, 0],
        [60_000, 4_000, 600],
      ],
      undefined,
    ],
    [
      'is not known of a stream that stands still',
      [
        [0, 1_000, 200],
        [2_000, 1_000, 200],
      ],
      undefined,
    ],
  ];
  for (const [what, looks, expected] of cases) {
    it(what, () => {
      const memory = new LossMemory();
      const ratios = looks.map(([atMs, packets, lost]) => memory.take({ packets, lost }, atMs));
      expect(ratios.at(-1)).to.equal(expected);
    });
  }

  it('is on a way what the best of its streams loses', () => {
    expect(leastLoss([])).to.equal(undefined);
    expect(leastLoss([undefined, undefined])).to.equal(undefined);
    expect(leastLoss([0.2, undefined, 0.05])).to.equal(0.05);
  });
});
