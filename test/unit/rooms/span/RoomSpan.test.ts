import { expect } from 'chai';
import fc from 'fast-check';
import type { types } from 'mediasoup';
import type { RoomRouter } from '../../../../server/media/RoomRouter.ts';
import { LocalTrack } from '../../../../server/rooms/LocalTrack.ts';
import { Participant } from '../../../../server/rooms/Participant.ts';
import { describeChange } from '../../../../server/rooms/span/describeChange.ts';
import { memberStateOf } from '../../../../server/rooms/span/memberState.ts';
import { RoomSpan, type SpanLink } from '../../../../server/rooms/span/RoomSpan.ts';
import { rosterMessageSchema } from '../../../../server/rooms/span/rosterMessage.ts';
import { fixtureHello } from '../../../helpers/rtpFixtures.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

const room = { tenant: 'shop', room: 'tea' };

/** One room on several nodes, and what comes from one to another. */
class Nodes {
  /** Messages that are lost on the way. */
  losing = false;
  readonly #nodes = new Map<string, FakeNode>();
  #underWay = 0;

  get all(): FakeNode[] {
    return [...this.#nodes.values()];
  }

  add(nodeId: string, returnTimeoutMs = 60_000): FakeNode {
    const node = new FakeNode(nodeId, this.#linkOf(nodeId), returnTimeoutMs);
    this.#nodes.set(nodeId, node);
    return node;
  }

  /** As when each has written that it has the room. */
  meet(): void {
    for (const { nodeId, span } of this.all) {
      span.meet(this.all.map((other) => other.nodeId).filter((other) => other !== nodeId));
    }
  }

  /** Until all that was said has been heard, and what was answered too. */
  async quiet(): Promise<void> {
    // What is said now is heard a turn of the loop later, and may be answered in the one after that.
    for (let stillTurns = 0; stillTurns < 5; stillTurns = this.#underWay === 0 ? stillTurns + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  close(): void {
    for (const { span } of this.all) span.close({ moving: false });
  }

  #linkOf(from: string): SpanLink {
    const carry = (to: string, act: (node: FakeNode) => void) => {
      if (this.losing) return;
      this.#underWay += 1;
      setImmediate(() => {
        this.#underWay -= 1;
        const node = this.#nodes.get(to);
        if (node) act(node);
      });
    };
    return {
      tellRoster: (to, message) => {
        const text = JSON.stringify(message);
        carry(to, ({ span }) => span.receive(from, rosterMessageSchema.parse(JSON.parse(text))));
      },
      tellEnd: (to, { moving }) => carry(to, ({ span }) => span.lose(from, { moving })),
      tellDemand: (to, demand) => carry(to, ({ span }) => span.receiveDemand(from, demand)),
      untilHeard: async (to, mark) => {
        await this.quiet();
        if (!this.#nodes.get(to)?.span.hasHeard(from, mark)) throw new Error(`${to} has not heard it`);
      },
      acquire: () => Promise.reject(new Error('there is no media here')),
    };
  }
}

class FakeNode {
  readonly nodeId: string;
  readonly span: RoomSpan;
  readonly sessions: Participant[] = [];
  readonly told: string[] = [];
  readonly opened: string[] = [];
  readonly demands: string[] = [];

  constructor(nodeId: string, link: SpanLink, returnTimeoutMs: number) {
    this.nodeId = nodeId;
    this.span = new RoomSpan({
      room,
      sessions: () => this.sessions,
      link,
      returnTimeoutMs,
      onClosed: () => {},
      events: {
        memberChanged: (change) => {
          for (const { name, data } of describeChange(change, null)) {
            const reason = name === 'participantLeft' ? ` ${data.reason}` : '';
            this.told.push(`${name}${reason}`);
          }
        },
        entered: ({ identity }) => void this.told.push(`entered ${identity}`),
        trackOpened: (_member, { producerId }) => void this.opened.push(producerId),
        trackResized: () => {},
        lobbyChanged: () => void this.told.push('lobbyChanged'),
        speakersChanged: () => void this.told.push('speakersChanged'),
        demanded: (from, producerId, layers) => void this.demands.push(`${from} ${producerId} ${layers}`),
        nodeGone: (from) => void this.told.push(`gone ${from}`),
        changed: () => {},
      },
    });
  }

  join(identity: string, stage: 'joined' | 'lobby' = 'joined'): Participant {
    const claims = { iss: 'shop', sub: identity, exp: 0, room: 'tea', role: 'guest' } as const;
    const participant = new Participant(claims, fixtureHello());
    const connection = { rttMs: undefined, measureRtt: () => {}, notify: () => {}, close: () => {} };
    participant.attach(connection);
    participant.stage = stage;
    participant.announced = stage === 'joined';
    const replaced = this.span.replace(identity);
    participant.enteredAt = Math.max(Date.now(), ...replaced.map(({ enteredAt }) => enteredAt + 1));
    this.sessions.push(participant);
    this.span.touch(participant);
    return participant;
  }

  leave(participant: Participant): void {
    this.sessions.splice(this.sessions.indexOf(participant), 1);
    participant.stage = 'prepared';
    this.span.drop(participant.id, 'left');
  }

  publish(participant: Participant, id: string): void {
    const producer = { id, kind: 'video', rtpParameters: { encodings: [{}, {}] }, close: () => {} };
    const track = new LocalTrack({
      producer: producer as unknown as types.Producer,
      router: { id: 'router' } as RoomRouter,
      source: 'camera',
      paused: false,
      size: { width: 640, height: 360 },
    });
    participant.tracks.set(id, track);
    this.span.touch(participant);
  }

  forgetTold(): void {
    this.told.length = 0;
  }
}

describe('a room on several nodes', () => {
  let nodes: Nodes;
  const states = ({ span }: FakeNode) =>
    span.members.map(({ state }) => state).sort((a, b) => (a.info.participantId < b.info.participantId ? -1 : 1));
  const expected = (node: FakeNode) =>
    nodes.all
      .filter((other) => other !== node)
      .flatMap(({ sessions }) => sessions.flatMap((participant) => memberStateOf(participant) ?? []))
      .sort((a, b) => (a.info.participantId < b.info.participantId ? -1 : 1));
  const expectAgreement = () => {
    for (const node of nodes.all) expect(states(node), node.nodeId).to.deep.equal(expected(node));
  };

  beforeEach(() => (nodes = new Nodes()));
  afterEach(() => nodes.close());

  it('tells each node of the people of the others, those who were there and those who come', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    const host = a.join('host');
    a.publish(host, 'cup');
    nodes.meet();
    await nodes.quiet();
    expectAgreement();
    expect(b.told).to.deep.equal(['participantJoined', 'entered host']);
    expect(b.opened).to.deep.equal(['cup']);
    const guest = b.join('guest', 'lobby');
    await nodes.quiet();
    expect(a.told).to.deep.equal(['lobbyChanged', 'entered guest']);
    b.leave(guest);
    await nodes.quiet();
    expect(a.told.at(-1)).to.equal('lobbyChanged');
    expectAgreement();
  });

  it('knows when the other nodes have heard all, and does not take one that has missed something for one that has', async () => {
    const [a, b, c] = [nodes.add('a'), nodes.add('b'), nodes.add('c')];
    nodes.meet();
    await nodes.quiet();
    const host = a.join('host');
    await a.span.untilHeard();
    for (const { span } of [b, c]) expect(span.find(host.id)).to.not.equal(undefined);
    nodes.losing = true;
    host.metadata = 'aside';
    a.span.touch(host);
    a.span.tellNow();
    nodes.losing = false;
    const refused = await a.span.untilHeard().catch((error: Error) => error.message);
    expect(refused).to.match(/has not heard it/);
  });

  it('knows when the other nodes have told who is there, and does not wait for ever', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    a.join('host');
    b.span.meet(['a']);
    await b.span.untilMet(60_000);
    expect(states(b)).to.have.length(1);
    b.span.meet(['a', 'nobody there']);
    await b.span.untilMet(1);
  });

  it('finds out by the next sign what it has missed', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    nodes.meet();
    await nodes.quiet();
    nodes.losing = true;
    const host = a.join('host');
    a.publish(host, 'cup');
    await new Promise((resolve) => setImmediate(resolve));
    nodes.losing = false;
    expect(states(b)).to.deep.equal([]);
    nodes.meet();
    await nodes.quiet();
    expectAgreement();
  });

  it('asks again where its question, or the answer, was lost', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    nodes.meet();
    await nodes.quiet();
    nodes.losing = true;
    a.join('host');
    await new Promise((resolve) => setImmediate(resolve));
    b.span.askAll();
    nodes.losing = false;
    await waitFor('another question', async () => {
      nodes.meet();
      await nodes.quiet();
      return states(b).length === 1;
    });
  });

  it('agrees, whoever came, went, published or was not heard, in whatever order', async () => {
    const step = fc.record({
      node: fc.nat(2),
      does: fc.constantFrom('join', 'leave', 'publish', 'change', 'lose', 'hear', 'pause'),
      who: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        nodes = new Nodes();
        for (const nodeId of ['a', 'b', 'c']) nodes.add(nodeId);
        nodes.meet();
        for (const [index, { node: at, does, who }] of steps.entries()) {
          const node = nodes.all[at]!;
          const session = node.sessions[who % Math.max(1, node.sessions.length)];
          if (does === 'join') node.join(`${at} ${index}`);
          if (does === 'leave' && session) node.leave(session);
          if (does === 'publish' && session) node.publish(session, `track ${index}`);
          if (does === 'change' && session) {
            session.metadata = String(index);
            node.span.touch(session);
          }
          if (does === 'lose') nodes.losing = true;
          if (does === 'hear') nodes.losing = false;
          if (does === 'pause') await nodes.quiet();
        }
        await nodes.quiet();
        nodes.losing = false;
        nodes.meet();
        await nodes.quiet();
        expectAgreement();
        nodes.close();
      }),
      { numRuns: 100 },
    );
  });

  it('shows people of a node that is gone as reconnecting, without their tracks, for a while', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b', 50)];
    const host = a.join('host');
    a.publish(host, 'cup');
    a.span.setSpeakers([host.id]);
    nodes.meet();
    await nodes.quiet();
    expect(b.span.speakers).to.deep.equal([host.id]);
    b.forgetTold();
    b.span.lose('a', { moving: true });
    expect(b.told).to.deep.equal(['participantUpdated', 'trackUnpublished', 'speakersChanged', 'gone a']);
    expect(b.span.find(host.id)?.info).to.deep.include({ connection: 'reconnecting', tracks: [] });
    await waitFor('it to be given up', () => b.told.at(-1) === 'participantLeft connectionLost');
    expect(states(b)).to.deep.equal([]);
  });

  it('takes them up again where the node was there all the while', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    const host = a.join('host');
    a.publish(host, 'cup');
    nodes.meet();
    await nodes.quiet();
    b.span.lose('a', { moving: true });
    b.forgetTold();
    nodes.meet();
    await nodes.quiet();
    expect(b.told).to.have.members(['participantUpdated', 'trackPublished']);
    expect(b.opened).to.deep.equal(['cup', 'cup']);
    expectAgreement();
  });

  it('knows that people of a room that was closed there are gone', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    a.join('host');
    nodes.meet();
    await nodes.quiet();
    a.span.close({ moving: false });
    await nodes.quiet();
    expect(b.told.slice(-2)).to.deep.equal(['participantLeft roomClosed', 'gone a']);
  });

  it('lets go at once of a session whose person came in elsewhere, on the third node too', async () => {
    const [a, b, c] = [nodes.add('a'), nodes.add('b'), nodes.add('c')];
    const first = a.join('guest');
    nodes.meet();
    await nodes.quiet();
    const second = b.join('guest');
    expect(b.told.at(-1)).to.equal('participantLeft replaced');
    // Its own node has not ended it yet, and tells of it.
    a.span.touch(first);
    await nodes.quiet();
    expect(b.span.find(first.id)).to.equal(undefined);
    expect(c.span.members.map(({ id }) => id)).to.deep.equal([second.id]);
  });

  it('has who is waited for replaced by the session that they come back with', async () => {
    const [a, b, c] = [nodes.add('a'), nodes.add('b'), nodes.add('c')];
    a.join('guest');
    nodes.meet();
    await nodes.quiet();
    for (const { span } of [b, c]) span.lose('a', { moving: true });
    const back = b.join('guest');
    await nodes.quiet();
    for (const node of [b, c]) expect(node.told).to.include('participantLeft replaced');
    expect(c.span.members.map(({ id }) => id)).to.deep.equal([back.id]);
  });

  it('does not show twice who has come in on a third node before the end of their own is known', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    const old = b.join('guest');
    nodes.meet();
    await nodes.quiet();
    // It has not had the room, and so knows nothing of the session that is over.
    const c = nodes.add('c');
    const back = c.join('guest');
    back.enteredAt = old.enteredAt + 1;
    c.span.meet(['a']);
    await nodes.quiet();
    expect(
      a.span.members.map(({ id }) => id),
      'the old one is gone',
    ).to.deep.equal([back.id]);
    a.span.lose('b', { moving: true });
    expect(a.span.members.map(({ id }) => id)).to.deep.equal([back.id]);
    expect(a.told.filter((name) => name === 'participantUpdated')).to.deep.equal([]);
  });

  it('lets go of a person of a node that is gone when a host wants it', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    const guest = b.join('guest');
    nodes.meet();
    await nodes.quiet();
    expect(a.span.giveUp(guest.id, 'removed'), 'not while the node is there').to.equal(false);
    a.span.lose('b', { moving: true });
    expect(a.span.giveUp(guest.id, 'removed')).to.equal(true);
    expect(a.told.at(-1)).to.equal('participantLeft removed');
  });

  it('takes a room that began anew on a node for another one', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    const old = b.join('guest');
    nodes.meet();
    await nodes.quiet();
    const again = nodes.add('b');
    again.span.meet(['a']);
    await nodes.quiet();
    expect(a.told.slice(-2)).to.deep.equal(['participantUpdated', 'gone b']);
    expect(a.span.find(old.id)?.info.connection).to.equal('reconnecting');
    b.span.close({ moving: false });
  });

  it('tells nothing where the same people speak as before', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    const host = a.join('host');
    nodes.meet();
    await nodes.quiet();
    a.span.setSpeakers([host.id]);
    a.span.setSpeakers([host.id]);
    await nodes.quiet();
    a.span.setSpeakers([host.id]);
    await nodes.quiet();
    expect(b.told.filter((name) => name === 'speakersChanged')).to.have.length(1);
  });

  it('asks for as many layers as are watched, and once more where the other node may have missed it', async () => {
    const [a, b] = [nodes.add('a'), nodes.add('b')];
    a.publish(a.join('host'), 'cup');
    nodes.meet();
    await nodes.quiet();
    const [member] = b.span.members;
    member!.tracks.get('cup')!.layersWanted = 2;
    member!.tellLayersWanted('cup', 2);
    await nodes.quiet();
    expect(a.demands).to.deep.equal(['b cup 2']);
    b.span.askAll();
    await nodes.quiet();
    expect(a.demands).to.deep.equal(['b cup 2', 'b cup 2']);
    // It was taken for gone, and misses nothing itself.
    a.span.lose('b', { moving: true });
    a.span.meet(['b']);
    await nodes.quiet();
    expect(a.demands.at(-1)).to.equal('b cup 2');
    expect(a.demands.length).to.be.above(2);
  });
});
