import { expect } from 'chai';
import type { GuideInput } from '../../protocol/guide.ts';
import { callRest } from '../helpers/restClient.ts';
import { guideOf, teaNamed } from '../helpers/tastings.ts';
import { OTHER_KEY, OTHER_SECRET, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor, type VisitOptions } from '../helpers/Visitors.ts';

describe('the guide of a tasting', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  let rooms = 0;
  let room = '';

  before(async () => (node = await startTestServer({}, { sharesMessages: true })));
  // Guides stay with their room, so each test has a room of its own.
  beforeEach(() => (room = `guide ${(rooms += 1)}`));
  afterEach(() => visitors.clear());
  after(() => node.close());

  const join = (identity: string, options: VisitOptions = {}) => visitors.join(identity, { room, ...options });
  const joinHost = (identity = 'host') => join(identity, { role: 'host' });
  const rest = (method: 'GET' | 'PUT' | 'DELETE', body?: unknown, credentials?: string) =>
    callRest(node, method, `/rooms/${encodeURIComponent(room)}/guide`, body, credentials);
  const setGuide = ({ client }: Visitor, guide: GuideInput | null, revision = 0) =>
    client.request('setGuide', { guide, revision });
  const heard = ({ client }: Visitor, revision: number) =>
    client.notification('guideChanged', (state) => state.revision === revision);

  it('is told to everyone as it is changed, also to who only prepares or waits in the lobby', async () => {
    await callRest(node, 'POST', '/rooms', { name: room, lobby: true });
    const host = await joinHost();
    const others = [
      await join('waiting'),
      await join('prepared', { hello: { intent: 'prepare', media: false } }),
      await join('observer', { role: 'observer', grants: { admit: true } }),
    ];
    const answer = await setGuide(host, guideOf('oolong', 'sencha'));
    expect(answer.guide!.teas.map(({ teaId, origin, leafGrams }) => [teaId, origin, leafGrams])).to.deep.equal([
      ['oolong', '', null],
      ['sencha', '', null],
    ]);
    for (const person of [host, ...others]) expect(await heard(person, 1)).to.deep.equal(answer);
    expect(await setGuide(host, null, 1)).to.deep.equal({ revision: 2, guide: null });
    for (const person of others) expect(await heard(person, 2)).to.deep.equal({ revision: 2, guide: null });
  });

  it('comes right after the welcome to who comes later, and again after a resume', async () => {
    const host = await joinHost();
    const early = await join('early');
    expect(early.client.received('guideChanged'), 'there is none').to.be.empty;
    const state = await setGuide(host, guideOf('oolong'));
    const late = await join('late');
    expect(await heard(late, 1)).to.deep.equal(state);
    early.client.cut();
    expect(await heard(await visitors.resume('early', early, { room }), 1)).to.deep.equal(state);
  });

  it('is written by the shop before anyone is there, read by it, and there when the room opens', async () => {
    expect((await rest('GET')).body).to.deep.equal({ revision: 0, guide: null });
    const written = await rest('PUT', guideOf('oolong'));
    expect(written.status).to.equal(200);
    expect(written.body).to.have.nested.property('guide.teas[0].teaId', 'oolong');
    expect((await rest('GET')).body).to.deep.equal(written.body);
    expect(await heard(await join('guest'), 1)).to.deep.equal(written.body);
    expect((await rest('GET', undefined, `${OTHER_KEY}:${OTHER_SECRET}`)).body).to.include({ revision: 0 });
  });

  it('reaches those in the room at once when the shop changes it, or takes it away', async () => {
    const guest = await join('guest');
    const host = await joinHost();
    await setGuide(host, guideOf('oolong'));
    const written = await rest('PUT', guideOf('sencha'));
    expect(await heard(guest, 2)).to.deep.equal(written.body);
    expect((await rest('DELETE')).status).to.equal(204);
    expect(await heard(guest, 3)).to.deep.equal({ revision: 3, guide: null });
    expect((await rest('DELETE')).status, 'once more').to.equal(204);
    expect((await rest('GET')).body).to.deep.equal({ revision: 3, guide: null });
  });

  it('is refused where it breaks the rules of a guide', async () => {
    const twice = { title: 'x', teas: [teaNamed('a'), teaNamed('a')] };
    for (const guide of [twice, { title: '', teas: [] }, { teas: [] }, { title: 'x', teas: [teaNamed('a b')] }]) {
      const { status, body } = await rest('PUT', guide);
      expect([status, body]).to.have.nested.property('1.error.code', 'badRequest');
    }
    expect((await rest('GET')).body).to.include({ revision: 0 });
  });

  it('is refused where it is larger than a message can be, however it is sent, and the socket stays', async () => {
    const host = await joinHost();
    const long = (characters: number): GuideInput => ({
      title: '春茶',
      teas: Array.from({ length: 20 }, (_, index) => teaNamed(`t${index}`, { notes: '香'.repeat(characters) })),
    });
    expect(await host.client.refusalOf('setGuide', { guide: long(1_000), revision: 0 })).to.deep.include({
      code: 'badRequest',
      path: 'guide',
    });
    const { status, body } = await rest('PUT', long(1_000));
    expect([status, body]).to.have.nested.property('1.error.code', 'badRequest');
    const { revision } = await setGuide(host, long(900));
    expect((await rest('PUT', long(901))).body).to.include({ revision: revision + 1 });
    expect(host.client.closed).to.equal(false);
  });

  it('goes to one of two hosts who change it at once, and the other looks at it and changes it again', async () => {
    const hosts = [await joinHost('one'), await joinHost('two')];
    await setGuide(hosts[0]!, guideOf('oolong'));
    const outcomes = await Promise.allSettled([
      setGuide(hosts[0]!, guideOf('oolong', 'one'), 1),
      setGuide(hosts[1]!, guideOf('oolong', 'two'), 1),
    ]);
    const lost = outcomes.findIndex(({ status }) => status === 'rejected');
    expect(outcomes.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
    expect((outcomes[lost] as PromiseRejectedResult).reason).to.include({ code: 'guideConflict', status: 409 });
    const { guide } = await heard(hosts[lost]!, 2);
    expect(guide!.teas.map(({ teaId }) => teaId)).to.deep.equal(['oolong', lost === 0 ? 'two' : 'one']);
    expect(await setGuide(hosts[lost]!, guideOf('oolong', 'one', 'two'), 2)).to.include({ revision: 3 });
  });

  it('is taken once where its author had no answer and sends it again', async () => {
    const host = await joinHost();
    const first = await setGuide(host, guideOf('oolong'));
    expect(await setGuide(host, guideOf('oolong'))).to.deep.equal(first);
    expect(host.client.received('guideChanged')).to.have.length(1);
  });

  it('is led only by those who are in the room with the grant for it', async () => {
    const refusals = async (person: Visitor) => [
      (await person.client.refusalOf('setGuide', { guide: null, revision: 0 })).code,
      (await person.client.refusalOf('setStep', { teaId: null })).code,
      (await person.client.refusalOf('setTimer', { action: 'start' })).code,
    ];
    expect(await refusals(await join('guest'))).to.deep.equal(['notAllowed', 'notAllowed', 'notAllowed']);
    const prepared = await join('host', { role: 'host', hello: { intent: 'prepare', media: false } });
    expect(await refusals(prepared)).to.deep.equal(['wrongStage', 'wrongStage', 'wrongStage']);
    const assistant = await join('assistant', { grants: { lead: true } });
    expect(await setGuide(assistant, guideOf('oolong'))).to.include({ revision: 1 });
  });

  it('is not changed without end', async () => {
    const host = await joinHost();
    const codes = new Set<string>();
    for (let count = 0; count < 40 && !codes.has('rateLimited'); count += 1) {
      codes.add((await host.client.refusalOf('setGuide', { guide: guideOf('x'), revision: 99 })).code);
    }
    expect([...codes]).to.deep.equal(['guideConflict', 'rateLimited']);
  });
});
