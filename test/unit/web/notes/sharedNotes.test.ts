import { expect } from 'chai';
import { sharedByOthers, withNote, withoutNote } from '../../../../web/src/notes/sharedNotes.ts';
import { noteOf } from './sampleNotes.ts';

const anna = noteOf({ taste: 7 });
const wei = noteOf({ taste: 8 }, { identity: 'wei', name: 'Wei' });

describe('notes that others share', () => {
  it('are neither the own one nor private ones', () => {
    const secret = noteOf({}, { identity: 'li', shared: false });
    expect(sharedByOthers([anna, wei, secret], 'anna')).to.deep.equal([wei]);
  });

  it('stand in the order in which they were shared, also after a change', () => {
    const changed = noteOf({ taste: 9 }, { updatedAt: 2 });
    const notes = withNote(withNote(withNote(new Map(), anna), wei), changed);
    expect(notes.get('tea1')).to.deep.equal([changed, wei]);
  });

  it('are not replaced by an older one that comes late', () => {
    const newer = noteOf({ taste: 9 }, { updatedAt: 5 });
    expect(withNote(withNote(new Map(), newer), anna).get('tea1')).to.deep.equal([newer]);
  });

  it('go when they are withdrawn, of that tea alone', () => {
    const other = noteOf({}, { teaId: 'tea2' });
    const notes = withoutNote(withNote(withNote(withNote(new Map(), anna), wei), other), 'tea1', 'anna');
    expect(notes.get('tea1')).to.deep.equal([wei]);
    expect(notes.get('tea2')).to.deep.equal([other]);
  });
});
