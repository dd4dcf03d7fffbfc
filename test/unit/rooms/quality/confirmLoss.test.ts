import { expect } from 'chai';
import type { NetworkReport } from '../../../../protocol/networkReport.ts';
import { confirmLoss } from '../../../../server/rooms/quality/confirmLoss.ts';

function report(up: number | undefined, down: number | undefined): NetworkReport {
  return { up: { lossRatio: up, blocked: false }, down: { lossRatio: down, blocked: false } };
}

function transports(up: number | undefined, down: number | undefined) {
  const asked = { times: 0 };
  const packetLoss = () => {
    asked.times += 1;
    return Promise.resolve({ up, down });
  };
  return { asked, packetLoss };
}

describe('a loss that a client suspects', () => {
  it('is no question while it is next to nothing', async () => {
    const { asked, packetLoss } = transports(0.5, 0.5);
    expect(await confirmLoss(report(0.005, undefined), { packetLoss })).to.deep.equal(report(0.005, undefined));
    expect(asked.times).to.equal(0);
  });

  it('is what the worker counts, in each direction that is suspected', async () => {
    expect(await confirmLoss(report(0.2, 0.2), transports(0.15, 0))).to.deep.equal(report(0.15, 0));
    expect(await confirmLoss(report(0.2, 0), transports(0.15, 0.4))).to.deep.equal(report(0.15, 0));
    expect(await confirmLoss(report(undefined, 0.05), transports(0.4, 0.2))).to.deep.equal(report(undefined, 0.2));
  });

  it('is none as long as the worker can not tell', async () => {
    expect(await confirmLoss(report(0.2, 0.3), transports(undefined, 0.1))).to.deep.equal(report(undefined, 0.1));
    expect(await confirmLoss(report(0.2, 0.3), transports(undefined, undefined))).to.deep.equal(
      report(undefined, undefined),
    );
  });

  it('says nothing of a direction in which nothing flows', async () => {
    const up = { lossRatio: 0.2, blocked: false };
    expect(await confirmLoss({ up, down: null }, transports(0.1, 0.9))).to.deep.equal({
      up: { ...up, lossRatio: 0.1 },
      down: null,
    });
  });
});
