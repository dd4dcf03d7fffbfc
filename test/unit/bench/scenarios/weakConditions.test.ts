import { expect } from 'chai';
import { conditionNames, isEvent, linksOf, weakConditions } from '../../../../bench/scenarios/weakConditions.ts';

describe('linksOf', () => {
  it('loses and slows in the direction in which media goes', () => {
    const up = linksOf(weakConditions.loss20, 'up');
    expect([up.up.lossRatio, up.down.lossRatio]).to.deep.equal([0.2, 0]);
    const down = linksOf(weakConditions.rate300, 'down');
    expect([down.up.rateBps, down.down.rateBps]).to.deep.equal([null, 300_000]);
  });

  it('delays in both, half of the round trip each', () => {
    const { up, down } = linksOf(weakConditions.loss30rtt200, 'up');
    expect([up.delayMs, down.delayMs, up.lossRatio]).to.deep.equal([100, 100, 0.3]);
  });

  it('lets a queue hold 300 ms of its rate, and eight packets at least', () => {
    expect(linksOf(weakConditions.rate2000, 'up').up.queueBytes).to.equal(75_000);
    expect(linksOf(weakConditions.rate150, 'up').up.queueBytes).to.equal(8 * 1_228);
  });

  it('gives jitter room on both sides of the delay', () => {
    for (const name of conditionNames) {
      const { up } = linksOf(weakConditions[name], 'up');
      expect(up.jitterMs, name).to.be.at.most(up.delayMs);
    }
  });

  it('tells events from what lasts', () => {
    expect(conditionNames.filter((name) => isEvent(weakConditions[name]))).to.deep.equal([
      'outage',
      'address',
      'addressUntold',
    ]);
  });
});
