import { expect } from 'chai';
import fc from 'fast-check';
import { editDistance, nearestName } from '../../../config/nearestName.ts';

describe('nearestName', () => {
  const names = ['http.port', 'http.host', 'rooms.lobby', 'mode'];

  for (const [given, expected] of [
    ['http.prot', 'http.port'],
    ['HTTP.PORT', 'http.port'],
    ['http.por', 'http.port'],
    ['room.loby', 'rooms.lobby'],
    ['mdoe', 'mode'],
    ['database.url', null],
    ['', null],
  ] as const) {
    it(`takes ${JSON.stringify(given)} for ${expected ?? 'nothing'}`, () => {
      expect(nearestName(given, names)).to.equal(expected);
    });
  }

  for (const [from, to, distance] of [
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['port', 'prot', 1],
    ['ca', 'abc', 3],
  ] as const) {
    it(`counts ${distance} edits from ${JSON.stringify(from)} to ${JSON.stringify(to)}`, () => {
      expect(editDistance(from, to)).to.equal(distance);
    });
  }

  it('counts the same both ways, and never more than the longer word has letters', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (from, to) => {
        const distance = editDistance(from, to);
        expect(distance).to.equal(editDistance(to, from)).and.be.at.most(Math.max(from.length, to.length));
        expect(distance === 0).to.equal(from === to);
      }),
    );
  });
});
