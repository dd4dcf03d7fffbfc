import { expect } from 'chai';
import type { Grants, Role } from '../../../protocol/grants.ts';
import type { LeaveReason } from '../../../protocol/participants.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { Hosting } from '../../../server/rooms/Hosting.ts';
import type { Member } from '../../../server/rooms/Member.ts';
import { Participant, type Connection } from '../../../server/rooms/Participant.ts';
import { rulesPart, type Rules } from '../../../server/rooms/records/rulesPart.ts';
import { SharedRecord } from '../../../server/rooms/records/SharedRecord.ts';
import { memberStateOf } from '../../../server/rooms/span/memberState.ts';
import { RemoteMember } from '../../../server/rooms/span/RemoteMember.ts';
import { recordLog } from '../../helpers/recordLog.ts';
import { fixtureHello } from '../../helpers/rtpFixtures.ts';
import { waitFor } from '../../helpers/waitFor.ts';

const connection: Connection = { rttMs: undefined, measureRtt: () => {}, notify: () => {}, close: () => {} };

describe('the hosts of a room', () => {
  const hostings: Hosting[] = [];
  afterEach(() => hostings.splice(0).forEach((hosting) => hosting.close({ isOver: false })));

  /** One node. What it writes is told to nobody; while it is `broken` nothing can be written, and before `answered` nothing is. */
  function make({ returnMs = 60_000, stored = rulesPart.initial }: { returnMs?: number; stored?: Rules } = {}) {
    const state = { broken: false, writes: 0, answered: Promise.resolve() };
    const record = new SharedRecord<Rules>({
      name: 'rules',
      part: rulesPart,
      link: {
        nodeId: 'a',
        load: () => Promise.resolve(),
        replace: async () => {
          state.writes += 1;
          await state.answered;
          if (state.broken) throw new ChaxiError('storageUnavailable');
          return true;
        },
        tell: () => {},
        doubt: () => {},
      },
    });
    const sessions: Participant[] = [];
    const remote: Member[] = [];
    const hosting: Hosting = new Hosting({
      record,
      sessions: () => sessions,
      members: () => [...sessions, ...remote],
      returnMs,
      roleChanged: () => {},
      changed: () => {},
      logger: recordLog().logger,
    });
    hostings.push(hosting);
    const join = (identity: string, role: Role = 'guest', grants: Partial<Grants> = {}) => {
      const claims = { iss: 'shop', sub: identity, exp: 0, room: 'tea', role, grants };
      const participant = new Participant(claims, fixtureHello());
      participant.attach(connection);
      Object.assign(participant, { stage: 'joined', announced: true });
      hosting.assign(participant);
      participant.noteJoined();
      sessions.push(participant);
      hosting.review();
      return participant;
    };
    const end = (participant: Participant, reason: LeaveReason) => {
      sessions.splice(sessions.indexOf(participant), 1);
      hosting.depart(memberStateOf(participant)!, reason);
    };
    const lose = (participant: Participant) => {
      participant.detach(connection);
      hosting.review();
    };
    if (stored !== rulesPart.initial) record.takeStored({ part: 'rules', revision: 1, value: stored });
    return { state, record, hosting, remote, join, end, lose };
  }
  const nobody = { hostName: null, hostAway: null };

  it('are kept while their connection is lost, and then not any more', async () => {
    const { hosting, join, lose, end } = make({ returnMs: 50 });
    const host = join('host', 'host');
    expect(hosting.current).to.deep.equal({ hostName: 'host', hostAway: null });
    lose(host);
    expect(hosting.current.hostAway).to.have.property('name', 'host');
    expect(hosting.current.hostAway?.keptForMs).to.be.within(0, 50);
    await waitFor('the time to pass', () => hosting.current.hostAway === null);
    expect(hosting.current).to.deep.equal(nobody);
    end(host, 'connectionLost');
    expect(hosting.current).to.deep.equal(nobody);
    expect(join('host', 'host').role, 'by the token in any case').to.equal('host');
    expect(hosting.current.hostName).to.equal('host');
  });

  it('get it back who gave it, when the time of the other one has passed', async () => {
    const { hosting, record, join, lose, end } = make({ returnMs: 50 });
    const [owner, friend] = [join('owner', 'host'), join('friend')];
    await hosting.handOver(owner, friend.id);
    expect([owner.role, friend.role]).to.deep.equal(['expert', 'host']);
    lose(friend);
    end(friend, 'connectionLost');
    await waitFor('the role to go back', () => owner.role === 'host');
    expect(record.value.handOvers).to.deep.equal([]);
    expect(join('friend').role).to.equal('guest');
  });

  it('are not named and not awaited where they are hidden', () => {
    const { hosting, join, lose, end } = make();
    const hidden = join('hidden', 'host', { hidden: true });
    expect(hosting.current).to.deep.equal(nobody);
    lose(hidden);
    expect(hosting.current, 'while the connection is lost').to.deep.equal(nobody);
    end(hidden, 'connectionLost');
    expect(hosting.current).to.deep.equal(nobody);
  });

  it('give nobody what they may not do themselves', async () => {
    const { hosting, record, join } = make();
    const [host, friend] = [join('host', 'host', { admit: false, moderate: false }), join('friend')];
    const refusal = await hosting.handOver(host, friend.id).catch((error: ChaxiError) => error.code);
    expect([refusal, friend.role, record.value.handOvers]).to.deep.equal(['notAllowed', 'guest', []]);
  });

  it('keep it over another session of theirs, and lose it when they leave', async () => {
    const { hosting, join, end } = make();
    const [owner, friend] = [join('owner', 'host'), join('friend')];
    await hosting.handOver(owner, friend.id);
    const again = join('friend');
    end(friend, 'replaced');
    expect([again.role, owner.role]).to.deep.equal(['host', 'expert']);
    end(again, 'left');
    await waitFor('the role to go back', () => owner.role === 'host');
  });

  it('keep it when they come back in time, and others are let in meanwhile', async () => {
    const { hosting, record, join, lose, end } = make();
    const [owner, friend] = [join('owner', 'host'), join('friend')];
    await hosting.handOver(owner, friend.id);
    lose(friend);
    end(friend, 'connectionLost');
    join('guest');
    expect(hosting.current.hostAway).to.have.property('name', 'friend');
    expect(join('friend').role).to.equal('host');
    expect(hosting.current).to.deep.equal({ hostName: 'friend', hostAway: null });
    expect(record.value.handOvers).to.have.length(1);
  });

  it('are found on other nodes too, and who is awaited when a node opens the room', async () => {
    const handOvers = [{ from: 'owner', to: 'friend', toName: 'Friend', byToken: true, at: Date.now() }];
    const { hosting, record, remote, join } = make({ stored: { ...rulesPart.initial, handOvers } });
    expect(hosting.current.hostAway).to.have.property('name', 'Friend');
    const elsewhere = make({ stored: { ...rulesPart.initial, handOvers } }).join('friend');
    const options = { acquire: () => Promise.reject(new Error('no media here')), demand: () => {} };
    remote.push(new RemoteMember({ nodeId: 'b', state: memberStateOf(elsewhere)!, ...options }));
    expect(join('owner', 'host').role).to.equal('expert');
    expect(hosting.current).to.deep.equal({ hostName: 'friend', hostAway: null });
    remote.pop();
    hosting.depart(memberStateOf(elsewhere)!, 'left');
    await waitFor('the role to go back', () => record.value.handOvers.length === 0);
    expect(hosting.current.hostName).to.equal('owner');
  });

  it('are those of the tokens where a tasting of long ago left something behind', async () => {
    const stored = [{ from: 'owner', to: 'friend', toName: 'Friend', byToken: true }];
    const { handOvers } = rulesPart.fromStored({ ...rulesPart.initial, handOvers: stored });
    const { hosting, record, join } = make({ stored: { ...rulesPart.initial, handOvers } });
    expect(hosting.current, 'nobody is awaited').to.deep.equal(nobody);
    const [friend, owner] = [join('friend'), join('owner', 'host')];
    expect([friend.role, owner.role]).to.deep.equal(['guest', 'host']);
    await waitFor('it to be forgotten', () => record.value.handOvers.length === 0);
    await hosting.handOver(owner, friend.id);
    expect([friend.role, owner.role]).to.deep.equal(['host', 'expert']);
  });

  it('get it back as soon as that can be written', async () => {
    const { state, hosting, join, end } = make();
    const [owner, friend] = [join('owner', 'host'), join('friend')];
    await hosting.handOver(owner, friend.id);
    state.broken = true;
    const refusal = await hosting.handOver(friend, owner.id).catch((error: ChaxiError) => error.code);
    expect(refusal).to.equal('storageUnavailable');
    expect([owner.role, friend.role]).to.deep.equal(['expert', 'host']);
    end(friend, 'left');
    await new Promise((resolve) => setImmediate(resolve));
    expect(owner.role).to.equal('expert');
    state.broken = false;
    join('guest');
    await waitFor('the role to go back', () => owner.role === 'host');
  });

  it('get it back by one attempt at a time, whoever comes and goes meanwhile', async () => {
    const { state, hosting, record, join, end } = make();
    const [owner, other, friend, late] = [join('owner', 'host'), join('other', 'host'), join('friend'), join('late')];
    await hosting.handOver(owner, friend.id);
    await hosting.handOver(other, late.id);
    const before = state.writes;
    let answer = () => {};
    state.answered = new Promise((resolve) => (answer = resolve));
    end(friend, 'left');
    for (const identity of ['one', 'two', 'three']) join(identity);
    await waitFor('the attempt', () => state.writes > before);
    state.broken = true;
    answer();
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.writes - before, 'to a database that fails').to.equal(1);
    state.broken = false;
    end(late, 'left');
    await waitFor('both roles to go back', () => owner.role === 'host' && other.role === 'host');
    expect(record.value.handOvers).to.deep.equal([]);
  });

  it('gives back what was handed over when the room ends while one attempt is under way', async () => {
    const { hosting, record, join, end } = make();
    const [owner, other, friend, late] = [join('owner', 'host'), join('other', 'host'), join('friend'), join('late')];
    await hosting.handOver(owner, friend.id);
    await hosting.handOver(other, late.id);
    end(friend, 'left');
    hosting.close({ isOver: true });
    await waitFor('it to be given back', () => record.value.handOvers.length === 0);
  });
});
