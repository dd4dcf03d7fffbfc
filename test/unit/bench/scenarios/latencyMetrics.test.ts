import { expect } from 'chai';
import { latencyMetrics, sizeName, type LatencySample } from '../../../../bench/scenarios/latencyMetrics.ts';

const window = (through: string, decodedMs: number[]): LatencySample => ({
  size: '640x360',
  through,
  round: 0,
  decodedMs,
  displayedMs: decodedMs.map((value) => value + 10),
  framesMade: decodedMs.length + 1,
  width: 640,
  bitrateBps: 1_200_000,
});

describe('latencyMetrics', () => {
  const metrics = latencyMetrics([window('server', [20, 22, 24]), window('floor', [15, 16, 17])], ['server', 'floor']);

  it('tells the latency of each way and the share of frames that came', () => {
    expect(metrics['640x360.server.decoded']).to.deep.include({ n: 3, p50: 22 });
    expect(metrics['640x360.floor.displayed']).to.deep.include({ p50: 26 });
    expect(metrics['640x360.floor.framesDecoded']?.p50).to.equal(0.75);
  });

  it('tells what the server adds', () => {
    expect(metrics['640x360.decoded.overFloorP50']?.p50).to.equal(6);
    expect(metrics['640x360.displayed.overFloorP95']?.p50).to.be.closeTo(6.9, 1e-6);
  });

  it('compares the shares of frames that came', () => {
    const lossy = { ...window('server', [20, 22, 24]), framesMade: 6 };
    const { '640x360.framesDecodedRatio': ratio } = latencyMetrics(
      [lossy, { ...window('floor', [15, 16, 17]), framesMade: 3 }],
      ['server', 'floor'],
    );
    expect(ratio).to.deep.include({ n: 3, p50: 0.5 });
  });

  it('compares nothing where one way was not measured', () => {
    expect(latencyMetrics([window('server', [20])], ['server', 'floor'])).to.not.have.any.keys(
      '640x360.decoded.overFloorP50',
      '640x360.framesDecodedRatio',
    );
  });

  it('names sizes as the command line does', () => {
    expect(sizeName({ width: 640, height: 360 })).to.equal('640x360');
  });
});
