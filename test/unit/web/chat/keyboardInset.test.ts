import { expect } from 'chai';
import { keyboardInset } from '../../../../web/src/chat/keyboardInset.ts';

describe('the room for a keyboard on the screen', () => {
  it('is what it covers', () => {
    expect(keyboardInset(844, { offsetTop: 0, height: 508, scale: 1 })).to.equal(336);
    expect(keyboardInset(844, { offsetTop: 100, height: 508, scale: 1 })).to.equal(236);
  });

  it('is none where the page itself got lower, or ends above it', () => {
    expect(keyboardInset(508, { offsetTop: 0, height: 508, scale: 1 })).to.equal(0);
    expect(keyboardInset(400, { offsetTop: 0, height: 508, scale: 1 })).to.equal(0);
  });

  it('is none where one has zoomed in', () => {
    expect(keyboardInset(844, { offsetTop: 0, height: 422, scale: 2 })).to.equal(0);
  });
});
