import { expect } from 'chai';
import { limits } from '../../protocol/limits.ts';
import type { NetworkReport, UplinkReport } from '../../protocol/networkReport.ts';
import type { SignalingClient } from '../helpers/SignalingClient.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';

const fine = up({ lossRatio: 0 });
const slow = up({ roundTripTimeMs: 700 });

function up(change: Partial<UplinkReport>): NetworkReport {
  return { up: { blocked: false, ...change }, down: null };
}

function send(client: SignalingClient, data: unknown): void {
  client.send(JSON.stringify({ notification: true, method: 'networkReport', data }));
}

function report(client: SignalingClient, ...reports: NetworkReport[]): void {
  for (const one of reports) send(client, one);
}

describe('the quality of networks in a room', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);

  beforeEach(async () => (node = await startTestServer()));
  afterEach(async () => {
    visitors.clear();
    await node.close();
  });

  /** What someone has been told of the network of another, in order, as `poor loss`. */
  const told = (client: SignalingClient, participantId: string) =>
    client
      .received('connectionQuality')
      .flatMap(({ qualities }) => qualities)
      .filter((change) => change.participantId === participantId)
      .map(({ quality, qualityReason }) => (qualityReason === null ? quality : `${quality} ${qualityReason}`));
  const waitToHear = (client: SignalingClient, participantId: string, quality: string) =>
    waitFor(`${quality} to be heard`, () => told(client, participantId).includes(quality)).catch((error: Error) => {
      throw new Error(`${error.message}; heard: ${told(client, participantId).join(', ')}`);
    });
  /** A request is answered after all that was sent before it has been taken. */
  const settle = (client: SignalingClient) => client.request('listStills', { limit: 1 });
  async function meet() {
    const weak = await visitors.join('weak', { role: 'host' });
    const friend = await visitors.join('friend');
    return { weak: weak.client, friend: friend.client, weakId: weak.participantId, weakUrl: weak.url };
  }

  it('is unknown at first, then what the page reports, for everyone and oneself', async () => {
    const { weak, friend, weakId } = await meet();
    report(weak, fine);
    for (const client of [weak, friend]) await waitToHear(client, weakId, 'good');
    report(weak, slow, slow);
    for (const client of [weak, friend]) {
      await waitToHear(client, weakId, 'poor delay');
      expect(told(client, weakId)).to.deep.equal(['good', 'poor delay']);
    }
  });

  it('does not flicker with single bad reports', async () => {
    const { weak, friend, weakId } = await meet();
    report(weak, fine, slow, fine, slow, fine);
    await settle(weak);
    await settle(friend);
    expect(told(friend, weakId)).to.deep.equal(['good']);
  });

  it('is poor at once where nothing gets through', async () => {
    const { weak, friend, weakId } = await meet();
    report(weak, fine, up({ blocked: true }));
    await waitToHear(friend, weakId, 'poor loss');
  });

  it('names what it suffers from', async () => {
    const { weak, friend, weakId } = await meet();
    const narrow = up({ bandwidthLimitedRatio: 1, wantedBps: 2_000_000, availableBps: 300_000 });
    report(weak, narrow, narrow);
    await waitToHear(friend, weakId, 'poor bandwidthUp');
  });

  it('is not poor by a loss that the worker can not confirm', async () => {
    const { weak, friend, weakId } = await meet();
    const suspicion = up({ lossRatio: 0.9 });
    report(weak, suspicion, suspicion, suspicion);
    report(weak, { up: { ...suspicion.up, blocked: false }, down: { lossRatio: 0.9, blocked: false } });
    await waitToHear(friend, weakId, 'good');
    await settle(friend);
    expect(told(friend, weakId)).to.deep.equal(['good']);
  });

  it('is good of who only watches, without reason to complain', async () => {
    await meet();
    const { client, snapshot } = await visitors.join('watcher', { role: 'observer' });
    const watching = { up: null, down: { lossRatio: 0, roundTripTimeMs: 40, freezeRatio: 0.5, blocked: false } };
    report(client, watching, watching, watching);
    await waitToHear(client, snapshot.self.participantId, 'good');
    await settle(client);
    expect(told(client, snapshot.self.participantId)).to.deep.equal(['good']);
  });

  it('is good of who is alone with a microphone', async () => {
    const { client, participantId } = await visitors.join('alone', { role: 'host' });
    const speaking = up({ lossRatio: 0, roundTripTimeMs: 40, jitterMs: 5, wantedBps: 0, availableBps: 30_000 });
    report(client, speaking, speaking, speaking);
    await waitToHear(client, participantId, 'good');
    await settle(client);
    expect(told(client, participantId)).to.deep.equal(['good']);
  });

  it('is unknown again for everyone when a worker dies, and no silence is held against anyone', async () => {
    const { weak, friend, weakId } = await meet();
    report(weak, up({ blocked: true }));
    await waitToHear(friend, weakId, 'poor loss');
    for (const { pid } of node.server.pool.workers) process.kill(pid, 'SIGKILL');
    for (const client of [weak, friend]) {
      await waitToHear(client, weakId, 'unknown');
      await client.notification('mediaReset');
    }
    const friendId = weak.received('participantJoined').at(-1)?.participant.participantId ?? '';
    // The silence of this one is noticed, so that of the other would have been before.
    report(friend, fine);
    await waitToHear(weak, friendId, 'poor loss');
    expect(told(friend, weakId)).to.deep.equal(['poor loss', 'unknown']);
  });

  it('is in the snapshot of who comes later', async () => {
    const { weak, friend, weakId } = await meet();
    report(weak, up({ blocked: true }));
    await waitToHear(friend, weakId, 'poor loss');
    const { snapshot } = await visitors.join('late');
    const [seen] = snapshot.participants.filter(({ participantId }) => participantId === weakId);
    expect(seen).to.include({ quality: 'poor', qualityReason: 'loss' });
  });

  it('is poor when the reports stop, and comes back with them', async () => {
    const { weak, friend, weakId } = await meet();
    report(weak, fine);
    await waitToHear(friend, weakId, 'good');
    await waitToHear(friend, weakId, 'poor loss');
    report(weak, fine, fine, fine, fine);
    await waitFor('good to be heard again', () => told(friend, weakId).at(-1) === 'good');
  });

  it('is poor also when the socket is lost without a word', async () => {
    const { weak, friend, weakId } = await meet();
    report(weak, fine);
    await waitToHear(friend, weakId, 'good');
    weak.cut();
    await waitToHear(friend, weakId, 'poor loss');
  });

  it('is unknown again, and stays so, when nothing flows any more', async () => {
    const { weak, friend, weakId } = await meet();
    report(weak, fine);
    await waitToHear(friend, weakId, 'good');
    report(weak, { up: null, down: null });
    await waitToHear(friend, weakId, 'unknown');
    const other = (await visitors.join('other')).client;
    const otherId = friend.received('participantJoined').at(-1)?.participant.participantId ?? '';
    // The silence of this one is noticed, so that of the other would have been before.
    report(other, fine);
    await waitToHear(friend, otherId, 'poor loss');
    expect(told(friend, weakId)).to.deep.equal(['good', 'unknown']);
  });

  it('is not what a malformed report says, which harms nobody', async () => {
    const { weak, friend, weakId } = await meet();
    const bad: unknown[] = [
      null,
      {},
      'poor',
      { up: null },
      up({ lossRatio: 2 }),
      up({ lossRatio: -0.1 }),
      up({ roundTripTimeMs: 1e9 }),
      { up: { lossRatio: 0.9 }, down: null },
      { up: { lossRatio: '0.9', blocked: false }, down: null },
      { up: [], down: [] },
      { up: { blocked: 1 }, down: null },
    ];
    for (const data of bad) send(weak, data);
    report(weak, fine);
    await waitToHear(friend, weakId, 'good');
    expect(told(friend, weakId)).to.deep.equal(['good']);
    expect(weak.closed).to.equal(false);
  });

  it('can not be made to flicker for the others by a flood', async () => {
    const { weak, friend, weakId, weakUrl } = await meet();
    const flood = Array.from({ length: 60 }, () => [slow, slow, fine, fine, fine, fine]).flat();
    report(weak, ...flood.slice(0, limits.requestBurst - 10));
    await waitToHear(friend, weakId, 'poor delay');
    const text = await (await fetch(`${weakUrl}/metrics`)).text();
    const limited = Number(/chaxi_errors_total\{code="rateLimited"\} (\d+)/.exec(text)?.[1]);
    expect(limited).to.be.greaterThan(100);
    await waitFor('the friend to be answered', () => settle(friend));
    expect(told(friend, weakId).length).to.be.at.most(3);
    expect(weak.closed).to.equal(false);
  });

  it('of who is hidden is told to nobody else', async () => {
    const { friend } = await meet();
    const { client, snapshot } = await visitors.join('watcher', { role: 'observer' });
    report(client, { up: null, down: { blocked: true } });
    await waitToHear(client, snapshot.self.participantId, 'poor loss');
    await settle(friend);
    expect(told(friend, snapshot.self.participantId)).to.deep.equal([]);
  });

  it('is not asked of who has not entered', async () => {
    const { friend } = await meet();
    const { client, snapshot } = await visitors.join('early', { hello: { intent: 'prepare', media: true } });
    report(client, up({ blocked: true }));
    await client.request('join', {});
    await settle(friend);
    expect(snapshot.self.quality).to.equal('unknown');
    expect(told(friend, snapshot.self.participantId)).to.deep.equal([]);
  });

  it('is not asked of who waits in the lobby, and begins anew with who was admitted', async () => {
    await node.server.registry.createRoom(API_KEY, { name: 'quiet', lobby: true });
    const host = await visitors.join('host', { role: 'host', room: 'quiet' });
    const guest = await visitors.join('guest', { room: 'quiet' });
    expect(guest.snapshot.stage).to.equal('lobby');
    report(guest.client, up({ blocked: true }));
    await settle(guest.client).catch(() => undefined);
    await host.client.request('admit', { participantId: guest.participantId });
    const { self } = await guest.client.notification('admitted');
    expect(self).to.include({ quality: 'unknown', qualityReason: null });
    await settle(host.client);
    expect(told(host.client, guest.participantId)).to.deep.equal([]);
    report(guest.client, fine);
    await waitToHear(host.client, guest.participantId, 'good');
  });

  it('is counted in the metrics, with what pages report', async () => {
    const { weak, friend, weakId } = await meet();
    const jittery = up({ roundTripTimeMs: 120, jitterMs: 100, lossRatio: 0.06 });
    report(weak, jittery, jittery);
    await waitToHear(friend, weakId, 'fair delay');
    const lines = (await (await fetch(`${node.url}/metrics`)).text()).split('\n');
    expect(lines).to.include.members([
      'chaxi_networks{quality="fair",reason="delay"} 1',
      'chaxi_networks{quality="unknown",reason="none"} 1',
      'chaxi_network_round_trip_seconds_count 2',
      'chaxi_network_round_trip_seconds_bucket{le="0.15"} 2',
      'chaxi_network_loss_ratio_bucket{le="0.05",direction="up"} 0',
      'chaxi_network_loss_ratio_bucket{le="0.1",direction="up"} 2',
    ]);
  });
});
