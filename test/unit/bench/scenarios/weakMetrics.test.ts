import { expect } from 'chai';
import type { WeakPeer } from '../../../../bench/options.ts';
import type { ConditionName, WeakEnd } from '../../../../bench/scenarios/weakConditions.ts';
import { weakMetrics } from '../../../../bench/scenarios/weakMetrics.ts';
import { weakSample } from '../../../helpers/weakSample.ts';

const sample = (
  peer: WeakPeer,
  condition: ConditionName,
  stepMs: number,
  more: { end?: WeakEnd; backMs?: number } = {},
) => weakSample({ peer, condition, stepMs, ...more });

describe('weakMetrics', () => {
  it('gives each contender its figures under each condition', () => {
    const metrics = weakMetrics([sample('chaxi', 'loss20', 50), sample('livekit', 'loss20', 250)]);
    expect(metrics['up.loss20.chaxi.fps']?.p50).to.equal(20);
    expect(metrics['up.loss20.chaxi.frozen']?.p50).to.equal(0);
    expect(metrics['up.loss20.livekit.frozen']?.p50).to.equal(1);
    expect(metrics['up.loss20.chaxi.width']?.p50).to.equal(640);
    expect(metrics['up.loss20.chaxi.ageP95']?.p50).to.equal(80);
    expect(metrics['up.loss20.chaxi.concealed']?.p50).to.equal(0.1);
    expect(metrics).to.not.have.property('up.loss20.chaxi.videoBack');
    expect(metrics).to.not.have.property('down.loss20.chaxi.fps');
  });

  it('tells apart what happens before the window', () => {
    const late = {
      ...sample('chaxi', 'rate300', 50),
      fromMs: 5_000,
      frameMs: [-50, 1_000, 4_900, 5_000, 9_900, 10_000],
    };
    const metrics = weakMetrics([late]);
    expect(metrics['up.rate300.chaxi.frozenAtFirst']?.p50).to.be.closeTo(0.98, 1e-9);
    expect(metrics['up.rate300.chaxi.frozen']?.p50).to.be.closeTo(0.98, 1e-9);
    expect(weakMetrics([sample('chaxi', 'outage', 50)])).to.not.have.property('up.outage.chaxi.frozenAtFirst');
  });

  it('compares with peer to peer under each condition and over all, by differences', () => {
    const metrics = weakMetrics([
      sample('chaxi', 'loss20', 50),
      sample('p2p', 'loss20', 40),
      sample('chaxi', 'rate300', 100),
      sample('p2p', 'rate300', 200),
    ]);
    expect(metrics['up.loss20.fpsOverP2p']?.p50).to.equal(-5);
    expect(metrics['up.rate300.fpsOverP2p']?.p50).to.equal(5);
    expect(metrics['up.fpsOverP2p']).to.deep.include({ n: 2, min: -5, max: 5 });
    expect(metrics['up.concealedOverP2p']).to.deep.include({ max: 0 });
  });

  it('compares of an event the time to the return alone', () => {
    const metrics = weakMetrics([
      sample('chaxi', 'outage', 50, { backMs: 1_500 }),
      sample('p2p', 'outage', 50, { backMs: 1_000 }),
    ]);
    expect(metrics['up.outage.chaxi.videoBack']?.p50).to.equal(1_500);
    expect(metrics['up.outage.backOverP2p']?.p50).to.equal(500);
    expect(metrics['up.backOverP2p']?.max).to.equal(500);
    expect(metrics).to.not.have.property('up.frozenOverP2p');
  });

  it('takes the median of the rounds', () => {
    const metrics = weakMetrics([50, 100, 200].map((stepMs) => sample('chaxi', 'loss5', stepMs)));
    expect(metrics['up.loss5.chaxi.fps']).to.deep.include({ n: 3, min: 5, p50: 10, max: 20 });
  });

  it('counts a growth without a larger frame with the whole time that it had', () => {
    const growth = { part: 'resume', index: 0, failed: null, fromWidth: 320, toWidth: 1_280 } as const;
    const metrics = weakMetrics([
      { ...growth, afterMs: 150 },
      { ...growth, afterMs: null },
      { ...growth, failed: 'closed', afterMs: null },
    ]);
    expect(metrics.resume).to.deep.include({ n: 2, min: 150, max: 5_000 });
    expect(metrics.failures?.p50).to.equal(1);
  });

  it('counts a tasting that failed, and takes no figures from it', () => {
    const metrics = weakMetrics([{ ...sample('chaxi', 'clean', 50), failed: 'no picture' }]);
    expect(metrics.failures).to.deep.include({ p50: 1, n: 1 });
    expect(metrics).to.not.have.property('up.clean.chaxi.fps');
  });
});
