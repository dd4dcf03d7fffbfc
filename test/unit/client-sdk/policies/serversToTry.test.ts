import { expect } from 'chai';
import { serversToTry } from '../../../../client-sdk/src/policies/serversToTry.ts';

describe('the servers of an attempt to reconnect', () => {
  for (const [title, known, expected] of [
    ['are one where there is one', { last: 'a', first: 'a', others: [] }, ['a']],
    ['are the last one first, then the one of the beginning', { last: 'b', first: 'a', others: [] }, ['b', 'a']],
    ['are all others after them', { last: 'b', first: 'a', others: ['c', 'd'] }, ['b', 'a', 'c', 'd']],
    ['are none twice', { last: 'a', first: 'a', others: ['b', 'a'] }, ['a', 'b']],
  ] as const) {
    it(title, () => {
      expect(serversToTry(known)).to.deep.equal(expected);
    });
  }
});
