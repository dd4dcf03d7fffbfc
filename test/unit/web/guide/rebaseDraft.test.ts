import { expect } from 'chai';
import { rebaseDraft } from '../../../../web/src/guide/rebaseDraft.ts';
import { toGuideDraft, type GuideDraft, type TeaDraft } from '../../../../web/src/guide/teaDraft.ts';
import { guideOf } from './sampleGuide.ts';

const base = toGuideDraft(guideOf([20], [30], [40]));
const [one, two, three] = base.teas as [TeaDraft, TeaDraft, TeaDraft];
const added: TeaDraft = { ...one, teaId: 'new', name: 'New' };
const withTeas = (...teas: TeaDraft[]): GuideDraft => ({ ...base, teas });
const ids = ({ teas }: GuideDraft) => teas.map(({ teaId }) => teaId);

describe('what is typed on a guide that someone else changed', () => {
  it('is what they made of it where nothing was typed', () => {
    const theirs = { title: 'Autumn', teas: [three, { ...one, vessel: 'gaiwan' }] };
    expect(rebaseDraft(base, base, theirs).draft).to.deep.equal(theirs);
  });

  it('stays as it is where they changed nothing', () => {
    const mine = { title: 'Mine', teas: [two, added, one] };
    expect(rebaseDraft(base, mine, base)).to.deep.equal({ draft: mine, changes: [] });
  });

  it('gets their fields beside the own ones', () => {
    const mine = withTeas({ ...one, vessel: 'gaiwan' }, two, three);
    const theirs = withTeas({ ...one, waterCelsius: '80', infusions: ['25', '35'] }, two, three);
    const { draft, changes } = rebaseDraft(base, mine, theirs);
    expect(draft.teas[0]).to.deep.include({ vessel: 'gaiwan', waterCelsius: '80', infusions: ['25', '35'] });
    expect(changes).to.deep.equal([{ kind: 'changed', tea: 'Tea tea1', fields: ['waterCelsius', 'infusions'] }]);
  });

  it('keeps the own field where both changed it, and says so', () => {
    const mine = withTeas({ ...one, vessel: 'gaiwan' }, two, three);
    const { draft, changes } = rebaseDraft(base, mine, withTeas({ ...one, vessel: 'glass' }, two, three));
    expect(draft.teas[0]!.vessel).to.equal('gaiwan');
    expect(changes).to.deep.equal([{ kind: 'both', tea: 'Tea tea1', fields: ['vessel'] }]);
  });

  it('finds no conflict where both made the same change', () => {
    const same = { title: 'Autumn', teas: [{ ...one, vessel: 'glass' }, added] };
    expect(rebaseDraft(base, same, same)).to.deep.equal({ draft: same, changes: [] });
  });

  it('keeps the own title', () => {
    const { draft, changes } = rebaseDraft(base, { ...base, title: 'Mine' }, { ...base, title: 'Theirs' });
    expect(draft.title).to.equal('Mine');
    expect(changes).to.deep.equal([{ kind: 'title', title: 'Theirs' }]);
  });

  it('puts an own new tea where it stood', () => {
    const { draft } = rebaseDraft(base, withTeas(one, added, two, three), withTeas(three, two, one));
    expect(ids(draft)).to.deep.equal(['tea3', 'tea2', 'tea1', 'new']);
    expect(ids(rebaseDraft(base, withTeas(added, one, two, three), base).draft)[0]).to.equal('new');
  });

  it('puts their new tea behind what it followed, also where the own order is another', () => {
    const { draft, changes } = rebaseDraft(base, withTeas(three, two, one), withTeas(one, added, two, three));
    expect(ids(draft)).to.deep.equal(['tea3', 'tea2', 'tea1', 'new']);
    expect(changes).to.deep.equal([{ kind: 'added', tea: 'New' }]);
  });

  it('tells of another order', () => {
    const { draft, changes } = rebaseDraft(base, base, withTeas(two, one, three));
    expect(ids(draft)).to.deep.equal(['tea2', 'tea1', 'tea3']);
    expect(changes).to.deep.equal([{ kind: 'reordered' }]);
  });

  it('loses a tea that they took out, unless something was typed into it', () => {
    const mine = withTeas(one, { ...two, notes: 'mine' }, three);
    const { draft, changes } = rebaseDraft(base, mine, withTeas(one));
    expect(ids(draft)).to.deep.equal(['tea1', 'tea2']);
    expect(changes).to.deep.equal([
      { kind: 'removedKept', tea: 'Tea tea2' },
      { kind: 'removed', tea: 'Tea tea3' },
    ]);
  });

  it('does not bring back what was taken out here', () => {
    const { draft, changes } = rebaseDraft(base, withTeas(one, three), base);
    expect(ids(draft)).to.deep.equal(['tea1', 'tea3']);
    expect(changes).to.deep.equal([]);
  });
});
