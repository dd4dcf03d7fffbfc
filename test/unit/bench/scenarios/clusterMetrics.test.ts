import { expect } from 'chai';
import { clusterMetrics } from '../../../../bench/scenarios/clusterMetrics.ts';
import { clusterJoin, rooms, watchers } from '../../../helpers/clusterSamples.ts';

describe('clusterMetrics', () => {
  it('tells what a join by another node costs more', () => {
    const metrics = clusterMetrics([clusterJoin('own', 120), clusterJoin('other', 150), clusterJoin('own', 100)]);
    expect(metrics['join.own.firstFrame']).to.deep.include({ n: 2, p50: 110 });
    expect(metrics['join.addedP50']).to.deep.include({ n: 1, p50: 40 });
    expect(metrics['join.addedP95']?.p50).to.equal(31);
    expect(clusterMetrics([clusterJoin('own', 120)])).to.not.have.any.keys('join.addedP95');
  });

  it('takes each track at each worker once for what is needed', () => {
    expect(clusterMetrics([watchers])['watchers.pipedTwice']?.max).to.equal(0);
    expect(clusterMetrics([{ ...watchers, pipeConsumers: [6, 2] }])['watchers.pipedTwice']?.max).to.equal(2);
    const onOneNode = { ...watchers, participants: [301, 0], consumers: [600, 0], pipeConsumers: [2, 0] };
    expect(clusterMetrics([onOneNode])['watchers.pipedTwice']?.max).to.equal(0);
    expect(clusterMetrics([onOneNode])['watchers.nodes']?.p50).to.equal(1);
  });

  it('counts watchers who do not get all, and what the others cost', () => {
    const metrics = clusterMetrics([{ ...watchers, served: 297 }]);
    expect(metrics['watchers.unserved']).to.deep.include({ n: 300, max: 3 });
    expect(metrics['watchers.cpuPerConsumer']?.p50).to.be.closeTo(0.5, 1e-9);
  });

  it('tells how evenly many rooms are spread, who is missing, and what is left', () => {
    const metrics = clusterMetrics([{ ...rooms, connected: 1_498, left: 7 }]);
    expect(metrics['rooms.spread']?.p50).to.be.closeTo(1.2, 1e-9);
    expect(metrics['rooms.missing']).to.deep.include({ n: 1_500, max: 2 });
    expect(metrics['rooms.left']?.max).to.equal(7);
  });

  it('counts what failed', () => {
    const failed = { ...clusterJoin('own', 0), failed: 'no picture' };
    expect(clusterMetrics([failed, { ...rooms, failed: 'roomFull' }]).failures).to.deep.include({ n: 2, max: 2 });
  });
});
