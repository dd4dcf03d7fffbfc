import { expect } from 'chai';
import { seededRandom, shuffled } from '../../../../bench/lib/random.ts';

const first = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seededRandom', () => {
  it('repeats itself with the same seed, and not with another', () => {
    expect(first(1, 20)).to.deep.equal(first(1, 20));
    expect(first(1, 20)).to.not.deep.equal(first(2, 20));
  });

  it('spreads evenly from 0 to 1', () => {
    const values = first(3, 10_000);
    const tenths = Array.from({ length: 10 }, (_, index) => values.filter((value) => Math.floor(value * 10) === index));
    for (const tenth of tenths) expect(tenth.length).to.be.within(850, 1_150);
  });
});

describe('shuffled', () => {
  it('keeps every item, and leaves the list as it was', () => {
    const items = [1, 2, 3, 4, 5];
    expect(shuffled(items, seededRandom(1)).sort()).to.deep.equal(items);
    expect(items).to.deep.equal([1, 2, 3, 4, 5]);
  });
});
