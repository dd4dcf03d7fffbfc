import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { limits } from '../../protocol/limits.ts';
import { audioParameters, fixtureHello, videoParameters } from '../helpers/rtpFixtures.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('sockets that come and go', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const room = () => node.server.registry.find(API_KEY, 'tea');
  const sessionOf = ({ participantId }: Visitor) => room()?.participants.find(({ id }) => id === participantId);
  const untilLost = ({ client }: Visitor, who: Visitor) =>
    client.notification(
      'participantUpdated',
      ({ participant }) => participant.participantId === who.participantId && participant.connection === 'reconnecting',
    );

  before(async () => (node = await startTestServer()));
  afterEach(() => visitors.clear());
  after(() => node.close());

  it('give way to a new one that takes up the session while they are thought alive', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    const { producerId } = await guest.client.request('produce', {
      kind: 'audio',
      source: 'microphone',
      rtpParameters: audioParameters(1),
    });
    const again = await visitors.resume('guest', guest);
    expect(again.snapshot).to.include({ resumed: true, sessionId: guest.snapshot.sessionId });
    expect(again.snapshot.self.tracks.map((track) => track.producerId)).to.deep.equal([producerId]);
    await waitFor('the old socket to close', () => guest.client.closeCode);
    expect(guest.client.received('closed')).to.be.empty;
    await host.client.request('join', {});
    expect(host.client.received('participantLeft')).to.be.empty;
    expect(sessionOf(guest)?.connected).to.equal(true);
  });

  it('answer a ping at any stage', async () => {
    const guest = await visitors.join('guest');
    const { timeMs } = await guest.client.request('ping', {});
    expect((await guest.client.request('ping', {})).timeMs).to.be.at.least(timeMs);
    const early = await visitors.open('early', { hello: { intent: 'prepare' } });
    await early.notification('welcome');
    expect(await early.request('ping', {})).to.have.property('timeMs');
  });

  it('are given one reserve of ICE parameters, though the answer with it was lost', async () => {
    const guest = await visitors.join('guest');
    const { id: transportId = '', iceParameters: first } = guest.snapshot.media?.recv ?? {};
    const ask = async ({ client }: Visitor, inUse?: string) =>
      (await client.request('restartIce', { transportId, inUse })).iceParameters;
    const second = await ask(guest, first?.usernameFragment);
    expect(second.usernameFragment).not.to.equal(first?.usernameFragment);
    const again = await visitors.resume('guest', guest);
    expect(again.snapshot.media?.recv?.iceParameters).to.deep.equal(second);
    expect(await ask(again, first?.usernameFragment)).to.deep.equal(second);
    const third = await ask(again, second.usernameFragment);
    expect(third.usernameFragment).not.to.equal(second.usernameFragment);
    expect(await ask(again)).not.to.deep.equal(third);
  });

  it('leave one that stays when several take up a session at once', async () => {
    const guest = await visitors.join('guest');
    guest.client.cut();
    const { sessionId, resumeSecret: secret } = guest.snapshot;
    const clients = await Promise.all(
      Array.from({ length: 6 }, () => visitors.open('guest', { hello: { resume: { sessionId, secret } } })),
    );
    await waitFor('all but one to close', () => clients.filter(({ closeCode }) => closeCode).length === 5);
    const last = clients.find(({ closeCode }) => !closeCode);
    expect(await last?.notification('welcome')).to.include({ resumed: true, sessionId });
    expect((await last?.request('join', {}))?.stage).to.equal('joined');
    expect(last?.received('welcome')).to.have.length(1);
  });

  it('do not give way to one that was given up before them and arrives late', async () => {
    const guest = await visitors.join('guest');
    const { sessionId, resumeSecret: secret } = guest.snapshot;
    const open = (attempt: number) => visitors.open('guest', { hello: { resume: { sessionId, secret, attempt } } });
    const present = await open(3);
    await present.notification('welcome');
    const late = await open(2);
    await waitFor('the late one to close', () => late.closeCode);
    expect(late.received('welcome')).to.be.empty;
    expect(present.closeCode).to.equal(undefined);
    expect((await present.request('join', {})).stage).to.equal('joined');
    expect(sessionOf(guest)?.connected).to.equal(true);
    const next = await open(4);
    expect(await next.notification('welcome')).to.include({ resumed: true, sessionId });
  });

  it('leave one session when a person comes several times at once', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const clients = await Promise.all(Array.from({ length: 6 }, () => visitors.open('li')));
    await waitFor('all but one to close', () => clients.filter(({ closeCode }) => closeCode).length === 5);
    const last = clients.find(({ closeCode }) => !closeCode);
    expect((await last?.request('join', {}))?.stage).to.equal('joined');
    const { participants } = await host.client.request('join', {});
    expect(participants.map(({ identity }) => identity)).to.deep.equal(['li']);
    for (const client of clients.filter((other) => other !== last)) {
      expect(await client.refusal()).to.include({ code: 'sessionReplaced' });
    }
  });

  it('that are replaced in the midst of a join do not throw out what replaced them', async () => {
    await node.server.registry.createRoom(API_KEY, { name: 'lobby', lobby: true });
    const host = await visitors.join('host', { role: 'host', room: 'lobby' });
    await host.client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(1) });
    const first = await visitors.join('li', { room: 'lobby', hello: { routerRtpCapabilitiesId: 'another' } });
    const lobby = node.server.registry.find(API_KEY, 'lobby')!;
    const session = lobby.participants.find(({ id }) => id === first.participantId)!;
    const joining = lobby.enter(session, fixtureHello().rtpCapabilities).catch((error: unknown) => error);
    const connection = { rttMs: undefined, measureRtt: () => {}, notify: () => {}, close: () => {} };
    const second = lobby.addSession(session.claims, fixtureHello(), connection);
    await lobby.enter(second);
    expect(await joining).to.include({ code: 'participantNotFound' });
    expect([session.closed, second.closed, second.stage]).to.deep.equal([true, false, 'lobby']);
  });

  it('that go before their welcome leave no session behind, for nobody could take it up', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const connection = { rttMs: undefined, measureRtt: () => {}, notify: () => {}, close: () => {} };
    const claims = { iss: API_KEY, sub: 'brief', exp: 0, room: 'tea', role: 'guest' } as const;
    const session = room()!.addSession(claims, fixtureHello(), connection);
    const entering = room()!
      .enter(session)
      .catch((error: unknown) => error);
    room()!.connectionLost(session, connection);
    expect(await entering).to.include({ code: 'participantNotFound' });
    expect(session.closed).to.equal(true);
    expect(room()?.participants.map(({ claims }) => claims.sub)).to.deep.equal(['host']);
    // Of whom nobody heard that it came, nobody hears that it left.
    await visitors.join('guest', {});
    await host.client.notification('participantJoined', ({ participant }) => participant.identity === 'guest');
    expect(host.client.received('participantLeft')).to.be.empty;
  });

  it('may leave in the midst of a join, and nothing stays behind', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(1) });
    const load = () => node.server.pool.workers.reduce((sum, worker) => sum + worker.load, 0);
    const before = load();
    for (const media of [true, false]) {
      const guest = await visitors.join('guest', { hello: { intent: 'prepare', media } });
      const join = guest.client.request('join', {}).catch(() => {});
      await guest.client.request('leave', {});
      await join;
      await waitFor('the socket to close', () => guest.client.closeCode);
    }
    await waitFor('the load to be as before', () => load() === before);
    expect(room()?.participants.map(({ claims }) => claims.sub)).to.deep.equal(['host']);
    expect(host.client.received('participantLeft')).to.have.length(host.client.received('participantJoined').length);
  });

  it('may go at any moment of a join', async () => {
    const brief = await startTestServer({ signaling: { resumeTimeoutMs: 0 }, rooms: { emptyTimeoutMs: 0 } });
    const passers = new Visitors(() => brief);
    try {
      const cuts = Array.from({ length: 40 }, async (_, index) => {
        const client = await passers.open(`passer ${index}`, { hello: { media: index % 2 === 0 } });
        for (let turns = 0; turns < index; turns += 1) await nextTurn();
        client.cut();
      });
      await Promise.all(cuts);
      await waitFor('the room to be empty and closed', () => brief.server.registry.size === 0);
      await waitFor('the load to be gone', () => brief.server.pool.workers.every(({ load }) => load === 0));
      expect((await passers.join('someone')).snapshot.stage).to.equal('joined');
    } finally {
      passers.clear();
      await brief.close();
    }
  });

  it('are cut when the client does not read what it is told, and it is told again later', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest', { socket: { perMessageDeflate: false, autoPong: false } });
    const session = await waitFor('the session', () => sessionOf(guest));
    guest.client.stopReading();
    const chunk = randomBytes(32_768).toString('hex');
    let sentBytes = 0;
    while (session.connected) {
      session.notify('activeSpeakers', { participantIds: [chunk] });
      sentBytes += chunk.length;
      // What the kernel holds of both sockets comes on top of what the server holds.
      expect(sentBytes, 'bytes that the server took for a client that does not read').to.be.below(64 * 1_024 * 1_024);
      await nextTurn();
    }
    await untilLost(host, guest);
    await host.client.request('setMetadata', { metadata: 'meanwhile' });
    const again = await visitors.resume('guest', guest);
    expect(again.snapshot.participants.map(({ metadata }) => metadata)).to.deep.equal(['meanwhile']);
  });

  it('are told to slow down, and closed when they go on and on', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    const answers = await Promise.allSettled(
      Array.from({ length: limits.requestBurst + 300 }, () => guest.client.rawRequest('join', {})),
    );
    const refused = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(refused).to.not.be.empty;
    for (const reason of refused) expect(reason).to.include({ code: 'rateLimited' });
    expect(guest.client.closeCode).to.equal(undefined);

    for (let count = 0; count < limits.requestBurst + 2 * limits.excessBurst; count += 1) {
      void guest.client.rawRequest('join', {}).catch(() => {});
    }
    expect(await guest.client.refusal()).to.include({ code: 'rateLimited' });
    await waitFor('the socket to close', () => guest.client.closeCode);
    expect((await host.client.request('join', {})).stage).to.equal('joined');
    expect((await visitors.resume('guest', guest)).snapshot.resumed).to.equal(true);
  });

  it('are closed when they send nonsense without end', async () => {
    const guest = await visitors.join('guest');
    for (let count = 0; count < 2 * limits.excessBurst; count += 1) guest.client.send('nonsense');
    expect(await guest.client.refusal()).to.include({ code: 'rateLimited' });
  });

  it('are closed by a message that is too large, which costs no session', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    const envelope = JSON.stringify({ request: true, id: 1, method: 'join', data: '' });
    const padded = (bytes: number) => envelope.replace('""', `"${'x'.repeat(bytes - envelope.length)}"`);
    const refused = new Promise((resolve) => guest.client.onAnswer(1, resolve));
    guest.client.send(padded(limits.messageBytes));
    await refused;
    guest.client.send(padded(limits.messageBytes + 1));
    expect(await waitFor('the socket to close', () => guest.client.closeCode)).to.equal(1009);
    await untilLost(host, guest);
    expect((await visitors.resume('guest', guest)).snapshot.resumed).to.equal(true);
  });
});

describe('pings of sockets', () => {
  const pinged = async (pingIntervalMs: number, test: (visitors: Visitors, node: TestServer) => Promise<void>) => {
    const node = await startTestServer({ signaling: { pingIntervalMs } });
    const visitors = new Visitors(() => node);
    try {
      await test(visitors, node);
    } finally {
      visitors.clear();
      await node.close();
    }
  };

  it('notice a socket that is half open, and its session waits for another one', () =>
    pinged(100, async (visitors, node) => {
      const guest = await visitors.join('guest', { socket: { autoPong: false } });
      const [session] = node.server.registry.find(API_KEY, 'tea')?.participants ?? [];
      await waitFor('the socket to count as lost', () => session?.info.connection === 'reconnecting');
      expect((await visitors.resume('guest', guest)).snapshot).to.include({ resumed: true, stage: 'joined' });
    }));

  it('keep a socket that answers', () =>
    pinged(1_000, async (visitors) => {
      let pings = 0;
      const guest = await visitors.join('guest', { onPing: () => (pings += 1) });
      await waitFor('three pings', () => pings === 3);
      expect((await guest.client.request('join', {})).stage).to.equal('joined');
    }));

  it('give a socket a whole interval to answer, also where its round trip was measured in between', () =>
    pinged(2_100, async (visitors, node) => {
      let pings = 0;
      const onPing = (answer: () => void) => {
        pings += 1;
        setTimeout(answer, 300);
      };
      const guest = await visitors.join('guest', { socket: { autoPong: false }, onPing });
      const [session] = node.server.registry.find(API_KEY, 'tea')?.participants ?? [];
      // Every second a ping, so that one is under way when the interval ends.
      await waitFor('pings of more than an interval', () => {
        session?.measureRtt();
        return pings === 4;
      });
      expect(guest.client.closeCode).to.equal(undefined);
      expect(session?.info.connection).to.equal('connected');
    }));
});
