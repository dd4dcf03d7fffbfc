import { expect } from 'chai';
import type { Snapshot } from '../../protocol/signaling.ts';
import { audioParameters } from '../helpers/rtpFixtures.ts';
import { SignalingClient } from '../helpers/SignalingClient.ts';
import { TestCluster } from '../helpers/TestCluster.ts';
import { API_KEY, type TestServer } from '../helpers/testServer.ts';
import { waitFor } from '../helpers/waitFor.ts';

interface Joined {
  client: SignalingClient;
  snapshot: Snapshot;
}

const microphone = { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(5) } as const;

describe('a word aside between nodes', function () {
  this.timeout(60_000);
  let cluster: TestCluster;
  const clients: SignalingClient[] = [];

  before(async () => {
    const sections = { cluster: { placement: 'region' }, rooms: { lobby: true } } as const;
    cluster = await TestCluster.start(3, sections, (index) => ({ region: `region-${index}` }));
  });
  after(async () => {
    for (const client of clients.splice(0)) client.cut();
    await cluster.close();
  });

  const join = async (index: number, identity: string, options: Parameters<TestServer['token']>[0] = {}) => {
    const node = cluster.nodes[index]!;
    const joined = await SignalingClient.join(node.url, await node.token({ identity, ...options }));
    clients.push(joined.client);
    return joined;
  };
  const idOf = ({ snapshot }: Joined) => snapshot.self.participantId;
  const hears = (listener: Joined, producerId: string) => {
    const rooms = cluster.nodes.flatMap(({ server }) => server.registry.find(API_KEY, 'tea') ?? []);
    const session = rooms.flatMap(({ participants }) => participants).find(({ id }) => id === idOf(listener));
    const subscriptions = [...(session?.subscriptions.values() ?? [])];
    return subscriptions.some(({ consumer, track }) => track.producerId === producerId && !consumer.paused);
  };
  const drain = (index: number) => {
    const [node, other] = [cluster.nodes[index]!, cluster.nodes[1]!];
    return other.server.cluster.request(node.server.cluster.nodeId, 'drain', {});
  };

  it('waits for who lost a node, and ends when they come back: the guest waits again, the host is heard by all', async () => {
    const host = await join(0, 'host', { role: 'host' });
    const { producerId } = await host.client.request('produce', microphone);
    const guest = await join(1, 'guest');
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 1);
    await host.client.request('admit', { participantId: idOf(guest) });
    await waitFor('the guest to hear the host', () => hears(guest, producerId));
    const expert = await join(2, 'expert', { role: 'expert' });
    await host.client.notification('lobbyChanged', ({ waiting }) => waiting.some(({ role }) => role === 'expert'));
    await host.client.request('admit', { participantId: idOf(expert), aside: true });
    expect(hears(guest, producerId)).to.equal(false);

    await drain(2);
    await host.client.notification(
      'participantUpdated',
      ({ participant }) => participant.identity === 'expert' && participant.connection === 'reconnecting',
    );
    expect(hears(guest, producerId), 'while the expert is waited for').to.equal(false);
    const back = await join(1, 'expert', { role: 'expert' });
    expect(back.snapshot.stage).to.equal('lobby');
    await host.client.notification('participantLeft', ({ participantId }) => participantId === idOf(expert));
    await waitFor('the guest to hear the host again', () => hears(guest, producerId));

    await host.client.request('admit', { participantId: idOf(back), aside: true });
    await back.client.notification('admitted', ({ stage }) => stage === 'aside');
    await drain(0);
    await back.client.notification(
      'participantUpdated',
      ({ participant }) => participant.identity === 'host' && participant.connection === 'reconnecting',
    );
    await join(1, 'host', { role: 'host' });
    await back.client.notification('admitted', ({ stage }) => stage === 'lobby');
    expect(JSON.stringify(guest.client.notifications)).to.not.include('"expert"');
  });
});
