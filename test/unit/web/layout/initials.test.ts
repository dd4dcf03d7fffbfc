import { expect } from 'chai';
import { initialsOf } from '../../../../web/src/layout/initials.ts';

const cases: [name: string, initials: string][] = [
  ['陈守岩', '陈'],
  ['𠮷野', '𠮷'],
  ['Emma', 'E'],
  ['Emma van der Berg', 'EB'],
  ['  émile zola ', 'ÉZ'],
  ['', ''],
];

describe('initials', () => {
  for (const [name, initials] of cases) {
    it(`of "${name}" are "${initials}"`, () => {
      expect(initialsOf(name)).to.equal(initials);
    });
  }
});
