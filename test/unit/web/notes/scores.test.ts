import { expect } from 'chai';
import {
  formatScore,
  fromSlider,
  isEmptyNote,
  NO_SCORE,
  scoreBar,
  toSlider,
} from '../../../../web/src/notes/scores.ts';
import { noteOf } from './sampleNotes.ts';

describe('scores', () => {
  it('are on a slider that has a place for none, so that every score is a change', () => {
    for (const score of [null, 0, 0.5, 5, 10]) expect(fromSlider(toSlider(score))).to.equal(score);
    expect(toSlider(null)).to.equal(NO_SCORE);
    expect(fromSlider(NO_SCORE)).to.equal(null);
  });

  it('are shown with the digits that they need', () => {
    expect([7, 7.5, 7.6667, 10].map((score) => formatScore(score, 'en'))).to.deep.equal(['7', '7.5', '7.7', '10']);
  });

  it('are bars from the lowest to the highest, in percent', () => {
    expect(scoreBar({ min: 6, max: 9, mean: 7.5 })).to.deep.equal({ start: 60, length: 30, mean: 75 });
    expect(scoreBar({ min: 0, max: 0, mean: 0 })).to.deep.equal({ start: 0, length: 0, mean: 0 });
  });

  it('make a note that is not empty, as words do', () => {
    expect(isEmptyNote(noteOf({}))).to.equal(true);
    expect(isEmptyNote(noteOf({}, { words: '  ' }))).to.equal(true);
    expect(isEmptyNote(noteOf({ taste: 0 }))).to.equal(false);
    expect(isEmptyNote(noteOf({}, { words: 'fresh' }))).to.equal(false);
  });
});
