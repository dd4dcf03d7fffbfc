import { expect } from 'chai';
import { pictureKeyFor } from '../../../../web/src/layout/pictureKeys.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('the keys of a picture', () => {
  for (const [key, expected] of [
    ['+', 'zoomIn'],
    ['=', 'zoomIn'],
    ['-', 'zoomOut'],
    ['0', 'showAll'],
  ] as const) {
    it(`${key} is ${expected}`, () => {
      expect(pictureKeyFor({ ...none, key })).to.equal(expected);
    });
  }

  it('move by the arrows, wide with Shift', () => {
    expect(pictureKeyFor({ ...none, key: 'ArrowUp' })).to.deep.equal({ move: { x: 0, y: -1 }, wide: false });
    expect(pictureKeyFor({ ...none, key: 'ArrowLeft', shiftKey: true })).to.deep.equal({
      move: { x: -1, y: 0 },
      wide: true,
    });
  });

  it('are no others, and none that the browser has', () => {
    for (const key of ['m', 'Enter', 'constructor']) expect(pictureKeyFor({ ...none, key })).to.equal(null);
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
      expect(pictureKeyFor({ ...none, key: '+', [modifier]: true })).to.equal(null);
      expect(pictureKeyFor({ ...none, key: 'ArrowLeft', [modifier]: true })).to.equal(null);
    }
  });
});
