import { expect } from 'chai';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Role } from '../../../protocol/grants.ts';
import type { Stage } from '../../../protocol/signaling.ts';
import { Audience } from '../../../server/rooms/Audience.ts';
import type { Member } from '../../../server/rooms/Member.ts';
import { Participant, type Connection } from '../../../server/rooms/Participant.ts';
import type { PublishedTrack } from '../../../server/rooms/PublishedTrack.ts';
import { SideRoom } from '../../../server/rooms/SideRoom.ts';
import { memberStateOf, type MemberState } from '../../../server/rooms/span/memberState.ts';
import { fixtureHello } from '../../helpers/rtpFixtures.ts';

describe('the side room of one node of several', () => {
  /** What happens, in order. */
  let log: string[];
  let sessions: Participant[];
  let remote: Member[];
  let heard: () => Promise<void>;
  let withhold: () => Promise<void>;
  let sideRoom: SideRoom;

  beforeEach(() => {
    log = [];
    sessions = [];
    remote = [];
    heard = () => Promise.resolve(void log.push('all nodes withhold'));
    withhold = () => Promise.resolve();
    sideRoom = new SideRoom({
      sessions: () => sessions,
      find: (participantId) => [...sessions, ...remote].find(({ id }) => id === participantId),
      audience: new Audience({ sessions: () => sessions, remote: () => remote, changed: () => {} }),
      subscriptions: () => ({
        reconsider: () => {
          log.push(`withheld here: ${sessions.some(({ asideWith }) => asideWith)}`);
          return withhold();
        },
        resumeAll: () => {},
        pauseAll: () => void log.push('paused'),
        offer: (_publisher, { producerId }) => void log.push(`offered ${producerId}`),
      }),
      speakers: { tell: () => {} },
      span: { touch: () => {}, untilHeard: () => heard() },
      moved: ({ stage }) => void log.push(`moved to ${stage}`),
      joined: () => {},
      revealed: () => void log.push('revealed'),
    });
  });

  const join = (identity: string, role: Role, stage: Stage) => {
    const participant = new Participant({ iss: 'shop', sub: identity, exp: 0, room: 'tea', role }, fixtureHello());
    const connection: Connection = { rttMs: undefined, measureRtt: () => {}, notify: () => {}, close: () => {} };
    participant.attach(connection);
    Object.assign(participant, { stage, announced: stage === 'joined' });
    sessions.push(participant);
    return participant;
  };
  /** Someone on another node, and how that one tells that they are something else now. */
  const joinElsewhere = (stage: Stage, asideWith: string | null = null) => {
    const member = { id: 'far', stage, asideWith, tracks: new Map<string, PublishedTrack>() };
    remote.push(member as Partial<Member> as Member);
    const state = () => ({ ...memberStateOf(sessions[0]!)!, stage: member.stage }) as MemberState;
    const become = (change: Partial<typeof member>) => {
      const before = state();
      Object.assign(member, change);
      const after = state();
      after.info = { ...after.info, participantId: member.id, asideWith: member.asideWith };
      sideRoom.heed({ before, after });
    };
    const leave = () => {
      remote.splice(0);
      sideRoom.heed({ before: state(), after: null, reason: 'connectionLost' });
    };
    return { member, become, leave };
  };
  const codeOf = (call: Promise<void>) => call.then(() => 'done').catch((error: ChaxiError) => error.code);

  it('lets nobody in before all nodes hold back the sound of the host', async () => {
    const host = join('host', 'host', 'joined');
    const { become } = joinElsewhere('lobby');
    await sideRoom.open(host, 'far', async () => {
      log.push('let in');
      become({ stage: 'aside', asideWith: host.id });
    });
    expect(log.slice(0, 3)).to.deep.equal(['withheld here: true', 'all nodes withhold', 'let in']);
    expect(host.asideWith).to.equal('far');
  });

  it('lets nobody in where a node can not be told, and the host speaks to all', async () => {
    const host = join('host', 'host', 'joined');
    joinElsewhere('lobby');
    heard = () => Promise.reject(new ChaxiError('nodeUnavailable'));
    const letIn = async () => void log.push('let in');
    expect(await codeOf(sideRoom.open(host, 'far', letIn))).to.equal('nodeUnavailable');
    expect([host.asideWith, log.includes('let in'), log.at(-1)]).to.deep.equal([null, false, 'withheld here: false']);
  });

  it('lets nobody in where this node can not withhold the sound, and someone when it can again', async () => {
    const host = join('host', 'host', 'joined');
    const { become } = joinElsewhere('lobby');
    const letIn = async () => {
      log.push('let in');
      become({ stage: 'aside', asideWith: host.id });
    };
    withhold = () => Promise.reject(new ChaxiError('internal'));
    expect(await codeOf(sideRoom.open(host, 'far', letIn))).to.equal('internal');
    expect([host.asideWith, log.includes('let in')]).to.deep.equal([null, false]);
    withhold = () => Promise.resolve();
    expect(await codeOf(sideRoom.open(host, 'far', letIn))).to.equal('done');
  });

  it('has the host speak to all again who was left alone, or refused', async () => {
    const host = join('host', 'host', 'joined');
    const { become, leave } = joinElsewhere('lobby');
    const refuse = () => Promise.reject(new ChaxiError('roomFull'));
    expect(await codeOf(sideRoom.open(host, 'far', refuse))).to.equal('roomFull');
    expect(host.asideWith).to.equal(null);
    const letIn = async () => become({ stage: 'aside', asideWith: host.id });
    expect(await codeOf(sideRoom.open(host, 'far', letIn))).to.equal('done');
    expect(await codeOf(sideRoom.open(host, 'far', letIn))).to.equal('limitReached');
    leave();
    expect(host.asideWith).to.equal(null);
    expect(await codeOf(sideRoom.open(host, 'far', letIn))).to.equal('participantNotFound');
  });

  it('sends a guest back whose host is gone, or speaks to all', () => {
    for (const end of ['leave', 'speak to all'] as const) {
      const guest = join('guest', 'expert', 'lobby');
      const { become, leave } = joinElsewhere('joined', guest.id);
      sideRoom.enter(guest, 'far');
      sideRoom.review();
      expect(guest.stage).to.equal('aside');
      if (end === 'leave') leave();
      else become({ asideWith: null });
      expect([guest.stage, guest.asideWith, guest.admitted]).to.deep.equal(['lobby', null, false]);
      expect(log).to.include('paused').and.include('moved to lobby');
      sessions.length = remote.length = log.length = 0;
    }
  });

  it('leaves in the lobby whose host gave up waiting, or is gone, while media was opened', () => {
    const guest = join('guest', 'expert', 'lobby');
    const { become, leave } = joinElsewhere('joined', guest.id);
    for (const giveUp of [
      () => become({ asideWith: null }),
      () => become({ stage: 'lobby', asideWith: guest.id }),
      leave,
    ]) {
      giveUp();
      expect(() => sideRoom.enter(guest, 'far'))
        .to.throw(ChaxiError)
        .that.includes({ code: 'participantNotFound' });
      expect([guest.stage, guest.asideWith]).to.deep.equal(['lobby', null]);
    }
    expect(log).to.not.include('moved to aside');
  });

  it('offers what someone shows who comes from aside into the room, and has the summary of the notes hold theirs', () => {
    const guest = join('guest', 'guest', 'joined');
    const { member, become } = joinElsewhere('aside', 'someone');
    member.tracks.set('cup', { producerId: 'cup' } as PublishedTrack);
    become({ stage: 'joined', asideWith: null });
    expect(log).to.include.members(['offered cup', 'revealed']);
    expect(guest.asideWith).to.equal(null);
    log.length = 0;
    const expert = join('expert', 'expert', 'aside');
    sideRoom.joinAll(expert);
    expect(log).to.include('revealed');
  });
});
