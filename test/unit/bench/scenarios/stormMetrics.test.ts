import { expect } from 'chai';
import { stormMetrics } from '../../../../bench/scenarios/stormMetrics.ts';

describe('stormMetrics', () => {
  it('counts a join that failed as its time-out', () => {
    const metrics = stormMetrics(
      [
        { failed: null, lateMs: 1, answerMs: 20, firstFrameMs: 60 },
        { failed: 'no key frame', lateMs: 2, answerMs: 30, firstFrameMs: null },
      ],
      { worker: 0.5 },
    );
    expect(metrics.firstFrame).to.deep.include({ n: 2, min: 60, max: 10_000 });
    expect(metrics.failures?.max).to.equal(1);
    expect(metrics['cpu.worker']?.p50).to.equal(0.5);
  });

  it('says nothing of no joins', () => {
    expect(stormMetrics([], {})).to.deep.equal({});
  });
});
