import { expect } from 'chai';
import type { TastingStep } from '../../protocol/guide.ts';
import { callRest } from '../helpers/restClient.ts';
import { guideOf, teaNamed } from '../helpers/tastings.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor, type VisitOptions } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('the step of a tasting', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  let rooms = 0;
  let room = '';
  let host: Visitor;

  before(async () => (node = await startTestServer({}, { sharesMessages: true })));
  beforeEach(async () => {
    room = `step ${(rooms += 1)}`;
    host = await join('host', { role: 'host' });
    await host.client.request('setGuide', { guide: guideOf('oolong', 'sencha'), revision: 0 });
  });
  afterEach(() => visitors.clear());
  after(() => node.close());

  const join = (identity: string, options: VisitOptions = {}) => visitors.join(identity, { room, ...options });
  const heard = ({ client }: Visitor, { revision }: Pick<TastingStep, 'revision'>) =>
    client.notification('stepChanged', (step) => step.revision === revision);
  /** What a page shows now, by what it was told and by the clock of its node. */
  const shown = async ({ client }: Visitor, { timer }: TastingStep) => {
    const { timeMs } = await client.request('ping', {});
    return timer!.elapsedMs + (timer!.runningSince === null ? 0 : timeMs - timer!.runningSince);
  };

  it('goes to an infusion of a tea, with its timer standing at 0, for everyone', async () => {
    const guest = await join('guest');
    const waiting = await join('prepared', { hello: { intent: 'prepare', media: false } });
    const step = await host.client.request('setStep', { teaId: 'sencha', infusion: 2 });
    expect(step).to.deep.equal({
      revision: 1,
      teaId: 'sencha',
      infusion: 2,
      timer: { runningSince: null, elapsedMs: 0, durationMs: 45_000 },
    });
    for (const person of [host, guest, waiting]) expect(await heard(person, step)).to.deep.equal(step);
    expect(await host.client.request('setStep', { teaId: 'sencha', infusion: 3 }), 'of unknown length').to.include({
      timer: null,
    });
    const over = await host.client.request('setStep', { teaId: null });
    expect(over).to.deep.equal({ revision: 3, teaId: null, infusion: 0, timer: null });
    expect(await heard(guest, over)).to.deep.equal(over);
  });

  it('refuses a tea that is not in the guide, and a timer for no tea or of no length', async () => {
    const { client } = host;
    expect(await client.refusalOf('setStep', { teaId: 'assam' })).to.include({ code: 'teaNotFound', path: 'teaId' });
    expect(await client.refusalOf('setTimer', { action: 'start' })).to.include({ code: 'teaNotFound' });
    await client.request('setStep', { teaId: 'oolong', infusion: 9 });
    expect(await client.refusalOf('setTimer', { action: 'start' })).to.include({
      code: 'badRequest',
      path: 'durationMs',
    });
    expect(await client.request('setTimer', { action: 'start', durationMs: 5_000 })).to.have.nested.property(
      'timer.durationMs',
      5_000,
    );
  });

  it('has one timer, which all pages show alike, late ones and those that come back too', async () => {
    const guest = await join('guest');
    await host.client.request('setStep', { teaId: 'oolong' });
    const started = await host.client.request('setTimer', { action: 'start' });
    const again = await host.client.request('setTimer', { action: 'start' });
    expect(again, 'it runs already').to.deep.equal(started);
    const late = await join('late');
    guest.client.cut();
    const back = await visitors.resume('guest', guest, { room });
    const people = [host, late, back];
    const steps = await Promise.all(people.map((person) => heard(person, started)));
    const elapsed = await Promise.all(people.map((person, index) => shown(person, steps[index]!)));
    // Less apart than anyone sees; what came between is the way of the pings.
    expect(Math.max(...elapsed) - Math.min(...elapsed)).to.be.below(100);
    const paused = await host.client.request('setTimer', { action: 'pause' });
    expect(paused.timer).to.include({ runningSince: null, durationMs: 20_000 });
    expect(paused.timer!.elapsedMs).to.be.at.least(Math.min(...elapsed));
    expect(await heard(late, paused)).to.deep.equal(paused);
    const reset = await host.client.request('setTimer', { action: 'reset', durationMs: 60_000 });
    expect(reset.timer).to.deep.equal({ runningSince: null, elapsedMs: 0, durationMs: 60_000 });
  });

  it('ends when its tea is taken out of the guide, by a host or by the shop, and not when it moves', async () => {
    const guest = await join('guest');
    const first = await host.client.request('setStep', { teaId: 'oolong' });
    await host.client.request('setGuide', { guide: guideOf('sencha', 'oolong'), revision: 1 });
    await host.client.request('setGuide', { guide: guideOf('sencha'), revision: 2 });
    const ended = await heard(guest, { revision: first.revision + 1 });
    expect(ended).to.include({ teaId: null, timer: null });
    await host.client.request('setStep', { teaId: 'sencha' });
    await callRest(node, 'DELETE', `/rooms/${encodeURIComponent(room)}/guide`);
    await waitFor('the step to end', () => guest.client.received('stepChanged').at(-1)?.teaId === null);
    expect(guest.client.received('stepChanged').map(({ teaId }) => teaId)).to.deep.equal([
      'oolong',
      null,
      'sencha',
      null,
    ]);
  });

  it('is one for two hosts who move it at once', async () => {
    const other = await join('other', { role: 'host' });
    const asked = [host, other].flatMap(({ client }) =>
      [0, 1, 2].map((infusion) => client.request('setStep', { teaId: 'oolong', infusion })),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ revision }) => revision).toSorted((a, b) => a - b)).to.deep.equal([1, 2, 3, 4, 5, 6]);
    const last = answers.find(({ revision }) => revision === 6)!;
    for (const person of [host, other]) expect(await heard(person, last)).to.deep.equal(last);
  });

  it('takes the length that the guide gives an infusion when it is gone to', async () => {
    await host.client.request('setStep', { teaId: 'oolong' });
    const guide = { title: 'x', teas: [teaNamed('oolong', { infusionSeconds: [90] })] };
    await host.client.request('setGuide', { guide, revision: 1 });
    expect(await host.client.request('setStep', { teaId: 'oolong' })).to.have.nested.property(
      'timer.durationMs',
      90_000,
    );
  });
});
