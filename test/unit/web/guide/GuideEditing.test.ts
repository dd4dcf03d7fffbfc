import { expect } from 'chai';
import { ChaxiError, type Guide, type GuideInput } from '../../../../client-sdk/src/index.ts';
import { GuideEditing } from '../../../../web/src/guide/GuideEditing.ts';
import { useGlobals } from '../../client-sdk/fakes/useGlobals.ts';
import { guideOf, teaOf } from './sampleGuide.ts';

/** The guide of a room, and what was saved into it. */
class FakeGuide {
  current: Guide | null;
  revision = 4;
  readonly saved: { guide: GuideInput | null; revision: number | undefined }[] = [];
  /** What saving waits for, or fails with. */
  saving: Promise<void> = Promise.resolve();

  constructor(current: Guide | null) {
    this.current = current;
  }

  async save(guide: GuideInput | null, revision?: number): Promise<void> {
    this.saved.push({ guide, revision });
    await this.saving;
    this.changeTo(guide && { ...guide, teas: guide.teas.map((tea) => teaOf(tea.teaId, tea)) });
  }

  changeTo(guide: Guide | null): void {
    this.current = guide;
    this.revision += 1;
  }
}

describe('the editor of the guide', () => {
  const stored = new Map<string, string>();
  const setGlobal = useGlobals();
  let guide: FakeGuide;
  const open = () => new GuideEditing({ guide, storageKey: 'mei/guide/tea', listSeparator: ', ' });
  const ids = (editing: GuideEditing) => editing.draft.teas.map(({ teaId }) => teaId);

  beforeEach(() => {
    stored.clear();
    setGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    });
    guide = new FakeGuide(guideOf([20], [30], [40]));
  });

  it('begins with the guide as it is, and has nothing to save', () => {
    const editing = open();
    expect(ids(editing)).to.deep.equal(['tea1', 'tea2', 'tea3']);
    expect(editing.isDirty).to.equal(false);
  });

  it('begins with an empty one where there is none', () => {
    guide.current = null;
    expect(open().draft).to.deep.equal({ title: '', teas: [] });
  });

  it('moves a tea up and down, and not beyond the ends', () => {
    const editing = open();
    editing.move('tea3', -1);
    expect(ids(editing)).to.deep.equal(['tea1', 'tea3', 'tea2']);
    editing.move('tea1', -1);
    editing.move('tea2', 1);
    expect(ids(editing)).to.deep.equal(['tea1', 'tea3', 'tea2']);
  });

  it('puts a tea back that was taken out, where it stood and as it was', () => {
    const editing = open();
    editing.setField('tea2', 'vessel', 'gaiwan');
    editing.remove('tea2');
    expect(editing.removed!.vessel).to.equal('gaiwan');
    editing.undo();
    expect(ids(editing)).to.deep.equal(['tea1', 'tea2', 'tea3']);
    expect(editing.draft.teas[1]!.vessel).to.equal('gaiwan');
    expect(editing.removed).to.equal(null);
  });

  it('saves all as one act, from the revision that it began with', async () => {
    const editing = open();
    const teaId = editing.add();
    editing.setField(teaId, 'name', 'Longjing');
    editing.setTitle('Summer');
    expect(await editing.save()).to.equal(true);
    expect(guide.saved).to.have.lengthOf(1);
    expect(guide.saved[0]!.revision).to.equal(4);
    expect(guide.saved[0]!.guide).to.deep.include({ title: 'Summer' });
    expect(guide.saved[0]!.guide!.teas[3]).to.include({ teaId, name: 'Longjing' });
    expect(editing.isDirty).to.equal(false);
    expect(stored.size).to.equal(0);
  });

  it('asks for what is missing when one wants to save, and saves nothing', async () => {
    const editing = open();
    const teaId = editing.add();
    expect(editing.problems.size).to.equal(0);
    expect(await editing.save()).to.equal(false);
    expect([...editing.problems.keys()]).to.deep.equal([`${teaId}/name`]);
    editing.setField(teaId, 'name', 'x');
    expect(editing.problems.size).to.equal(0);
    expect(guide.saved).to.deep.equal([]);
  });

  it('keeps what is typed through a reload', () => {
    open().setField('tea1', 'notes', 'half a sen');
    const again = open();
    expect(again.draft.teas[0]!.notes).to.equal('half a sen');
    expect(again.isDirty).to.equal(true);
  });

  it('begins anew where what is kept has another shape', () => {
    stored.set('chaxi.draft.mei/guide/tea', '{"base":{"title":1},"draft":{}}');
    expect(open().isDirty).to.equal(false);
  });

  it('brings what changed during a reload into what is typed', () => {
    open().setField('tea1', 'notes', 'mine');
    guide.changeTo({ ...guideOf([20], [30], [40]), title: 'Autumn' });
    const again = open();
    expect(again.draft.title).to.equal('Autumn');
    expect(again.draft.teas[0]!.notes).to.equal('mine');
    expect(again.changes).to.deep.equal([{ kind: 'title', title: 'Autumn' }]);
  });

  it('shows what someone else changed, keeps what was typed, and saves from there', async () => {
    const editing = open();
    editing.setField('tea1', 'notes', 'mine');
    guide.changeTo(guideOf([20], [30]));
    editing.guideChanged();
    expect(editing.changes).to.deep.equal([{ kind: 'removed', tea: 'Tea tea3' }]);
    editing.acknowledge();
    expect(editing.changes).to.deep.equal([]);
    await editing.save();
    expect(guide.saved[0]!.revision).to.equal(5);
    expect(guide.saved[0]!.guide!.teas.map(({ notes }) => notes)).to.deep.equal(['mine', '']);
  });

  it('is no conflict to who has typed nothing', () => {
    const editing = open();
    guide.changeTo(guideOf([20]));
    editing.guideChanged();
    expect(ids(editing)).to.deep.equal(['tea1']);
    expect(editing.changes).to.deep.equal([]);
    expect(editing.isDirty).to.equal(false);
  });

  it('says why saving failed, and keeps what was typed', async () => {
    const editing = open();
    editing.setTitle('Summer');
    guide.saving = Promise.reject(new ChaxiError('guideConflict'));
    const saving = editing.save();
    guide.changeTo({ ...guideOf([20], [30], [40]), title: 'Autumn' });
    expect(await saving).to.equal(false);
    expect(editing.error).to.equal('guideConflict');
    expect(editing.draft.title).to.equal('Summer');
    expect(editing.changes).to.deep.equal([{ kind: 'title', title: 'Autumn' }]);
  });

  it('keeps what is typed while it saves', async () => {
    const editing = open();
    editing.setTitle('Summer');
    const saving = editing.save();
    editing.setField('tea1', 'notes', 'later');
    await saving;
    expect(editing.draft.teas[0]!.notes).to.equal('later');
    expect(editing.draft.title).to.equal('Summer');
    expect(editing.isDirty).to.equal(true);
  });

  it('takes its own save for no one else’s change', async () => {
    const editing = open();
    editing.setField('tea1', 'infusions', ['1:30']);
    await editing.save();
    editing.guideChanged();
    expect(editing.changes).to.deep.equal([]);
    expect(editing.draft.teas[0]!.infusions).to.deep.equal(['90']);
  });

  it('discards', () => {
    const editing = open();
    editing.setTitle('Summer');
    editing.discard();
    expect(editing.draft.title).to.equal('Spring');
    expect(stored.size).to.equal(0);
  });

  it('takes the whole guide away', async () => {
    const editing = open();
    expect(await editing.removeGuide()).to.equal(true);
    expect(guide.saved).to.deep.equal([{ guide: null, revision: 4 }]);
    expect(editing.draft.teas).to.deep.equal([]);
  });
});
