import { expect } from 'chai';
import { videoParameters } from '../helpers/rtpFixtures.ts';
import { startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';

describe('people who come are announced', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const camera = { kind: 'video', source: 'camera', rtpParameters: videoParameters(1) } as const;
  const heardOf = ({ client, snapshot }: Awaited<ReturnType<typeof visitors.join>>) => [
    ...snapshot.participants.map(({ identity }) => identity),
    ...client.received('participantJoined').map(({ participant }) => participant.identity),
  ];

  before(async () => (node = await startTestServer({ media: { workers: 1 } })));
  afterEach(() => visitors.clear());
  after(() => node.close());

  it('to each other once, however many come at once', async () => {
    const identities = Array.from({ length: 12 }, (_, index) => `guest-${index}`);
    const everyone = await Promise.all(identities.map((identity) => visitors.join(identity)));
    await visitors.join('last');
    for (const visitor of everyone) {
      await visitor.client.notification('participantJoined', ({ participant }) => participant.identity === 'last');
      const others = identities.filter((identity) => identity !== visitor.snapshot.self.identity);
      expect(heardOf(visitor)).to.have.members([...others, 'last']);
    }
  });

  it('before anything that they publish, even if they do not wait for the answer to their join', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const { client } = await visitors.join('guest', { hello: { intent: 'prepare', media: true } });
    await Promise.all([client.request('join', {}), client.request('produce', camera)]);
    await host.client.notification('newConsumer');
    const told = host.client.notifications.map(({ name }) => name);
    const published = told.findIndex((name) => name === 'trackPublished' || name === 'newConsumer');
    expect(told.indexOf('participantJoined')).to.be.within(0, published);
    expect(host.client.received('participantJoined')).to.have.length(1);
  });

  it('when their media comes at a second attempt', async () => {
    const host = await visitors.join('host', { role: 'host' });
    await host.client.request('produce', camera);
    const { client } = await visitors.join('guest', { hello: { intent: 'prepare', media: false } });
    // On the instances, in front of the getter, so that no transport can be made for a while.
    const workers: object[] = node.server.pool.workers;
    for (const worker of workers) Object.defineProperty(worker, 'webRtcServer', { value: null, configurable: true });
    expect(await client.refusalOf('join', {})).to.include({ code: 'mediaUnavailable' });
    for (const worker of workers) Reflect.deleteProperty(worker, 'webRtcServer');
    const { media } = await client.request('join', {});
    expect(media?.consumers.map(({ paused }) => paused)).to.deep.equal([false]);
    await host.client.notification('participantJoined', ({ participant }) => participant.identity === 'guest');
  });
});
