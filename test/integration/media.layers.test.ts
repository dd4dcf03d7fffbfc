import { expect } from 'chai';
import type { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import { simulcastParameters } from '../helpers/rtpFixtures.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

const camera = { kind: 'video', source: 'camera', rtpParameters: simulcastParameters } as const;

describe('what publishers are told of who watches', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const wantedBy = ({ client }: Visitor, producerId: string) =>
    client
      .received('layersWanted')
      .filter((data) => data.producerId === producerId)
      .map(({ spatialLayers }) => spatialLayers);
  /** Waits until a publisher has been told exactly this, one after the other. */
  const untilTold = (host: Visitor, producerId: string, told: number[]) =>
    waitFor(`the publisher to be told ${told.join(', ')}`, () => {
      const now = wantedBy(host, producerId);
      return now.length >= told.length ? now : undefined;
    }).then((now) => expect(now).to.deep.equal(told));
  const consumerOf = ({ snapshot }: Visitor, producerId: string) => {
    const consumer = snapshot.media?.consumers.find((info) => info.producerId === producerId);
    if (!consumer) throw new Error('there is no consumer of it in the snapshot');
    return consumer.consumerId;
  };
  const prefer = ({ client }: Visitor, consumerId: string, spatialLayer: number) =>
    client.request('setConsumerPreferences', { consumerId, preferredLayers: { spatialLayer } });
  const pause = ({ client }: Visitor, consumerId: string, paused: boolean) =>
    client.request('setConsumerPreferences', { consumerId, paused });
  const publish = async () => {
    const host = await visitors.join('host', { role: 'host' });
    const { producerId } = await host.client.request('produce', camera);
    return { host, producerId };
  };

  before(async () => {
    node = await startTestServer({
      media: { workers: 2, basePort: 0, listenIps: ['127.0.0.1'], consumersPerRouter: 2 },
    });
  });
  afterEach(() => visitors.clear());
  after(() => node.close());

  it('lets a video rest that nobody watches, and wakes it as soon as someone joins', async () => {
    const { host, producerId } = await publish();
    await untilTold(host, producerId, [0]);
    await visitors.join('guest');
    await untilTold(host, producerId, [0, 3]);
  });

  it('follows the largest size that anyone watches, over all workers of the room', async () => {
    const { host, producerId } = await publish();
    const near = await visitors.join('near');
    const far = await visitors.join('far');
    expect(node.server.registry.find(API_KEY, 'tea')?.routerCount).to.be.at.least(2);
    await prefer(near, consumerOf(near, producerId), 0);
    await prefer(far, consumerOf(far, producerId), 1);
    await untilTold(host, producerId, [2]);
    await prefer(near, consumerOf(near, producerId), 2);
    await untilTold(host, producerId, [2, 3]);
    await pause(near, consumerOf(near, producerId), true);
    await untilTold(host, producerId, [2, 3, 2]);
    await far.client.request('leave', {});
    await untilTold(host, producerId, [2, 3, 2, 0]);
    await pause(near, consumerOf(near, producerId), false);
    await untilTold(host, producerId, [2, 3, 2, 0, 3]);
  });

  it('wakes a video for someone who had prepared, as soon as they enter', async () => {
    const { host, producerId } = await publish();
    const near = await visitors.join('near');
    await prefer(near, consumerOf(near, producerId), 0);
    await untilTold(host, producerId, [1]);
    const late = await visitors.join('late', { hello: { intent: 'prepare' } });
    expect(wantedBy(host, producerId)).to.deep.equal([1]);
    await late.client.request('join', {});
    await untilTold(host, producerId, [1, 3]);
    const consumer = node.server.registry
      .find(API_KEY, 'tea')
      ?.participants.find(({ claims }) => claims.sub === 'late')
      ?.subscriptions.get(consumerOf(late, producerId))?.consumer;
    await waitFor('the largest to be preferred', () => consumer?.preferredLayers?.spatialLayer === 2);
  });

  it('says nothing where someone looks away for a moment', async () => {
    const { host, producerId } = await publish();
    const guest = await visitors.join('guest');
    const consumerId = consumerOf(guest, producerId);
    for (const paused of [true, false, true, false]) await pause(guest, consumerId, paused);
    await prefer(guest, consumerId, 1);
    await untilTold(host, producerId, [2]);
  });

  it('tells it again to a publisher whose socket was away', async () => {
    const { host, producerId } = await publish();
    const guest = await visitors.join('guest');
    host.client.cut();
    await guest.client.notification('participantUpdated', ({ participant }) => participant.connection !== 'connected');
    await guest.client.request('leave', {});
    const told = await waitFor('the demand to be lowered', async () => {
      const again = await visitors.resume('host', host, { role: 'host' });
      const wanted = again.snapshot.media?.layersWanted;
      return wanted?.[0]?.spatialLayers === 0 ? wanted : undefined;
    });
    expect(told).to.deep.equal([{ producerId, spatialLayers: 0 }]);
  });

  it('begins anew after a worker died', async () => {
    const { host, producerId } = await publish();
    await untilTold(host, producerId, [0]);
    const room = node.server.registry.find(API_KEY, 'tea');
    process.kill(room?.participants[0]?.media?.router.worker.pid ?? 0, 'SIGKILL');
    const reset = await host.client.notification('mediaReset');
    expect(reset.media?.layersWanted).to.deep.equal([]);
    const again = await host.client.request('produce', camera);
    await untilTold(host, again.producerId, [0]);
  });

  it('hands the size of a video to who receives it, and tells of another one', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const size = { width: 1_280, height: 720 };
    const { producerId } = await host.client.request('produce', { ...camera, size });
    const guest = await visitors.join('guest');
    expect(guest.snapshot.media?.consumers[0]?.size).to.deep.equal(size);
    const upright = { width: 720, height: 1_280 };
    await host.client.request('setVideoSize', { producerId, size: upright });
    expect(await guest.client.notification('videoResized')).to.deep.equal({ producerId, size: upright });
    const refusal = await guest.client.refusalOf('setVideoSize', { producerId, size });
    expect(refusal.code).to.equal('producerNotFound');
    expect(host.client.received('videoResized')).to.be.empty;
  });

  it('passes on no size twice, and none of someone who tells of too many', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const sizeOf = (width: number) => ({ width, height: 720 });
    const { producerId } = await host.client.request('produce', { ...camera, size: sizeOf(1_280) });
    const guest = await visitors.join('guest');
    const tell = (width: number) => host.client.request('setVideoSize', { producerId, size: sizeOf(width) });
    for (let time = 0; time < 2 * limits.videoSizeBurst; time += 1) await tell(1_280);
    let told = 0;
    const refused = await tellMore().catch((error: ChaxiError) => error.code);
    expect(refused).to.equal('rateLimited');
    expect(told).to.be.at.least(limits.videoSizeBurst);
    await guest.client.notification('videoResized', ({ size }) => size.width === told);
    expect(guest.client.received('videoResized')).to.have.lengthOf(told);
    async function tellMore() {
      for (; told < 100; told += 1) await tell(told + 1);
    }
  });
});
