import { expect } from 'chai';
import { readdir } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { audioParameters, videoParameters } from '../helpers/rtpFixtures.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor } from '../helpers/Visitors.ts';
import { waitFor } from '../helpers/waitFor.ts';
import type { Room } from '../../server/rooms/Room.ts';

const ROOMS = 1_000;
const AT_ONCE = 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What the process and its workers hold beside objects. */
interface Held {
  resources: Record<string, number>;
  descriptors: number;
  listeners: Record<string, number>;
  workers: unknown[];
}

describe('a thousand rooms', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const rooms: WeakRef<Room>[] = [];
  /** Of a node without rooms. */
  let timersAtRest: number;

  before(async () => {
    node = await startTestServer({ rooms: { emptyTimeoutMs: 0 }, signaling: { resumeTimeoutMs: 0 } });
    timersAtRest = (await held()).resources.Timeout ?? 0;
  });
  after(() => node.close());

  /** The ways in which a room comes to its end. */
  const endings: ((name: string, people: Visitor[]) => Promise<unknown>)[] = [
    // Everyone leaves, and nobody comes any more.
    (_, people) => Promise.all(people.map(({ client }) => client.request('leave', {}))),
    (name) => node.server.registry.closeRoom(API_KEY, name),
    async (_, people) => people.forEach(({ client }) => client.cut()),
    async (_, [host, ...others]) => {
      for (const { participantId } of others) await host?.client.request('removeParticipant', { participantId });
      await host?.client.request('leave', {});
    },
    // In the midst of things: nothing is waited for.
    async (_, people) => {
      for (const { client } of people) {
        void client
          .request('produce', { kind: 'video', source: 'screen', rtpParameters: videoParameters(90) })
          .catch(() => {});
        client.cut();
      }
    },
  ];

  const openAndEnd = async (index: number) => {
    const room = `room ${index}`;
    const host = await visitors.join('host', { room, role: 'host' });
    await host.client.request('produce', { kind: 'video', source: 'teaCloseUp', rtpParameters: videoParameters(1) });
    await host.client.request('produce', { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(9) });
    const hello = index % 2 === 0 ? { intent: 'prepare' as const, media: true } : {};
    const guest = await visitors.join('guest', { room, hello });
    expect(guest.snapshot.media?.consumers).to.have.length(2);
    await guest.client.request('join', {});
    // A still that is waited for when the room ends.
    await guest.client.request('requestStill', { participantId: host.participantId, source: 'teaCloseUp' });
    const { consumerId } = guest.snapshot.media!.consumers[0]!;
    await guest.client.request('setConsumerPreferences', { consumerId, paused: true });
    rooms.push(new WeakRef(node.server.registry.find(API_KEY, room)!));
    await endings[index % endings.length]!(room, [host, guest]);
  };
  const openAndEndAll = async (from: number, to: number) => {
    for (let first = from; first < to; first += AT_ONCE) {
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, to - first) }, (_, offset) => openAndEnd(first + offset)),
      );
      await waitFor('the rooms to be closed', () => node.server.registry.size === 0);
      visitors.clear();
    }
  };

  const held = async (): Promise<Held> => {
    const { pool } = node.server;
    const emitters = {
      pool,
      process,
      ...Object.fromEntries(pool.workers.map(({ webRtcServer }, index) => [`server${index}`, webRtcServer])),
    };
    return {
      resources: countBy(process.getActiveResourcesInfo()),
      descriptors: (await readdir('/proc/self/fd')).length,
      listeners: Object.fromEntries(
        Object.entries(emitters).flatMap(([name, emitter]) =>
          emitter.eventNames().map((event) => [`${name} ${String(event)}`, emitter.listenerCount(event as never)]),
        ),
      ),
      workers: await Promise.all(
        pool.workers.map(async (worker) => [await worker.dump(), await worker.webRtcServer.dump()]),
      ),
    };
  };

  it('leave no router, transport, timer, socket, listener or object behind', async function () {
    this.timeout(240_000);
    await openAndEndAll(0, 2 * AT_ONCE);
    const before = await settled();
    await openAndEndAll(2 * AT_ONCE, ROOMS);
    expect(node.server.pool.workers.map(({ load }) => load)).to.deep.equal([0, 0]);
    let after = before;
    await waitFor('everything to be as before', async () => {
      after = await held();
      return JSON.stringify(after) === JSON.stringify(before);
    }).catch(() => expect(after).to.deep.equal(before));
    for (const [dump] of after.workers as [{ routerIds: string[] }][]) expect(dump.routerIds).to.be.empty;
    await waitFor('every room to be collected', () => {
      collectGarbage();
      return rooms.every((room) => room.deref() === undefined);
    });
    expect(rooms).to.have.length(ROOMS);
  });

  /** What is held once nothing changes any more: sockets close a little after their rooms, and what is looked at a second time waits for that. */
  async function settled(): Promise<Held> {
    let last = await held();
    await waitFor('sockets and timers to end', async () => {
      const now = await held();
      const { TCPSocketWrap = 0, Timeout = 0 } = now.resources;
      const same = JSON.stringify(now) === JSON.stringify(last) && TCPSocketWrap === 0 && Timeout <= timersAtRest;
      last = now;
      return same;
    });
    return last;
  }
});

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
