import { expect } from 'chai';
import { loadMetrics, whatBroke, type LoadSample } from '../../../../bench/scenarios/loadMetrics.ts';

const step = (consumers: number, overrides: Partial<LoadSample> = {}): LoadSample => ({
  consumers,
  window: 1,
  connected: consumers,
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
    ['consumers that are missing', { connected: 99 }, /99 of 100/],
    ['a canary without a frame', { canaryP95Ms: null }, /nothing/],
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
    const broken = { broken: 'latency' };
    const metrics = loadMetrics(
      [step(0), step(100), step(200), step(300, broken), step(300, { ...broken, window: 2 })],
      25,
    );
    expect(metrics.consumersHeld).to.deep.include({ p50: 200, n: 25 });
    expect(metrics.consumersPerCore?.p50).to.be.closeTo(200 / 0.62, 0.01);
    expect(metrics.nodeShareOfWorker?.p50).to.be.closeTo(0.01 / 0.62, 0.001);
    expect(metrics['memory.worker']?.p50).to.equal(200_000);
    expect(metrics['memory.node']?.p50).to.equal(100_000);
  });

  it('takes a step whose second window holds for one that held', () => {
    const metrics = loadMetrics([step(0), step(100, { broken: 'latency' }), step(100, { window: 2 })], 25);
    expect(metrics.consumersHeld).to.deep.include({ p50: 100, n: 2 });
  });

  it('says 0 where not even the first step held, so that a rule can fail', () => {
    for (const samples of [
      [step(0), step(25, { broken: 'latency', window: 2 })],
      [step(0, { broken: 'latency', window: 2, canaryP95Ms: null })],
    ]) {
      const metrics = loadMetrics(samples, 25);
      expect(metrics).to.have.all.keys('consumersHeld', 'consumersPerCore');
      expect(metrics.consumersHeld).to.deep.include({ p50: 0, n: 25 });
      expect(metrics.consumersPerCore).to.deep.include({ p50: 0, n: 25 });
    }
  });

  it('leaves out what the server costs where its processes can not be seen', () => {
    const elsewhere = { workerCpu: null, nodeCpu: null, workerBytes: null, nodeBytes: null };
    const metrics = loadMetrics([step(0, elsewhere), step(25, elsewhere)], 2);
    expect(metrics).to.have.all.keys(
      ...['consumersHeld', 'cpu.clients', 'cpu.chromium', 'packets', 'bits', 'canary.p95', 'canary.frames'],
    );
    expect(loadMetrics([step(0, { ...elsewhere, broken: 'latency', window: 2 })], 2)).to.have.all.keys('consumersHeld');
  });

  it('says nothing before the first step with consumers', () => {
    expect(loadMetrics([step(0)], 25)).to.deep.equal({});
    expect(loadMetrics([], 25)).to.deep.equal({});
  });
});
