import { expect } from 'chai';
import { videoParameters, audioParameters } from '../helpers/rtpFixtures.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

describe('joining over signaling', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);

  before(async () => (node = await startTestServer()));
  afterEach(() => visitors.clear());
  after(() => node.close());

  it('pushes transports, participants and consumers in the first message of a cold start', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', { kind: 'video', source: 'teaCloseUp', rtpParameters: videoParameters(1000) });
    const { snapshot } = await visitors.join('guest');
    expect(snapshot.stage).to.equal('joined');
    expect(snapshot.participants.map(({ identity }) => identity)).to.deep.equal(['host']);
    expect(snapshot.media?.send?.iceCandidates).to.not.be.empty;
    expect(snapshot.media?.recv?.dtlsParameters.role).to.equal('server');
    expect(snapshot.media?.send?.dtlsParameters.role).to.equal('client');
    expect(snapshot.media?.consumers).to.have.length(1);
    expect(snapshot.media?.consumers[0]).to.include({ source: 'teaCloseUp', paused: false });
  });

  it('opens no media in a warm start until join is asked', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(1) });
    const { client, snapshot } = await visitors.join('guest', { hello: { intent: 'prepare', media: false } });
    expect(snapshot).to.include({ stage: 'prepared', media: null });
    expect(snapshot.participants).to.be.empty;
    const answer = await client.request('join', {});
    expect(answer.stage).to.equal('joined');
    expect(answer.media?.consumers.map(({ paused }) => paused)).to.deep.equal([false]);
    await host.client.notification('participantJoined', ({ participant }) => participant.identity === 'guest');
  });

  it('makes paused consumers in a hot start, which flow from join on', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(1) });
    const { client, snapshot } = await visitors.join('guest', { hello: { intent: 'prepare', media: true } });
    expect(snapshot.media?.consumers.map(({ paused }) => paused)).to.deep.equal([true]);
    const answer = await client.request('join', {});
    expect(answer.media?.consumers.map(({ paused }) => paused)).to.deep.equal([false]);
    expect(answer.media?.recv?.id).to.equal(snapshot.media?.recv?.id);
  });

  it('lets a client with other capabilities load the right ones and join again', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(1) });
    const { client, snapshot } = await visitors.join('guest', {
      hello: { routerRtpCapabilitiesId: 'of another version' },
    });
    expect(snapshot.media?.consumers).to.be.empty;
    const rtpCapabilities = snapshot.media?.routerRtpCapabilities;
    expect(rtpCapabilities?.codecs).to.not.be.empty;
    const answer = await client.request('join', { rtpCapabilities });
    expect(answer.media?.consumers).to.have.length(1);
    expect(answer.media?.routerRtpCapabilities).to.equal(undefined);
  });

  it('leaves most of a large room for after the first picture', async () => {
    const publishers = await Promise.all([
      visitors.join('host', { role: 'host' }),
      ...['a', 'b'].map((identity) => visitors.join(identity)),
    ]);
    for (const [index, { client }] of publishers.entries()) {
      const ssrc = 1_000 * (index + 1);
      await client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(ssrc) });
      await client.request('produce', {
        kind: 'audio',
        source: 'microphone',
        rtpParameters: audioParameters(ssrc + 9),
      });
    }
    const { client, snapshot } = await visitors.join('guest');
    expect(snapshot.media).to.deep.include({ pendingConsumers: 4 });
    const hostId = publishers[0].snapshot.self.participantId;
    expect(snapshot.media?.consumers.map(({ participantId }) => participantId)).to.deep.equal([hostId, hostId]);
    const { consumers } = await client.request('subscribe', {});
    const producerIds = new Set(
      [...(snapshot.media?.consumers ?? []), ...consumers].map(({ producerId }) => producerId),
    );
    expect(producerIds.size).to.equal(6);
    expect(consumers.map(({ paused }) => paused)).to.deep.equal([true, true, true, true]);
    expect((await client.request('subscribe', {})).consumers).to.be.empty;
  });

  it('offers a new track to everyone, and takes it back when it ends', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    const { producerId } = await host.client.request('produce', {
      kind: 'video',
      source: 'camera',
      rtpParameters: videoParameters(1),
    });
    const { consumer } = await guest.client.notification('newConsumer');
    expect(consumer).to.include({ producerId, paused: true, participantId: host.snapshot.self.participantId });
    await guest.client.request('setConsumerPreferences', {
      consumerId: consumer.consumerId,
      paused: false,
      priority: 9,
    });
    await host.client.request('setProducerPaused', { producerId, paused: true });
    await guest.client.notification('trackMuted', ({ paused }) => paused);
    await host.client.request('closeProducer', { producerId });
    await guest.client.notification('trackUnpublished');
    await guest.client.notification('consumerClosed', ({ consumerId }) => consumerId === consumer.consumerId);
  });

  it('replaces the session of a person who joins again', async () => {
    const first = await visitors.join('li');
    const host = await visitors.join('host', { role: 'host' });
    await visitors.join('li');
    expect((await first.client.refusal()).code).to.equal('sessionReplaced');
    await host.client.notification('participantLeft', ({ reason }) => reason === 'replaced');
  });

  it('shows a hidden observer to no one, and counts no seat for it', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const observer = await visitors.join('watcher', { role: 'observer' });
    const guest = await visitors.join('guest');
    expect(observer.snapshot.participants.map(({ identity }) => identity)).to.deep.equal(['host']);
    expect(guest.snapshot.participants.map(({ identity }) => identity)).to.deep.equal(['host']);
    await host.client.notification('participantJoined');
    expect(host.client.received('participantJoined').map(({ participant }) => participant.identity)).to.deep.equal([
      'guest',
    ]);
    expect(observer.snapshot.media?.send).to.equal(null);
  });

  it('resumes a session whose socket was lost, with the same transports', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    guest.client.cut();
    await host.client.notification(
      'participantUpdated',
      ({ participant }) => participant.connection === 'reconnecting',
    );
    const { sessionId, resumeSecret: secret } = guest.snapshot;
    const again = await visitors.join('guest', { hello: { resume: { sessionId, secret } } });
    expect(again.snapshot).to.include({ resumed: true, sessionId, stage: 'joined' });
    expect(again.snapshot.media?.send?.id).to.equal(guest.snapshot.media?.send?.id);
    await host.client.notification('participantUpdated', ({ participant }) => participant.connection === 'connected');
    expect(host.client.received('participantLeft')).to.be.empty;
  });

  it('opens a new session where the secret of the old one is wrong', async () => {
    const guest = await visitors.join('guest');
    guest.client.cut();
    const again = await visitors.join('guest', {
      hello: { resume: { sessionId: guest.snapshot.sessionId, secret: 'guessed' } },
    });
    expect(again.snapshot.resumed).to.equal(false);
    expect(again.snapshot.sessionId).to.not.equal(guest.snapshot.sessionId);
  });

  it('tells the others when a lost session does not come back', async () => {
    const brief = await startTestServer({ signaling: { resumeTimeoutMs: 50 } });
    try {
      const host = await SignalingClient.join(brief.url, await brief.token({ identity: 'host', role: 'host' }));
      const guest = await SignalingClient.join(brief.url, await brief.token({ identity: 'guest' }));
      guest.client.cut();
      await host.client.notification('participantLeft', ({ reason }) => reason === 'connectionLost');
    } finally {
      await brief.close();
    }
  });

  it('moves everyone to another worker when theirs is killed', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    await host.client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(1) });
    const before = node.server.pool.workers.map(({ pid }) => pid);
    const people = node.server.registry.find(API_KEY, 'tea')?.participants ?? [];
    for (const pid of new Set(people.map(({ media }) => media?.router.worker.pid ?? 0))) process.kill(pid, 'SIGKILL');
    const [hostReset, guestReset] = await Promise.all([
      host.client.notification('mediaReset'),
      guest.client.notification('mediaReset'),
    ]);
    expect(hostReset.self.tracks).to.be.empty;
    expect(guestReset.media?.recv?.id).to.not.equal(guest.snapshot.media?.recv?.id);
    await host.client.request('produce', { kind: 'video', source: 'camera', rtpParameters: videoParameters(1) });
    await guest.client.notification('newConsumer');
    await waitFor('the dead worker to be replaced', () => node.server.pool.workers.length === before.length);
  });

  it('says goodbye when it is drained', async () => {
    const other = await startTestServer();
    const guest = await SignalingClient.join(other.url, await other.token());
    await other.close();
    expect((await guest.client.refusal()).code).to.equal('serverDraining');
  });
});
