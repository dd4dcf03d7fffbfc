import { expect } from 'chai';
import { nextServer } from '../../../../client-sdk/src/policies/nextServer.ts';

describe('the server of an attempt to reconnect', () => {
  for (const [title, known, expected] of [
    ['is always the same where there is one', { last: 'a', first: 'a', others: [] }, ['a', 'a', 'a']],
    ['is the last one first, then the one of the beginning', { last: 'b', first: 'a', others: [] }, ['b', 'a', 'b']],
    ['is each of the others in turn', { last: 'b', first: 'a', others: ['c', 'd'] }, ['b', 'a', 'c', 'd', 'b']],
    ['is none twice in a round', { last: 'a', first: 'a', others: ['b', 'a'] }, ['a', 'b', 'a']],
  ] as const) {
    it(title, () => {
      expect(expected.map((_, attempt) => nextServer(attempt, known))).to.deep.equal(expected);
    });
  }
});
