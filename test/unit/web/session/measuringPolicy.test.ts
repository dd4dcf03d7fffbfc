import { expect } from 'chai';
import type { CardReading } from '../../../../client-sdk/src/color/index.ts';
import { atFirst, isLongMissed, middleReading, takeReading } from '../../../../web/src/session/measuringPolicy.ts';
import { cardReading } from './cardReadings.ts';

const good = cardReading();
const dark = cardReading({ problems: ['tooDark'] });
const times = (count: number, reading: CardReading | null) => Array.from({ length: count }, () => reading);
const after = (readings: (CardReading | null)[], tolerant = false) =>
  readings.reduce((state, reading) => takeReading(state, reading, tolerant), atFirst);

describe('measuring a card', () => {
  it('lets the camera come to rest on it, holds it, and is done after five more', () => {
    expect(after(times(2, good)).stage).to.equal('looking');
    expect(after(times(3, good))).to.include({ stage: 'holding' });
    expect(after(times(3, good)).good).to.deep.equal([]);
    expect(after(times(7, good)).stage).to.equal('holding');
    expect(after(times(8, good)).stage).to.equal('done');
  });

  it('begins to count anew while it looks, when the card was away or something was wrong', () => {
    for (const between of [null, dark]) {
      expect(after([good, good, between, good, good]).stage).to.equal('looking');
    }
  });

  it('does not mind a hand that passes while the camera is held', () => {
    expect(after([...times(5, good), null, dark, good]).good).to.have.length(3);
  });

  it('lets the camera go again when the card is gone for long, or the light went wrong', () => {
    for (const spoiling of [null, dark]) {
      expect(after([...times(4, good), ...times(4, spoiling)]).stage).to.equal('holding');
      expect(after([...times(4, good), ...times(5, spoiling)])).to.deep.include({ stage: 'looking', good: [] });
    }
  });

  it('tells what is wrong with the latest picture', () => {
    expect(after([dark]).problems).to.deep.equal(['tooDark']);
    expect(after([dark, good]).problems).to.deep.equal([]);
    expect(after([dark, null]).problems).to.deep.equal([]);
  });

  it('takes what is wrong as it is when the person says so', () => {
    expect(after(times(8, dark), true).stage).to.equal('done');
  });

  it('says how to hold the card when it was missed for long', () => {
    expect(isLongMissed(after(times(7, null)))).to.equal(false);
    expect(isLongMissed(after(times(8, null)))).to.equal(true);
    expect(isLongMissed(after([...times(8, null), good]))).to.equal(false);
  });

  it('chooses the reading in the middle of all', () => {
    const readings = [100, 90, 240, 104, 101].map((red) => cardReading({ red }));
    expect(middleReading(readings).patches[0]?.measured).to.deep.equal([101, 100, 100]);
  });
});
