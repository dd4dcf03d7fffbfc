import { expect } from 'chai';
import { readPath } from '../../../../client-sdk/src/media/pathReading.ts';
import { statsReport } from '../fakes/statsReport.ts';

describe('the reading of a path', () => {
  it('adds up what came over all candidate pairs, and has the round trip of the one in use', () => {
    const report = statsReport([
      { type: 'candidate-pair', bytesReceived: 100, responsesReceived: 3, nominated: false, currentRoundTripTime: 0.9 },
      { type: 'candidate-pair', bytesReceived: 20, responsesReceived: 4, nominated: true, currentRoundTripTime: 0.05 },
      { type: 'transport', bytesReceived: 7 },
    ]);
    expect(readPath(report)).to.deep.equal({ receivedBytes: 120, answers: 7, rttMs: 50 });
  });

  it('has nothing where there is nothing yet', () => {
    expect(readPath(statsReport([{ type: 'candidate-pair' }]))).to.deep.equal({
      receivedBytes: 0,
      answers: 0,
      rttMs: undefined,
    });
  });
});
