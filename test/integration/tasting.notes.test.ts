import { expect } from 'chai';
import { limits } from '../../protocol/limits.ts';
import type { NoteChange } from '../../protocol/tastingNotes.ts';
import { guideOf } from '../helpers/tastings.ts';
import { API_KEY, OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor, type VisitOptions } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('tasting notes', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  let rooms = 0;
  let room = '';
  let host: Visitor;

  before(async () => (node = await startTestServer({}, { sharesMessages: true })));
  // Notes stay with their room, so each test has a room of its own.
  beforeEach(async () => {
    room = `notes ${(rooms += 1)}`;
    host = await join('host', { role: 'host' });
    await host.client.request('setGuide', { guide: guideOf('oolong', 'sencha'), revision: 0 });
  });
  afterEach(() => visitors.clear());
  after(() => node.close());

  const join = (identity: string, options: VisitOptions = {}) => visitors.join(identity, { room, ...options });
  const save = async ({ client }: Visitor, change: Omit<NoteChange, 'teaId'>, teaId = 'oolong') =>
    (await client.request('saveNote', { teaId, ...change })).note;
  const share = async ({ client }: Visitor, shared = true, teaId = 'oolong') =>
    (await client.request('shareNote', { teaId, shared })).note;
  const listOf = async ({ client }: Visitor, teaId?: string) => (await client.request('listNotes', { teaId })).notes;
  const refusalOf = async ({ client }: Visitor, method: string, data: object) =>
    (await client.refusalOf(method, data)).code;

  it('are private until they are shared, then shown to everyone else, and no longer when they are withdrawn', async () => {
    const [ann, bob] = [await join('ann', { name: '安' }), await join('bob')];
    const observer = await join('observer', { role: 'observer' });
    const first = await save(ann, { aspects: { aroma: { score: 8.5, words: 'orchid' } }, words: 'fine' });
    expect(first).to.deep.include({ teaId: 'oolong', identity: 'ann', name: '安', shared: false, words: 'fine' });
    expect(first.aspects.aroma).to.deep.equal({ score: 8.5, words: 'orchid' });
    expect(first.aspects.taste).to.deep.equal({ score: null, words: '' });
    for (const person of [host, bob]) expect(await listOf(person, 'oolong')).to.deep.equal([]);
    const shared = await share(ann);
    expect(shared).to.deep.equal({ ...first, shared: true, updatedAt: shared.updatedAt });
    for (const { client } of [host, bob, observer]) {
      expect(await client.notification('noteShared')).to.deep.equal({ note: shared });
    }
    const changed = await save(ann, { aspects: { taste: { score: 9 } } });
    const told = await bob.client.notification('noteShared', ({ note }) => note.updatedAt > shared.updatedAt);
    expect(told.note).to.deep.equal(changed);
    expect(await listOf(bob, 'oolong')).to.deep.equal([changed]);
    await share(ann, false);
    for (const { client } of [host, bob, observer]) {
      expect(await client.notification('noteWithdrawn')).to.deep.equal({ teaId: 'oolong', identity: 'ann' });
    }
    expect(await listOf(bob, 'oolong')).to.deep.equal([]);
    expect(ann.client.received('noteShared'), 'who wrote it knows').to.be.empty;
    expect(ann.client.received('noteWithdrawn')).to.be.empty;
  });

  it('never leave their writer while they are private, whatever is told of them', async () => {
    const ann = await join('ann');
    await host.client.request('summarizeNotes', {});
    await save(ann, { words: 'a secret', aspects: { taste: { score: 3, words: 'a secret' } } });
    await host.client.notification('notesSummary', ({ teas }) => teas[0]!.writers.length > 0);
    expect(JSON.stringify(host.client.notifications)).to.not.include('a secret');
  });

  it('are listed to their writer of all teas, on whatever device, also when the room was closed meanwhile', async () => {
    const ann = await join('ann');
    const notes = [await save(ann, { words: 'one' }), await save(ann, { words: 'two' }, 'sencha')];
    await node.server.registry.closeRoom(API_KEY, room);
    const bob = await join('bob');
    expect(await listOf(bob)).to.deep.equal([]);
    expect(await listOf(await join('ann'))).to.deep.equal(notes);
    const stranger = await join('ann', { apiKey: OTHER_KEY, apiSecret: OTHER_SECRET });
    expect(await listOf(stranger), 'of another shop').to.deep.equal([]);
  });

  it('keep what several writers write at once, each its aspect, and take a change twice without another one', async () => {
    const ann = await join('ann');
    await share(ann);
    const changes = [
      { aspects: { aroma: { score: 8 } } },
      { aspects: { aroma: { words: 'orchid' } } },
      { aspects: { taste: { score: 7, words: '甜' } } },
      { words: 'fine' },
    ];
    await Promise.all(changes.map((change) => save(ann, change)));
    const [note] = await listOf(ann);
    expect(note!.aspects).to.deep.include({
      aroma: { score: 8, words: 'orchid' },
      taste: { score: 7, words: '甜' },
    });
    expect(note!.words).to.equal('fine');
    for (const change of changes) expect(await save(ann, change)).to.deep.equal(note);
  });

  it('are begun on teas of the guide only, and stay when their tea is taken out, to be finished and withdrawn', async () => {
    const [ann, bob] = [await join('ann'), await join('bob')];
    expect(await refusalOf(ann, 'saveNote', { teaId: 'assam' })).to.equal('teaNotFound');
    expect(await refusalOf(ann, 'shareNote', { teaId: 'assam', shared: true })).to.equal('teaNotFound');
    await save(ann, { words: 'kept' });
    await share(ann);
    await host.client.request('setGuide', { guide: guideOf('sencha'), revision: 1 });
    expect(await refusalOf(bob, 'saveNote', { teaId: 'oolong', words: 'too late' })).to.equal('teaNotFound');
    expect(await save(ann, { words: 'kept, and finished' })).to.include({ words: 'kept, and finished' });
    expect(await listOf(ann)).to.have.nested.property('[0].words', 'kept, and finished');
    await share(ann, false);
    await bob.client.notification('noteWithdrawn');
  });

  it('are refused where they say what is none, and to who may keep none or is not in the room', async () => {
    const bad = [
      { teaId: 'oolong', aspects: { taste: { score: 10.5 } } },
      { teaId: 'oolong', aspects: { taste: { score: 7.3 } } },
      { teaId: 'oolong', aspects: { colour: { score: 7 } } },
      { teaId: 'oolong', words: 'x'.repeat(limits.noteWords + 1) },
      { teaId: 'not a tea' },
    ];
    for (const change of bad) expect(await refusalOf(host, 'saveNote', change)).to.equal('badRequest');
    const observer = await join('observer', { role: 'observer' });
    expect(await refusalOf(observer, 'saveNote', { teaId: 'oolong' })).to.equal('notAllowed');
    expect(await refusalOf(observer, 'shareNote', { teaId: 'oolong', shared: true })).to.equal('notAllowed');
    expect(await refusalOf(observer, 'summarizeNotes', {})).to.equal('notAllowed');
    const prepared = await join('prepared', { hello: { intent: 'prepare', media: false } });
    for (const [method, data] of [
      ['saveNote', { teaId: 'oolong' }],
      ['shareNote', { teaId: 'oolong', shared: true }],
      ['listNotes', {}],
      ['summarizeNotes', {}],
    ] as const) {
      expect(await refusalOf(prepared, method, data)).to.equal('wrongStage');
    }
  });

  it('of others are not shown without the grant to receive what others show', async () => {
    const [ann, deaf] = [await join('ann'), await join('deaf', { grants: { subscribe: false } })];
    const own = await save(deaf, { words: 'own' });
    await share(ann);
    await share(ann, false);
    await share(ann);
    expect(await listOf(deaf, 'oolong')).to.deep.equal([own]);
    expect(deaf.client.received('noteShared')).to.be.empty;
    expect(deaf.client.received('noteWithdrawn')).to.be.empty;
  });

  it('are not saved without end', async () => {
    const ann = await join('ann');
    const outcomes = await Promise.allSettled(
      Array.from({ length: limits.noteSaveBurst + 20 }, () => save(ann, { words: 'again' })),
    );
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as object] : []));
    expect(refused).to.not.be.empty;
    for (const refusal of refused) expect(refusal).to.include({ code: 'rateLimited' });
    expect(await save(await join('bob'), { words: 'another’s pace' })).to.include({ identity: 'bob' });
  });

  it('are summed up for who leads, as they are written and as the guide changes, at most once a second', async () => {
    const [ann, bob] = [await join('ann'), await join('bob')];
    const before = await host.client.request('summarizeNotes', {});
    expect(before.teas.map(({ teaId, writers }) => [teaId, writers])).to.deep.equal([
      ['oolong', []],
      ['sencha', []],
    ]);
    const startedAt = performance.now();
    await save(ann, { aspects: { taste: { score: 8 }, aroma: { score: 6 } } });
    for (let score = 0; score < 5; score += 1) await save(bob, { aspects: { taste: { score } } });
    await share(ann);
    const summary = await host.client.notification(
      'notesSummary',
      ({ teas }) => teas[0]!.writers.length === 2 && teas[0]!.writers.some(({ shared }) => shared),
    );
    expect(summary.teas[0]!.writers).to.deep.equal([
      { identity: 'ann', name: 'ann', scored: 2, shared: true },
      { identity: 'bob', name: 'bob', scored: 1, shared: false },
    ]);
    expect(summary.teas[0]!.aspects.taste).to.deep.equal({ count: 1, mean: 8, min: 8, max: 8 });
    const seconds = Math.ceil((performance.now() - startedAt) / 1_000);
    expect(host.client.received('notesSummary').length).to.be.at.most(seconds + 1);
    await host.client.request('setGuide', { guide: guideOf('sencha'), revision: 1 });
    await host.client.notification('notesSummary', ({ teas }) => teas.length === 1);
    expect(ann.client.received('notesSummary')).to.be.empty;
  });

  it('are summed up for who leads and had lost the socket', async () => {
    await host.client.request('summarizeNotes', {});
    host.client.cut();
    const ann = await join('ann');
    await save(ann, { words: 'meanwhile' });
    const back = await visitors.resume('host', host, { room });
    await waitFor('the summary of what was missed', () =>
      back.client.received('notesSummary').some(({ teas }) => teas[0]!.writers.length === 1),
    );
  });

  it('of who speaks aside with the host are written, and nobody hears of them before the writer is in the room', async () => {
    const bob = await join('bob');
    room = `${room} with a lobby`;
    await node.server.registry.createRoom(API_KEY, { name: room, lobby: true });
    const leader = await join('leader', { role: 'host' });
    await leader.client.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    await leader.client.request('summarizeNotes', {});
    const observer = await join('observer', { role: 'observer', grants: { admit: true } });
    const expert = await join('expert', { role: 'expert' });
    const { participantId } = expert;
    await leader.client.request('admit', { participantId, aside: true });
    await expert.client.notification('admitted', ({ stage }) => stage === 'aside');
    const note = await save(expert, { words: 'aside' });
    expect(await listOf(expert)).to.deep.equal([note]);
    expect(await refusalOf(expert, 'shareNote', { teaId: 'oolong', shared: true })).to.equal('wrongStage');
    expect(await share(expert, false)).to.deep.equal(note);
    expect((await leader.client.request('summarizeNotes', {})).teas[0]!.writers).to.deep.equal([]);
    await leader.client.request('admit', { participantId });
    await expert.client.notification('admitted', ({ stage }) => stage === 'joined');
    const shared = await share(expert);
    expect(await observer.client.notification('noteShared')).to.deep.equal({ note: shared });
    expect(observer.client.received('noteWithdrawn')).to.be.empty;
    expect((await leader.client.request('summarizeNotes', {})).teas[0]!.writers).to.have.length(1);
    expect(bob.client.received('noteShared'), 'of another room').to.be.empty;
  });

  it('that were shared in an earlier visit can be withdrawn by who speaks aside now', async () => {
    room = `${room} with a lobby`;
    await node.server.registry.createRoom(API_KEY, { name: room, lobby: true });
    const leader = await join('leader', { role: 'host' });
    await leader.client.request('setGuide', { guide: guideOf('oolong'), revision: 0 });
    const letIn = async (aside: boolean) => {
      const expert = await join('expert', { role: 'expert' });
      await leader.client.request('admit', { participantId: expert.participantId, aside });
      await expert.client.notification('admitted');
      return expert;
    };
    const before = await letIn(false);
    await share(before);
    await leader.client.notification('noteShared');
    await before.client.request('leave', {});
    await leader.client.notification('participantLeft');
    await share(await letIn(true), false);
    expect(await leader.client.notification('noteWithdrawn')).to.deep.equal({ teaId: 'oolong', identity: 'expert' });
  });

  it('that are saved twice while they are private are told to nobody', async () => {
    const [ann, bob] = [await join('ann'), await join('bob')];
    for (let count = 0; count < 2; count += 1) await save(ann, { words: 'the same' });
    await share(await join('eve'));
    await bob.client.notification('noteShared');
    expect(bob.client.received('noteWithdrawn')).to.be.empty;
  });
});
