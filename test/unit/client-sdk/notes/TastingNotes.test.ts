import { expect } from 'chai';
import { TastingNotes } from '../../../../client-sdk/src/notes/TastingNotes.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { roleGrants } from '../../../../protocol/grants.ts';
import type { TastingNote } from '../../../../protocol/tastingNotes.ts';
import { FakeStorage } from '../fakes/FakeStorage.ts';
import { participantInfo, snapshot } from '../fakes/infos.ts';
import { usePageClock } from '../fakes/pageClock.ts';
import { recordEvents } from '../fakes/recordEvents.ts';
import { rejection } from '../fakes/rejection.ts';
import { silentLogger } from '../fakes/silentLogger.ts';
import { tastingNote } from '../fakes/tasting.ts';
import { useGlobals } from '../fakes/useGlobals.ts';

interface Sent {
  method: string;
  data: unknown;
  resolve: (answer: object) => void;
  reject: (error: ChaxiError) => void;
}

describe('TastingNotes', () => {
  const clock = usePageClock();
  const setGlobal = useGlobals();
  const made: TastingNotes[] = [];
  beforeEach(() => setGlobal('localStorage', new FakeStorage()));
  afterEach(() => {
    for (const notes of made.splice(0)) notes.left();
  });

  const anna = participantInfo({ participantId: 'p1', identity: 'anna', name: 'Anna' });
  const inRoom = snapshot({ self: anna });

  /** Requests wait for the test's answer. */
  function make({ welcomed = true } = {}) {
    const { emit, names, args } = recordEvents();
    const state = { isReady: true };
    const sent: Sent[] = [];
    const notes = new TastingNotes({
      url: 'https://tea.example',
      request: (method, data) =>
        new Promise((resolve, reject) => {
          sent.push({ method, data, resolve: (answer) => resolve(answer as never), reject });
        }),
      isReady: () => state.isReady,
      fetchExport: () => Promise.resolve({ room: 'tea' } as never),
      emit,
      logger: silentLogger,
    });
    made.push(notes);
    if (welcomed) notes.handleSnapshot(inRoom);
    const taken = async (method: string) => {
      await clock.passUntil(`the request ${method}`, () => sent.some((request) => request.method === method));
      return sent.splice(
        sent.findIndex((request) => request.method === method),
        1,
      )[0] as Sent;
    };
    /** The server stores the next change. */
    const store = async (note: Partial<TastingNote> = {}) => {
      const request = await taken('saveNote');
      request.resolve({ note: tastingNote(note) });
      await clock.pass(1);
      return request.data;
    };
    return { notes, state, sent, names, args, taken, store };
  }

  it('takes nothing before it knows whose notes they are, nor from who may keep none', () => {
    const { notes } = make({ welcomed: false });
    expect(() => notes.save({ teaId: 'oolong', words: 'x' }))
      .to.throw(ChaxiError)
      .with.property('code', 'invalidState');
    notes.handleSnapshot(snapshot({ self: anna, grants: roleGrants.observer }));
    expect(() => notes.save({ teaId: 'oolong', words: 'x' }))
      .to.throw(ChaxiError)
      .with.property('code', 'notAllowed');
    expect([notes.pending, notes.own.size]).to.deep.equal([false, 0]);
  });

  it('shows at once what is written, and sends it a second after the last change', async () => {
    const { notes, sent, store, names } = make();
    notes.save({ teaId: 'oolong', words: 'g' });
    await clock.pass(900);
    notes.save({ teaId: 'oolong', words: 'good', aspects: { taste: { score: 7 } } });
    expect(notes.own.get('oolong')).to.deep.include({ words: 'good', identity: 'anna', name: 'Anna', shared: false });
    expect(notes.own.get('oolong')?.aspects.taste).to.deep.equal({ score: 7, words: '' });
    await clock.pass(900);
    expect([sent.length, notes.pending]).to.deep.equal([0, true]);
    expect(await store({ words: 'good' })).to.deep.equal({
      teaId: 'oolong',
      aspects: { taste: { score: 7 } },
      words: 'good',
    });
    expect(notes.pending).to.equal(false);
    expect(names).to.deep.equal(['notesSaved']);
  });

  it('sends one after the other, and again what was changed meanwhile', async () => {
    const { notes, sent, taken, store } = make();
    notes.save({ teaId: 'oolong', words: 'good' });
    notes.save({ teaId: 'dancong', words: 'honey' });
    const first = await taken('saveNote');
    await clock.pass(500);
    expect(sent).to.have.length(0);
    notes.save({ teaId: 'oolong', words: 'good indeed' });
    first.resolve({ note: tastingNote({ words: 'good' }) });
    expect(notes.own.get('oolong')?.words).to.equal('good indeed');
    expect(await store({ teaId: 'dancong' })).to.include({ teaId: 'dancong' });
    expect(await store()).to.include({ teaId: 'oolong', words: 'good indeed' });
    expect(notes.pending).to.equal(false);
  });

  it('waits while it can not be sent, and is sent with the next welcome', async () => {
    const { notes, state, sent, store } = make();
    state.isReady = false;
    notes.save({ teaId: 'oolong', words: 'good' });
    expect((await rejection(notes.flushed())).code).to.equal('connectionLost');
    await clock.pass(60_000);
    expect(sent).to.have.length(0);
    state.isReady = true;
    notes.handleSnapshot(inRoom);
    await store();
    expect(notes.pending).to.equal(false);
  });

  it('is sent by the next visit of the same person, and of no other', async () => {
    const { notes, state } = make();
    state.isReady = false;
    notes.save({ teaId: 'oolong', words: 'good' });
    notes.left();
    const bo = make({ welcomed: false });
    bo.notes.handleSnapshot(snapshot({ self: participantInfo({ identity: 'bo' }) }));
    expect(bo.notes.pending).to.equal(false);
    const next = make();
    expect(next.notes.own.get('oolong')?.words).to.equal('good');
    expect(await next.store()).to.include({ words: 'good' });
    expect(next.notes.pending).to.equal(false);
  });

  it('sends of two tabs what was written last, and nothing twice', async () => {
    const [here, there] = [make(), make()];
    here.notes.save({ teaId: 'oolong', words: 'old words' });
    there.notes.save({ teaId: 'oolong', words: 'new words' });
    expect(await here.store()).to.include({ words: 'new words' });
    await clock.pass(5_000);
    expect([...here.sent, ...there.sent]).to.deep.equal([]);
    expect([here.notes.pending, there.notes.pending]).to.deep.equal([false, false]);
  });

  it('sends again what the server could not store, with growing pauses', async () => {
    const { notes, sent, taken, store } = make();
    notes.save({ teaId: 'oolong', words: 'good' });
    (await taken('saveNote')).reject(new ChaxiError('storageUnavailable'));
    await clock.pass(500);
    expect(sent).to.have.length(0);
    (await taken('saveNote')).reject(new ChaxiError('storageUnavailable'));
    await clock.pass(1_500);
    expect(sent).to.have.length(0);
    await store();
    expect(notes.pending).to.equal(false);
  });

  it('drops what the server will never take, says so, and sends what follows', async () => {
    const { notes, taken, store, names, args } = make();
    notes.save({ teaId: 'gone', words: 'x' });
    notes.save({ teaId: 'oolong', words: 'good' });
    (await taken('saveNote')).reject(new ChaxiError('teaNotFound'));
    expect(await store()).to.include({ teaId: 'oolong' });
    expect(names).to.deep.equal(['noteRefused', 'notesSaved']);
    expect(args[0]?.[0]).to.equal('gone');
    expect(args[0]?.[1]).to.have.property('code', 'teaNotFound');
    expect([notes.pending, notes.own.has('gone')]).to.deep.equal([false, false]);
  });

  it('drops only what was refused, and sends what was written instead', async () => {
    const { notes, taken, store } = make();
    notes.save({ teaId: 'oolong', words: 'far too long' });
    const refused = await taken('saveNote');
    notes.save({ teaId: 'oolong', words: 'short' });
    refused.reject(new ChaxiError('badRequest'));
    expect(await store()).to.include({ words: 'short' });
    expect(notes.pending).to.equal(false);
  });

  it('is flushed when the server has all of it, also what was on its way', async () => {
    const { notes, taken, store } = make();
    notes.save({ teaId: 'oolong', words: 'good' });
    let isFlushed = false;
    void notes.flushed().then(() => (isFlushed = true));
    const first = await taken('saveNote');
    notes.save({ teaId: 'oolong', words: 'good indeed' });
    const all = notes.flushed();
    first.resolve({ note: tastingNote() });
    await clock.pass(1);
    expect([isFlushed, notes.pending]).to.deep.equal([true, true]);
    await store();
    await all;
    expect(notes.pending).to.equal(false);
    await notes.flushed();
  });

  it('shares after all is stored', async () => {
    const { notes, taken, store } = make();
    notes.save({ teaId: 'oolong', words: 'good' });
    const sharing = notes.share('oolong', true);
    await store({ words: 'good' });
    const request = await taken('shareNote');
    expect(request.data).to.deep.equal({ teaId: 'oolong', shared: true });
    request.resolve({ note: tastingNote({ words: 'good', shared: true, updatedAt: 2 }) });
    await sharing;
    expect(notes.own.get('oolong')?.shared).to.equal(true);
  });

  it('loads the own notes, under what waits of them', async () => {
    const { notes, taken } = make();
    notes.save({ teaId: 'oolong', words: 'mine' });
    const loading = notes.load();
    const saved = tastingNote({ words: 'before', updatedAt: 9 });
    saved.aspects.aroma = { score: 8, words: 'orchid' };
    (await taken('listNotes')).resolve({ notes: [saved, tastingNote({ teaId: 'dancong', words: 'honey' })] });
    await loading;
    expect([...notes.own.keys()]).to.deep.equal(['oolong', 'dancong']);
    expect(notes.own.get('oolong')).to.deep.include({ words: 'mine', updatedAt: 9 });
    expect(notes.own.get('oolong')?.aspects.aroma.words).to.equal('orchid');
  });

  it('lists of one tea the own note first, as it will be, and those that others share', async () => {
    const { notes, taken } = make();
    notes.save({ teaId: 'oolong', words: 'mine' });
    const listing = notes.of('oolong');
    const request = await taken('listNotes');
    expect(request.data).to.deep.equal({ teaId: 'oolong' });
    const other = tastingNote({ identity: 'bo', name: 'Bo', shared: true });
    request.resolve({ notes: [other, tastingNote({ words: 'before' })] });
    expect((await listing).map(({ identity, words }) => [identity, words])).to.deep.equal([
      ['anna', 'mine'],
      ['bo', ''],
    ]);
  });

  it('does not let an answer that was overtaken change what it knows', async () => {
    const { notes, taken } = make();
    const loading = notes.load();
    const list = await taken('listNotes');
    const sharing = notes.share('oolong', true);
    (await taken('shareNote')).resolve({ note: tastingNote({ shared: true, updatedAt: 5 }) });
    await sharing;
    list.resolve({ notes: [tastingNote({ updatedAt: 4 })] });
    await loading;
    expect(notes.own.get('oolong')?.shared).to.equal(true);
  });

  it('catches up after the socket was away with what was asked for before', async () => {
    const { notes, sent, taken, names } = make();
    await notes.catchUp();
    expect(sent).to.have.length(0);
    const asked = notes.summary();
    (await taken('summarizeNotes')).resolve({ teas: [] });
    expect(await asked).to.deep.equal({ teas: [] });
    const loading = notes.load();
    (await taken('listNotes')).resolve({ notes: [] });
    await loading;
    const catching = notes.catchUp();
    (await taken('listNotes')).resolve({ notes: [tastingNote({ words: 'from the phone' })] });
    (await taken('summarizeNotes')).resolve({ teas: [] });
    await catching;
    expect(notes.own.get('oolong')?.words).to.equal('from the phone');
    expect(names).to.deep.equal(['notesSummaryChanged']);
    const failing = notes.catchUp();
    (await taken('listNotes')).reject(new ChaxiError('storageUnavailable'));
    await failing;
  });

  it('tells of what others share', () => {
    const { notes, names, args } = make();
    const note = tastingNote({ identity: 'bo', shared: true });
    notes.handleShared(note);
    notes.handleWithdrawn('oolong', 'bo');
    notes.handleSummary({ teas: [] });
    expect(names).to.deep.equal(['noteShared', 'noteWithdrawn', 'notesSummaryChanged']);
    expect(args).to.deep.equal([[note], ['oolong', 'bo'], [{ teas: [] }]]);
  });

  it('sends all at once when the page may go any moment', async () => {
    const { notes, state, sent, names, store } = make();
    expect(notes.hurry()).to.equal(null);
    notes.save({ teaId: 'oolong', words: 'good' });
    notes.save({ teaId: 'dancong', words: 'honey' });
    const told = notes.hurry();
    expect(sent.map(({ data }) => (data as { teaId: string }).teaId)).to.deep.equal(['oolong', 'dancong']);
    sent[0]?.resolve({ note: tastingNote() });
    sent[1]?.reject(new ChaxiError('connectionLost'));
    await told;
    expect([...notes.own.keys()]).to.deep.equal(['oolong', 'dancong']);
    expect([notes.pending, ...names]).to.deep.equal([true]);
    sent.length = 0;
    const toldAgain = notes.hurry();
    await store({ teaId: 'dancong', words: 'honey' });
    await toldAgain;
    expect([notes.pending, ...names]).to.deep.equal([false, 'notesSaved']);
    notes.save({ teaId: 'oolong', words: 'better' });
    state.isReady = false;
    expect(notes.hurry()).to.equal(null);
  });

  it('lets only one tab send at a time, where the browser can', async () => {
    const held: string[] = [];
    setGlobal('navigator', {
      locks: {
        request: (name: string, run: () => Promise<void>) => {
          held.push(name);
          return run();
        },
      },
    });
    const { notes, store } = make();
    notes.save({ teaId: 'oolong', words: 'good' });
    await store();
    expect(held).to.have.length(1);
  });

  it('sends without turns where the browser gives no locks, as where storage is forbidden', async () => {
    setGlobal('navigator', { locks: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } });
    const { notes, store, names } = make();
    notes.save({ teaId: 'oolong', words: 'good' });
    expect(await store()).to.include({ words: 'good' });
    expect([notes.pending, ...names]).to.deep.equal([false, 'notesSaved']);
  });

  it('sends only once what failed while it had the lock', async () => {
    setGlobal('navigator', { locks: { request: (_: string, run: () => Promise<void>) => run() } });
    const { notes, taken, sent } = make();
    notes.save({ teaId: 'oolong', words: 'good' });
    (await taken('saveNote')).reject(new ChaxiError('storageUnavailable'));
    await clock.pass(500);
    expect(sent).to.have.length(0);
  });

  it('exports what is stored, also before one is in the room', async () => {
    const { notes } = make({ welcomed: false });
    expect(await notes.export()).to.deep.equal({ room: 'tea' });
  });
});
