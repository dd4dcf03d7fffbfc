import { expect } from 'chai';
import { placeLoupe } from '../../../../web/src/layout/placeLoupe.ts';

const frame = { width: 400, height: 600 };
const size = 132;

describe('the place of the loupe', () => {
  for (const [where, at, by, expected] of [
    ['above and right of a mouse', { x: 100, y: 300 }, 'mouse', { x: 120, y: 148 }],
    ['left of a mouse at the right edge', { x: 390, y: 300 }, 'mouse', { x: 238, y: 148 }],
    ['below a mouse at the upper edge', { x: 100, y: 10 }, 'mouse', { x: 120, y: 30 }],
    ['right above a finger', { x: 200, y: 300 }, 'touch', { x: 134, y: 112 }],
    ['within the frame for a finger at its side', { x: 5, y: 300 }, 'touch', { x: 0, y: 112 }],
    ['below a finger at the upper edge', { x: 200, y: 40 }, 'touch', { x: 134, y: 96 }],
  ] as const) {
    it(`is ${where}`, () => {
      expect(placeLoupe(at, by, size, frame)).to.deep.equal(expected);
    });
  }

  it('is at the left edge of a frame that is smaller than it', () => {
    expect(placeLoupe({ x: 50, y: 300 }, 'mouse', size, { width: 100, height: 600 }).x).to.equal(0);
  });
});
