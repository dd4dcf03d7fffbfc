import { expect } from 'chai';
import { admitMetrics, type AdmitSample } from '../../../../bench/scenarios/admitMetrics.ts';

describe('admitMetrics', () => {
  const sample = (change: Partial<AdmitSample>): AdmitSample => ({
    rttMs: 0,
    failed: null,
    answerMs: 5,
    enteredMs: 6,
    firstPacketMs: 40,
    firstFrameMs: 70,
    displayedMs: 80,
    firstFrameWidth: 640,
    ...change,
  });

  it('tells each stage by round trip time', () => {
    const metrics = admitMetrics([sample({}), sample({ displayedMs: 120 }), sample({ rttMs: 50, displayedMs: 300 })]);
    expect(metrics['rtt0.displayed']).to.deep.include({ n: 2, min: 80, max: 120, unit: 'ms' });
    expect(metrics['rtt0.entered']?.p50).to.equal(6);
    expect(metrics['rtt50.displayed']?.max).to.equal(300);
    expect(metrics.failures).to.deep.include({ n: 3, max: 0 });
    expect(metrics.firstWidth?.min).to.equal(640);
  });

  it('counts what a guest never saw as the time-out, and what was not heard of not at all', () => {
    const nothing = { answerMs: null, enteredMs: null, firstPacketMs: null, firstFrameMs: null, displayedMs: null };
    const metrics = admitMetrics([sample({}), sample({ failed: 'no frame', ...nothing, firstFrameWidth: null })]);
    expect(metrics['rtt0.displayed']).to.deep.include({ n: 2, max: 10_000 });
    expect(metrics['rtt0.firstFrame']?.max).to.equal(10_000);
    expect(metrics['rtt0.entered']?.n).to.equal(1);
    expect(metrics.failures?.max).to.equal(1);
  });

  it('says nothing of no admissions', () => {
    expect(admitMetrics([])).to.deep.equal({});
  });
});
