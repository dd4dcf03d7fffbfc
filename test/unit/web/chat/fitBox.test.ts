import { expect } from 'chai';
import { fitBox } from '../../../../web/src/chat/fitBox.ts';

describe('the box of a picture among messages', () => {
  it('has the shape of the picture, as large as there is room', () => {
    expect(fitBox({ width: 1_600, height: 1_200 })).to.deep.equal({ width: 280, height: 210 });
    expect(fitBox({ width: 900, height: 1_200 })).to.deep.equal({ width: 240, height: 320 });
  });

  it('is no larger than a small picture', () => {
    expect(fitBox({ width: 120, height: 90 })).to.deep.equal({ width: 120, height: 90 });
  });

  it('can be touched, however thin the picture is', () => {
    expect(fitBox({ width: 4_000, height: 10 })).to.deep.equal({ width: 280, height: 72 });
  });

  it('has a usual shape where none is known', () => {
    expect(fitBox({ width: null, height: null })).to.deep.equal({ width: 220, height: 165 });
  });
});
