import { expect } from 'chai';
import {
  applyFields,
  changeOf,
  emptyNote,
  withChange,
  withoutFields,
} from '../../../../client-sdk/src/notes/pendingNotes.ts';
import { noteChangeSchema, tastingNoteSchema } from '../../../../protocol/tastingNotes.ts';
import { tastingNote } from '../fakes/tasting.ts';

describe('notes that wait', () => {
  it('are merged field by field', () => {
    let pending = withChange({}, { teaId: 'oolong', aspects: { taste: { score: 7 }, aroma: { words: 'orchid' } } });
    pending = withChange(pending, { teaId: 'oolong', aspects: { taste: { score: 8, words: 'sweet' } }, words: 'good' });
    pending = withChange(pending, { teaId: 'dancong', words: '' });
    expect(pending).to.deep.equal({
      oolong: { 'taste.score': 8, 'taste.words': 'sweet', 'aroma.words': 'orchid', words: 'good' },
      dancong: { words: '' },
    });
  });

  it('are none where a change says nothing', () => {
    expect(withChange({}, { teaId: 'oolong' })).to.deep.equal({});
  });

  it('become a request that the server takes, with what was changed alone', () => {
    const { oolong = {} } = withChange({}, { teaId: 'oolong', aspects: { taste: { score: null } }, words: 'good' });
    const change = changeOf('oolong', oolong);
    expect(change).to.deep.equal({ teaId: 'oolong', aspects: { taste: { score: null } }, words: 'good' });
    expect(noteChangeSchema.parse(change)).to.deep.equal(change);
    expect(changeOf('oolong', { 'aroma.words': 'x' })).to.deep.equal({
      teaId: 'oolong',
      aspects: { aroma: { words: 'x' } },
    });
  });

  it('go when they are stored, but for what was changed again meanwhile', () => {
    const sent = { 'taste.score': 7, words: 'good' };
    const pending = { oolong: { 'taste.score': 7, words: 'good indeed' }, dancong: { words: 'x' } };
    const left = withoutFields(pending, 'oolong', sent);
    expect(left).to.deep.equal({ oolong: { words: 'good indeed' }, dancong: { words: 'x' } });
    expect(withoutFields(left, 'oolong', { words: 'good indeed' })).to.deep.equal({ dancong: { words: 'x' } });
  });

  it('show in the note as it will be', () => {
    const saved = tastingNote({ words: 'before' });
    saved.aspects.taste = { score: 5, words: 'flat' };
    const note = applyFields(saved, { 'taste.score': null, 'aroma.words': 'orchid' });
    expect(note.words).to.equal('before');
    expect(note.aspects.taste).to.deep.equal({ score: null, words: 'flat' });
    expect(note.aspects.aroma).to.deep.equal({ score: null, words: 'orchid' });
    expect(saved.aspects.aroma.words).to.equal('');
    expect(applyFields(saved, { words: '' }).words).to.equal('');
  });

  it('stand on an empty note where the server has none', () => {
    const note = emptyNote({ teaId: 'oolong', identity: 'anna', name: 'Anna' });
    expect(tastingNoteSchema.parse(note)).to.deep.equal(note);
  });
});
