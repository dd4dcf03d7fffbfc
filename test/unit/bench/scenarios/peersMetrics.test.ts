import { expect } from 'chai';
import {
  peersMetrics,
  type PeersCpu,
  type PeersJoin,
  type PeersSample,
} from '../../../../bench/scenarios/peersMetrics.ts';

const join = (peer: string, firstFrameMs: number | null, start: 'cold' | 'warm' = 'cold'): PeersJoin => ({
  part: 'join',
  peer,
  start,
  rttMs: 0,
  failed: firstFrameMs === null ? 'no frame' : null,
  firstPacketMs: null,
  firstFrameMs,
});
const cpu = (peer: string, subscribers: number, cores: number): PeersCpu => ({
  part: 'cpu',
  peer,
  round: 0,
  subscribers,
  cores,
});
const both = ['chaxi', 'other'] as const;
const metricsOf = (samples: PeersSample[]) => peersMetrics(samples, both);

describe('peersMetrics', () => {
  it('compares each start that both have', () => {
    const metrics = metricsOf([join('chaxi', 150), join('other', 300), join('chaxi', 100, 'warm')]);
    expect(metrics['cold.ratioP50']?.p50).to.equal(0.5);
    expect(metrics).to.not.have.property('warm.ratioP50');
  });

  it('lets no one look better by failing', () => {
    expect(metricsOf([join('chaxi', null), join('other', 300)])['cold.ratioP50']?.p50).to.be.above(1);
  });

  it('compares what one more subscriber costs the server', () => {
    const metrics = metricsOf([
      cpu('chaxi', 0, 0.02),
      cpu('chaxi', 8, 0.1),
      cpu('other', 0, 0.05),
      cpu('other', 8, 0.21),
    ]);
    expect(metrics['chaxi.cpu.subscriber']?.p50).to.be.closeTo(0.01, 1e-9);
    expect(metrics['cpu.ratio']?.p50).to.be.closeTo(0.5, 1e-9);
  });
});
