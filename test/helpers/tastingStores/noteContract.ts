import { expect } from 'chai';
import fc from 'fast-check';
import { noteAspects } from '../../../protocol/noteAspects.ts';
import type { TastingNote } from '../../../protocol/tastingNotes.ts';
import { NOW, unique } from '../messageStores/fixtures.ts';
import { RETENTION_DAYS, type TwoNodes } from './tastingStoresContract.ts';

const DAY_MS = 86_400_000;
const ann = { identity: 'ann', name: '安' };
const bob = { identity: 'bob', name: 'Bob' };

/** What keeping tasting notes must do, on every database. */
export function noteContract(nodes: TwoNodes): void {
  const newRoom = () => ({ tenant: `shop-${unique()}`, room: '茶室' });
  const words = (text: string) => (note: TastingNote) => ({ ...note, words: text });
  const same = (note: TastingNote) => note;
  const share = (note: TastingNote) => ({ ...note, shared: true });
  const write = (
    room: ReturnType<typeof newRoom>,
    change: (note: TastingNote) => TastingNote,
    { author = ann, teaId = 'oolong', at = NOW, node = nodes.one } = {},
  ) => node.notes.change(room, author, teaId, change, at);

  it('gives back what it was given, whatever is in it', async () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('\0 \ud800 👨‍👩‍👧 \\ %_'));
    const score = fc.option(fc.integer({ min: 0, max: 20 }).map((halves) => halves / 2));
    const aspect = fc.record({ score, words: anyText });
    const aspects = fc.record(Object.fromEntries(noteAspects.map((name) => [name, aspect])));
    await fc.assert(
      fc.asyncProperty(aspects, anyText, fc.boolean(), async (given, text, shared) => {
        const room = newRoom();
        const said = { aspects: given as TastingNote['aspects'], words: `${text}.`, shared };
        const { note, isChanged } = await write(room, (blank) => ({ ...blank, ...said }));
        expect(isChanged).to.equal(true);
        expect(note).to.deep.equal({ teaId: 'oolong', ...ann, ...said, updatedAt: NOW });
        expect(await nodes.two.notes.listOwn(room, 'ann')).to.deep.equal([note]);
      }),
      { numRuns: 20 },
    );
  });

  it('writes nothing that is there already, and nothing of one who writes nothing', async () => {
    const room = newRoom();
    expect(await write(room, same)).to.include({ isChanged: false });
    expect(await nodes.one.notes.listAll(room)).to.deep.equal([]);
    const first = await write(room, words('floral'));
    const again = await write(room, words('floral'), { at: NOW + 5, node: nodes.two });
    expect(again).to.deep.equal({ note: first.note, isChanged: false });
  });

  it('loses nothing of what is written at the same moment on two nodes, be the note there or not', async () => {
    for (let round = 0; round < 5; round += 1) {
      const room = newRoom();
      if (round % 2 === 1) await write(room, words('before'));
      const written = await Promise.all(
        noteAspects.map((aspect, index) =>
          write(
            room,
            (note) => ({ ...note, aspects: { ...note.aspects, [aspect]: { score: index, words: aspect } } }),
            { node: [nodes.one, nodes.two][index % 2] },
          ),
        ),
      );
      const [note] = await nodes.one.notes.listOwn(room, 'ann');
      expect(noteAspects.map((aspect) => note!.aspects[aspect])).to.deep.equal(
        noteAspects.map((aspect, index) => ({ score: index, words: aspect })),
      );
      const times = written.map(({ note: { updatedAt } }) => updatedAt);
      expect(new Set(times).size, 'each is later than the one before').to.equal(noteAspects.length);
      expect(note!.updatedAt).to.equal(Math.max(...times));
    }
  });

  it('is later with each change, though the clock of a node is behind', async () => {
    const room = newRoom();
    const { note: before } = await write(room, words('one'));
    const { note } = await write(room, words('two'), { at: NOW - 1_000, node: nodes.two });
    expect([before.updatedAt, note.updatedAt]).to.deep.equal([NOW, NOW + 1]);
  });

  it('tells the own notes, the shared ones of a tea or of all, and all of them, and keeps rooms and tenants apart', async () => {
    const room = newRoom();
    const others = [newRoom(), { ...room, room: '茶室 ' }];
    for (const key of [room, ...others]) {
      await write(key, words('private'));
      await write(key, (note) => share(words('shared')(note)), { teaId: 'sencha' });
      await write(key, (note) => share(words('of bob')(note)), { author: bob });
    }
    const say = (notes: TastingNote[]) => notes.map(({ identity, teaId }) => `${identity} ${teaId}`);
    const { notes } = nodes.two;
    expect(say(await notes.listOwn(room, 'ann'))).to.deep.equal(['ann oolong', 'ann sencha']);
    expect(say(await notes.listShared(room))).to.deep.equal(['ann sencha', 'bob oolong']);
    expect(say(await notes.listShared(room, 'oolong'))).to.deep.equal(['bob oolong']);
    expect(say(await notes.listAll(room))).to.deep.equal(['ann oolong', 'ann sencha', 'bob oolong']);
  });

  it('tells and forgets all notes of a person, however many, and none of others', async () => {
    const room = newRoom();
    const teas = Array.from({ length: 210 }, (_, index) => `tea-${String(index).padStart(3, '0')}`);
    for (const teaId of teas) await write(room, words(teaId), { teaId });
    await write({ ...room, room: 'other' }, share, { teaId: 'shared' });
    await write(room, share, { author: bob });
    await write(newRoom(), words('at another shop'));
    const { notes } = nodes.two;
    const listed: { room: string; note: TastingNote }[] = [];
    for (let page = await notes.listOfPerson(room.tenant, 'ann'); page.length > 0;) {
      listed.push(...page);
      const { room: name, note } = page.at(-1)!;
      page = await notes.listOfPerson(room.tenant, 'ann', { room: name, teaId: note.teaId });
    }
    expect(new Set(listed.map(({ note }) => note.teaId))).to.deep.equal(new Set(['shared', ...teas]));
    expect(listed).to.have.length(211);
    expect(await notes.removeOfPerson(room.tenant, 'ann')).to.deep.equal([{ room: 'other', teaId: 'shared' }]);
    expect(await notes.listOfPerson(room.tenant, 'ann')).to.deep.equal([]);
    expect((await notes.listAll(room)).map(({ identity }) => identity)).to.deep.equal(['bob']);
  });

  it('removes what nobody changed for as long as it is kept', async () => {
    const room = newRoom();
    await write(room, words('old'), { at: NOW - RETENTION_DAYS * DAY_MS - 1 });
    await write(room, words('new'), { author: bob, at: NOW - RETENTION_DAYS * DAY_MS });
    await nodes.one.sweep(NOW);
    expect((await nodes.one.notes.listAll(room)).map(({ identity }) => identity)).to.deep.equal(['bob']);
  });
}
