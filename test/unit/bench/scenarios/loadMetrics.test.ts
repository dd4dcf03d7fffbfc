import { expect } from 'chai';
import { loadMetrics, whatBroke, type LoadSample } from '../../../../bench/scenarios/loadMetrics.ts';

const step = (consumers: number, overrides: Partial<LoadSample> = {}): LoadSample => ({
  consumers,
  canaryP50Ms: 20,
  canaryP95Ms: 30,
  canaryFrames: 1,
  delivered: 1,
  packetsPerSecond: consumers * 150,
  bitsPerSecond: consumers * 1_250_000,
  workerCpu: 0.02 + consumers * 0.003,
  nodeCpu: 0.01,
  clientsCpu: 0.1,
  chromiumCpu: 0.5,
  workerBytes: 30e6 + consumers * 200e3,
  nodeBytes: 100e6 + consumers * 100e3,
  broken: null,
  ...overrides,
});

describe('whatBroke', () => {
  for (const [what, overrides, expected] of [
    ['nothing', {}, null],
    ['latency', { canaryP95Ms: 151 }, /latency/],
    ['frames', { canaryFrames: 0.94 }, /frames/],
    ['packets', { delivered: 0.97 }, /packets/],
  ] as const) {
    it(`finds ${what}`, () => {
      const found = whatBroke(step(100, overrides));
      if (expected) expect(found).to.match(expected);
      else expect(found).to.equal(null);
    });
  }
});

describe('loadMetrics', () => {
  it('counts what the worker carried before the canary broke', () => {
    const metrics = loadMetrics([step(0), step(100), step(200), step(300, { broken: 'latency' })]);
    expect(metrics.consumers?.p50).to.equal(200);
    expect(metrics.consumersPerCore?.p50).to.be.closeTo(200 / 0.62, 0.01);
    expect(metrics.nodeShareOfWorker?.p50).to.be.closeTo(0.01 / 0.62, 0.001);
    expect(metrics['memory.worker']?.p50).to.equal(200_000);
    expect(metrics['memory.node']?.p50).to.equal(100_000);
  });

  it('says nothing where not even the first step held', () => {
    expect(loadMetrics([step(0), step(25, { broken: 'latency' })])).to.deep.equal({});
    expect(loadMetrics([])).to.deep.equal({});
  });
});
