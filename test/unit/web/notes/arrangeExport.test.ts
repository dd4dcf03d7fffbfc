import { expect } from 'chai';
import { arrangeExport } from '../../../../web/src/notes/arrangeExport.ts';
import { guideOf } from '../guide/sampleGuide.ts';
import { noteOf } from './sampleNotes.ts';

const own = noteOf({ taste: 7 }, { shared: false });
const wei = noteOf({ taste: 8 }, { identity: 'wei' });

describe('the page to keep', () => {
  it('has the teas of the guide in order, with the own note and those of others', () => {
    const teas = arrangeExport({ guide: guideOf([20], [30]), notes: [wei, own], identity: 'anna' });
    expect(teas.map(({ number, tea }) => [number, tea!.teaId])).to.deep.equal([
      [1, 'tea1'],
      [2, 'tea2'],
    ]);
    expect(teas[0]).to.deep.include({ own, shared: [wei] });
    expect(teas[1]).to.deep.include({ own: null, shared: [] });
  });

  it('keeps notes on a tea that is no longer in the guide, behind the others', () => {
    const gone = noteOf({ taste: 3 }, { teaId: 'gone' });
    const teas = arrangeExport({ guide: guideOf([20]), notes: [gone, wei], identity: 'anna' });
    expect(teas.map(({ teaId }) => teaId)).to.deep.equal(['tea1', 'gone']);
    expect(teas[1]).to.deep.include({ tea: null, number: 0, own: gone });
  });

  it('leaves empty notes out', () => {
    const [tea] = arrangeExport({ guide: guideOf([20]), notes: [noteOf({})], identity: 'anna' });
    expect(tea!.own).to.equal(null);
  });

  it('has shared notes alone where nobody is named', () => {
    const [tea] = arrangeExport({ guide: null, notes: [wei], identity: null });
    expect(tea).to.deep.include({ own: null, shared: [wei] });
  });
});
