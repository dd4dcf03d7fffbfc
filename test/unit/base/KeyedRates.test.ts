import { expect } from 'chai';
import { KeyedRates } from '../../../server/base/KeyedRates.ts';

describe('rates of many', () => {
  let now = 0;
  const open = () => new KeyedRates({ perSecond: 1, burst: 2 }, () => now);

  beforeEach(() => {
    now = 0;
  });

  it('are kept for each of them', () => {
    const rates = open();
    rates.take('li', 2);
    expect(() => rates.take('li'))
      .to.throw()
      .with.property('code', 'rateLimited');
    rates.take('wang');
    now = 1_000;
    rates.take('li');
  });

  it('forget who may do all again', () => {
    const rates = open();
    for (let person = 0; person < 100; person += 1) rates.take(String(person));
    now = 2_000;
    rates.take('one more');
    expect(rates.size).to.equal(1);
  });
});
