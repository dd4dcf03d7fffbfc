import { expect } from 'chai';
import { readPath } from '../../../../client-sdk/src/media/pathReading.ts';
import { statsReport } from '../fakes/statsReport.ts';

describe('the reading of a path', () => {
  // The fake report counts its ids from 0.
  const old = { type: 'candidate-pair', bytesReceived: 100, responsesReceived: 3, nominated: true };
  const present = { type: 'candidate-pair', bytesReceived: 20, responsesReceived: 4, nominated: true };

  it('adds up what came over all candidate pairs, and has the round trip of the one in use', () => {
    const report = statsReport([
      { ...present, currentRoundTripTime: 0.05 },
      { ...old, currentRoundTripTime: 0.9 },
      { type: 'transport', bytesReceived: 7, selectedCandidatePairId: '0' },
    ]);
    expect(readPath(report)).to.deep.equal({ receivedBytes: 120, answers: 7, rttMs: 50 });
  });

  it('finds the one in use where the browser marks it itself', () => {
    const report = statsReport([
      { ...present, selected: true, currentRoundTripTime: 0.05 },
      { ...old, selected: false, currentRoundTripTime: 0.9 },
    ]);
    expect(readPath(report).rttMs).to.equal(50);
  });

  it('tells answers that have not come from those that are not counted', () => {
    expect(readPath(statsReport([{ ...old, responsesReceived: 0 }, { type: 'candidate-pair' }])).answers).to.equal(0);
    expect(readPath(statsReport([{ ...old, responsesReceived: undefined }])).answers).to.equal(undefined);
  });

  it('has nothing where there is nothing yet', () => {
    expect(readPath(statsReport([{ type: 'candidate-pair' }]))).to.deep.equal({
      receivedBytes: 0,
      answers: undefined,
      rttMs: undefined,
    });
  });
});
