import { expect } from 'chai';
import { placeMenu } from '../../../../web/src/chat/placeMenu.ts';

const window = { width: 1_000, height: 800 };
const menu = { width: 280, height: 300 };
const anchorAt = (left: number, top: number) => ({ left, top, right: left + 36, bottom: top + 36 });

describe('the place of a menu', () => {
  it('is below what it belongs to', () => {
    expect(placeMenu(anchorAt(100, 100), menu, window)).to.deep.equal({ left: 100, top: 140 });
  });

  it('is above where there is no room below', () => {
    expect(placeMenu(anchorAt(100, 700), menu, window)).to.deep.equal({ left: 100, top: 396 });
  });

  it('ends with what it belongs to where there is no room beside', () => {
    expect(placeMenu(anchorAt(950, 100), menu, window)).to.deep.equal({ left: 706, top: 140 });
  });

  it('is inside the window, however small that is', () => {
    expect(placeMenu(anchorAt(10, 100), menu, { width: 290, height: 310 })).to.deep.equal({ left: 8, top: 8 });
  });
});
