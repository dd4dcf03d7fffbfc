import { expect } from 'chai';
import {
  peersMetrics,
  type PeersCpu,
  type PeersJoin,
  type PeersSample,
} from '../../../../bench/scenarios/peersMetrics.ts';

const join = (
  peer: string,
  firstFrameMs: number | null,
  { start = 'cold', rttMs = 0 }: Partial<Pick<PeersJoin, 'start' | 'rttMs'>> = {},
): PeersJoin => ({
  part: 'join',
  peer,
  start,
  rttMs,
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
    const metrics = metricsOf([join('chaxi', 150), join('other', 300), join('chaxi', 100, { start: 'warm' })]);
    expect(metrics['cold.ratioP50']?.p50).to.equal(0.5);
    expect(metrics).to.not.have.property('warm.ratioP50');
  });

  it('compares at each round trip time, and judges by the worst', () => {
    const metrics = metricsOf([
      join('chaxi', 150),
      join('other', 300),
      join('chaxi', 600, { rttMs: 100 }),
      join('chaxi', 600, { rttMs: 100 }),
      join('other', 500, { rttMs: 100 }),
    ]);
    expect(metrics['cold.rtt0.ratioP95']?.p50).to.equal(0.5);
    expect(metrics['cold.rtt100.ratioP95']?.p50).to.equal(1.2);
    expect(metrics['cold.ratioP50']).to.deep.include({ n: 1, p50: 1.2 });
    expect(metrics['cold.ratioP95']).to.deep.include({ n: 1, p50: 1.2 });
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
    expect(metrics['chaxi.cpu.subscriber']?.p50).to.be.closeTo(1, 1e-9);
    expect(metrics['cpu.ratio']?.p50).to.be.closeTo(0.5, 1e-9);
  });

  for (const [what, chaxi, other] of [
    ['the one', 0.01, 0.21],
    ['the other', 0.1, 0.04],
  ] as const) {
    it(`compares no processor time where that of ${what} went down with subscribers`, () => {
      const metrics = metricsOf([
        cpu('chaxi', 0, 0.05),
        cpu('chaxi', 8, chaxi),
        cpu('other', 0, 0.05),
        cpu('other', 8, other),
      ]);
      expect(metrics).to.include.keys('chaxi.cpu.subscriber', 'other.cpu.subscriber');
      expect(metrics).to.not.have.property('cpu.ratio');
    });
  }
});
