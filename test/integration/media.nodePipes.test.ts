import { expect } from 'chai';
import type { types } from 'mediasoup';
import { buildRtp } from '../../bench/clients/rtp.ts';
import { configSchema, type Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { Bus } from '../../server/cluster/Bus.ts';
import { LocalStore } from '../../server/cluster/local/LocalStore.ts';
import type { NodeCopy } from '../../server/media/pipes/NodeCopy.ts';
import type { RoomRouter } from '../../server/media/RoomRouter.ts';
import { DirectReceiver, PLAIN_TEXT, type DirectVideo } from '../helpers/DirectVideo.ts';
import { freePorts } from '../helpers/freePort.ts';
import { PipeNode } from '../helpers/PipeNode.ts';
import { PipeRelay } from '../helpers/PipeRelay.ts';
import { waitFor } from '../helpers/waitFor.ts';

const NOTHING = { pipes: 0, consumers: 0 };

/** What is asked of a worker on the way, in this order. */
const steps = [
  ['entry', 'createPipeTransport'],
  ['origin', 'createPipeTransport'],
  ['origin', 'connect'],
  ['origin', 'consume'],
  ['entry', 'connect'],
  ['entry', 'produce'],
] as const;

type Moment = (from: RoomRouter, to: RoomRouter, callBack: () => void) => void;

/** Each calls back while a step is being done, or right after it. */
const moments: Moment[] = steps.flatMap(([side, method]) =>
  [false, true].map((isDone) => (from, to, callBack) => {
    const { router } = side === 'origin' ? from : to;
    const around = (object: object) => {
      const call = (Reflect.get(object, method) as (...args: unknown[]) => Promise<unknown>).bind(object);
      Reflect.set(object, method, async (...args: unknown[]) => {
        const answer = call(...args);
        await (isDone ? answer : undefined);
        callBack();
        return answer;
      });
    };
    if (method === 'createPipeTransport') around(router);
    else router.observer.on('newtransport', (transport) => transport.type === 'pipe' && around(transport));
  }),
);

/** Call back when the address of an end is taken, to be sent in a request or an answer. */
for (const side of ['entry', 'origin']) {
  moments.push((from, to, callBack) => {
    (side === 'origin' ? from : to).router.observer.on('newtransport', (transport) => {
      if (transport.type !== 'pipe') return;
      const { tuple } = transport as types.PipeTransport;
      const get = () => {
        callBack();
        return tuple;
      };
      Object.defineProperty(transport, 'tuple', { get });
    });
  });
}

describe('a producer on another node', () => {
  let store: LocalStore;
  /** Has the producers. */
  let origin: PipeNode;
  /** Gets them. */
  let entry: PipeNode;
  const untilNothingIsLeft = async () => {
    const counts = () => JSON.stringify([origin.counts, entry.counts]);
    // Nothing comes to be any more.
    for (const node of [entry, origin, entry]) await node.untilAnswered();
    await waitFor(`no pipe to be left`, () => counts() === JSON.stringify([NOTHING, NOTHING])).catch(() => {
      expect.fail(`pipes are left: ${counts()}`);
    });
  };
  const codeOf = (answer: Promise<unknown>) =>
    answer.then(
      () => 'no failure',
      (error: ChaxiError) => error.code,
    );
  /** A copy for someone who is ready for it. */
  const acquire = async (node: PipeNode, ...from: Parameters<PipeNode['pipes']['acquire']>) => {
    const lease = await node.pipes.acquire(...from);
    lease.copy.flow();
    return lease;
  };
  /** A router on each node, a video on one, and its copy on the other. */
  const bring = async (options?: Parameters<PipeNode['publish']>[1]) => {
    const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
    const video = await origin.publish(from, options);
    const lease = await acquire(entry, origin.addressOf(video), to);
    return { from, to, video, lease };
  };

  before(async () => {
    store = new LocalStore();
    [origin, entry] = await Promise.all([PipeNode.start('origin', store), PipeNode.start('entry', store)]);
  });
  afterEach(async () => {
    for (const node of [origin, entry]) node.clear();
    await untilNothingIsLeft();
    await Promise.all(
      [origin, entry].map(({ pool }) => waitFor('all workers to run', () => pool.workers.length === 2)),
    );
  });
  after(async () => {
    await Promise.all([origin, entry].map((node) => node?.close()));
    await store.close();
  });

  describe('as its media', () => {
    it('arrives after one request', async () => {
      const { to, video, lease } = await bring();
      expect(lease.copy.producer.id).to.equal(video.producer.id);
      expect(lease.copy.router).to.equal(to);
      const receiver = await DirectReceiver.open(to.router, video.producer.id);
      await waitFor('frames to arrive', () => receiver.frames.length > 10);
      expect(entry.asked.map(({ ask }) => ask)).to.deep.equal(['cross', 'flow']);
      expect(origin.asked).to.be.empty;
      expect([origin.counts, entry.counts]).to.deep.equal([
        { pipes: 1, consumers: 1 },
        { pipes: 1, consumers: 0 },
      ]);
    });

    it('asks for no key frame before someone is ready for it, since the next one would have to wait', async () => {
      const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
      const video = await origin.publish(from);
      const { copy } = await entry.pipes.acquire(origin.addressOf(video), to);
      const receiver = await DirectReceiver.open(to.router, video.producer.id);
      expect((await from.router.dump()).mapConsumerIdProducerId, 'it is there').to.have.length(1);
      expect(receiver.frames, 'and waits').to.be.empty;
      copy.flow();
      copy.flow();
      const first = await waitFor('the first frame', () => receiver.frames[0]);
      expect(first.isKeyFrame).to.equal(true);
      expect(entry.asked.map(({ ask }) => ask)).to.deep.equal(['cross', 'flow']);
    });

    it('brings a key frame whenever one is asked for on the other node', async () => {
      const { to, video } = await bring();
      const { consumer, frames } = await DirectReceiver.open(to.router, video.producer.id);
      const keyFrames = () => frames.filter(({ isKeyFrame }) => isKeyFrame).length;
      // One that was asked for before may come late, but not each time.
      for (let round = 1; round <= 4; round += 1) {
        const before = await waitFor('a key frame', keyFrames);
        await consumer.requestKeyFrame();
        await waitFor(`key frame ${round} that was asked for`, () => keyFrames() > before);
      }
    });

    it('comes in the size that is asked for there', async () => {
      const { to, video, lease } = await bring({ sizes: 3 });
      expect(lease.copy.producer.type).to.equal('simulcast');
      const [small, large] = await Promise.all([1, 2].map(() => DirectReceiver.open(to.router, video.producer.id)));
      await small?.consumer.setPreferredLayers({ spatialLayer: 0 });
      await waitFor('the smallest at one', () => small?.last?.size === 0);
      await waitFor('the largest at the other', () => large?.last?.size === 2);
      await small?.consumer.setPreferredLayers({ spatialLayer: 1 });
      await waitFor('the next size at the first', () => small?.last?.size === 1);
      expect(large?.last?.size).to.equal(2);
      expect(origin.counts.consumers, 'all sizes cross together').to.equal(1);
    });

    it('starts paused where it is paused, and can be paused on this node', async () => {
      const { to, lease, video } = await bring({ paused: true });
      expect(lease.copy.producer.paused).to.equal(true);
      const receiver = await DirectReceiver.open(to.router, video.producer.id);
      expect(receiver.consumer.producerPaused).to.equal(true);
      await Promise.all([video.producer.resume(), lease.copy.producer.resume()]);
      await waitFor('frames to arrive', () => receiver.frames.length > 0);
      await lease.copy.producer.pause();
      await waitFor('the consumer to be paused', () => receiver.consumer.producerPaused);
    });

    it('is encrypted, and what is lost on the way is sent again', async () => {
      const relay = await PipeRelay.open(10);
      try {
        entry.intercept = (request, pass) => (request.ask === 'cross' ? relay.between(request, pass) : pass());
        const { to, video, lease } = await bring();
        const { frames } = await DirectReceiver.open(to.router, video.producer.id);
        const missing = () => {
          const indexes = new Set(frames.map(({ index }) => index));
          const first = Math.min(...indexes);
          return Array.from({ length: 100 }, (_, offset) => first + offset).filter((index) => !indexes.has(index));
        };
        await waitFor('a hundred frames without a gap', () => missing().length === 0);
        expect(relay.lost).to.be.at.least(10);
        expect(relay.seen.filter((packet) => packet.includes(PLAIN_TEXT))).to.be.empty;
        const ssrc = lease.copy.producer.rtpParameters.encodings?.[0]?.ssrc ?? 0;
        const payload = Buffer.concat([Buffer.from([0x90, 0x80, 0x80, 0, 0]), Buffer.alloc(99, 0xff)]);
        const forged = { payloadType: lease.copy.producer.rtpParameters.codecs[0]?.payloadType ?? 0, ssrc, payload };
        relay.forge(buildRtp({ ...forged, sequenceNumber: 1, timestamp: 1, marker: true }));
        const { length } = frames;
        await waitFor('more frames', () => frames.length > length + 5);
        expect(frames.filter(({ size }) => size === 0xff)).to.be.empty;
      } finally {
        relay.close();
      }
    });

    it('goes on to other workers of the node', async () => {
      const { to, video, lease } = await bring();
      const further = await entry.openRouter(1);
      const { copy } = await further.pipeFrom(lease.copy.router, lease.copy.producer);
      const receiver = await DirectReceiver.open(further.router, copy.id);
      await waitFor('frames to arrive', () => receiver.frames.length > 0);
      expect(origin.counts.consumers).to.equal(1);
      expect(to.worker.pipeConsumers).to.deep.equal({ worker: 1, node: 0 });
      to.close();
      expect(copy.closed).to.equal(true);
      expect(video.producer.closed).to.equal(false);
    });
  });

  describe('crosses', () => {
    it('once for all who ask, onto the router of the first, until the last one has left', async () => {
      const { to, video, lease: first } = await bring();
      const other = await entry.openRouter(1);
      const second = await acquire(entry, origin.addressOf(video), other);
      expect(second.copy).to.equal(first.copy);
      expect(second.copy.router).to.equal(to);
      first.release();
      first.release();
      expect(second.copy.closed).to.equal(false);
      second.release();
      await waitFor('the copy to close', () => second.copy.closed);
      await untilNothingIsLeft();
      expect(entry.asked.map(({ ask }) => ask)).to.deep.equal(['cross', 'flow', 'leave']);
    });

    it('once for those who ask at the same time', async () => {
      const [from, to, other] = await Promise.all([origin.openRouter(), entry.openRouter(), entry.openRouter(1)]);
      const video = await origin.publish(from);
      const leases = await Promise.all(
        [to, other, to].map((router) => acquire(entry, origin.addressOf(video), router)),
      );
      expect(new Set(leases.map(({ copy }) => copy)).size).to.equal(1);
      expect(entry.askedFor('cross')).to.have.length(1);
    });

    it('through one pipe with the others of its router, whoever comes first', async () => {
      const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
      const videos = await Promise.all([1, 2, 3].map(() => origin.publish(from)));
      const leases = await Promise.all(videos.map((video) => acquire(entry, origin.addressOf(video), to)));
      const late = await origin.publish(from);
      leases.push(await acquire(entry, origin.addressOf(late), to));
      expect(entry.askedFor('cross'), 'one request each').to.have.length(4);
      expect([origin.counts, entry.counts]).to.deep.equal([
        { pipes: 1, consumers: 4 },
        { pipes: 1, consumers: 0 },
      ]);
      for (const { producer } of [...videos, late]) {
        const receiver = await DirectReceiver.open(to.router, producer.id);
        await waitFor('frames to arrive', () => receiver.frames.length > 0);
      }
      leases.slice(0, 3).forEach(({ release }) => release());
      await waitFor('three to leave', () => origin.counts.consumers === 1);
      expect(leases[3]?.copy.closed).to.equal(false);
      leases[3]?.release();
      await untilNothingIsLeft();
    });

    it('through pipes of their own between other routers', async () => {
      const froms = await Promise.all([origin.openRouter(0), origin.openRouter(1)]);
      const tos = await Promise.all([entry.openRouter(0), entry.openRouter(1)]);
      const [a, b] = await Promise.all(froms.map((from) => origin.publish(from)));
      await acquire(entry, origin.addressOf(a!), tos[0]!);
      await acquire(entry, origin.addressOf(b!), tos[0]!);
      expect(entry.counts.pipes).to.equal(2);
      const c = await origin.publish(froms[0]!);
      await acquire(entry, origin.addressOf(c), tos[1]!);
      expect(entry.counts.pipes).to.equal(3);
    });

    it('again for who asks as soon as it has closed', async () => {
      const { to, video, lease } = await bring();
      const again = Promise.withResolvers<typeof lease>();
      lease.copy.observer.once('close', () => again.resolve(acquire(entry, origin.addressOf(video), to)));
      entry.pipes.closeNode(origin.nodeId);
      const { copy } = await again.promise;
      expect(copy.closed).to.equal(false);
      video.producer.close();
      await waitFor('the second to close with its origin', () => copy.closed);
    });

    it('again when it is wanted again, also in the same moment', async () => {
      const { to, video, lease } = await bring();
      lease.release();
      const again = await acquire(entry, origin.addressOf(video), to);
      expect(again.copy.closed).to.equal(false);
      const receiver = await DirectReceiver.open(to.router, video.producer.id);
      await waitFor('frames to arrive', () => receiver.frames.length > 0);
    });

    it('in both directions at once', async () => {
      const { from, to, video } = await bring();
      const back = await entry.publish(to);
      await acquire(origin, entry.addressOf(back), from);
      const there = await DirectReceiver.open(to.router, video.producer.id);
      const here = await DirectReceiver.open(from.router, back.producer.id);
      await waitFor('frames to arrive on both', () => there.frames.length > 0 && here.frames.length > 0);
    });
  });

  describe('reaches a node', () => {
    let third: PipeNode;
    const start = async (pipe: Partial<Config['media']['pipe']>) => {
      const media = configSchema.parse({ media: { workers: 1, basePort: 0, listenIps: ['127.0.0.1'], pipe } }).media;
      third = await PipeNode.start('third', store, media);
    };

    afterEach(() => third.close());

    it('that announces a host name, and uses its own range of ports', async () => {
      const port = await freePorts(1);
      await start({ announcedAddress: 'localhost', minPort: port, maxPort: port });
      const [from, to, other] = await Promise.all([origin.openRouter(), third.openRouter(), third.openRouter()]);
      const video = await origin.publish(from);
      const { copy } = await acquire(third, origin.addressOf(video), to);
      const { frames } = await DirectReceiver.open(to.router, copy.producer.id);
      await waitFor('frames to arrive', () => frames.length > 0);
      expect(third.asked[0]?.entry).to.deep.include({ address: 'localhost', port });
      const second = origin.addressOf(await origin.publish(from));
      expect(await codeOf(acquire(third, second, other)), 'no second port').to.equal('mediaUnavailable');
    });

    it('not where one has IPv6 and the other IPv4', async () => {
      await start({ announcedAddress: '::1' });
      const [from, to] = await Promise.all([origin.openRouter(), third.openRouter()]);
      const video = await origin.publish(from);
      expect(await codeOf(acquire(third, origin.addressOf(video), to))).to.equal('mediaUnavailable');
      expect(third.log.entries.map(({ message }) => message)).to.include('no media from another node');
    });
  });

  describe('is refused', () => {
    it('where there is none, or it is on another router', async () => {
      const { to, video } = await bring();
      const known = origin.addressOf(video);
      const other = await origin.openRouter(1);
      for (const wrong of [
        { ...known, producerId: 'nobody' },
        { ...known, routerId: other.router.id },
      ]) {
        expect(await codeOf(acquire(entry, wrong, to))).to.equal('producerNotFound');
      }
      expect(entry.counts.pipes).to.equal(1);
    });

    it('to who asks for it in another room, or as another tenant', async () => {
      const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
      const known = origin.addressOf(await origin.publish(from));
      for (const room of [
        { tenant: 'shop', room: 'coffee' },
        { tenant: 'other', room: 'tea' },
      ]) {
        expect(await codeOf(acquire(entry, { ...known, room }, to))).to.equal('producerNotFound');
      }
      await untilNothingIsLeft();
    });

    it('by a node that is not there', async () => {
      const to = await entry.openRouter();
      const nowhere = { nodeId: 'nowhere', room: origin.room, routerId: 'r', producerId: 'p' };
      expect(await codeOf(acquire(entry, nowhere, to))).to.equal('nodeUnavailable');
    });

    it('where the router that is to have it is closed', async () => {
      const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
      const video = await origin.publish(from);
      to.close();
      expect(await codeOf(acquire(entry, origin.addressOf(video), to))).to.equal('mediaUnavailable');
      await untilNothingIsLeft();
    });
  });

  describe('closes with', () => {
    it('its origin, and leaves the others', async () => {
      const { from, to, video, lease } = await bring();
      const other = await acquire(entry, origin.addressOf(await origin.publish(from)), to);
      const receiver = await DirectReceiver.open(to.router, video.producer.id);
      video.producer.close();
      await waitFor('the copy to close', () => lease.copy.closed);
      await waitFor('its consumer to close', () => receiver.consumer.closed);
      expect(other.copy.closed).to.equal(false);
      lease.release();
      expect(entry.askedFor('leave'), 'the origin knows').to.be.empty;
    });

    it('its origin as the last one, and its pipe too', async () => {
      const { video, lease } = await bring();
      video.producer.close();
      await waitFor('the copy to close', () => lease.copy.closed);
      await untilNothingIsLeft();
    });

    for (const side of ['origin', 'entry'] as const) {
      it(`the router of the ${side}`, async () => {
        const { from, to, lease } = await bring();
        const second = await acquire(entry, origin.addressOf(await origin.publish(from)), to);
        (side === 'origin' ? from : to).close();
        await waitFor('the copies to close', () => lease.copy.closed && second.copy.closed);
        await untilNothingIsLeft();
        const told = [...origin.askedFor('end'), ...entry.askedFor('leave')];
        expect(told.map(({ ask }) => ask)).to.deep.equal([side === 'origin' ? 'end' : 'leave']);
      });

      it(`the worker of the ${side}`, async () => {
        const { from, to, lease } = await bring();
        process.kill((side === 'origin' ? from : to).worker.pid, 'SIGKILL');
        await waitFor('the copy to close', () => lease.copy.closed);
        await untilNothingIsLeft();
      });

      it(`the other node, as the ${side} sees it`, async () => {
        const { to, video, lease } = await bring();
        const receiver = await DirectReceiver.open(to.router, video.producer.id);
        if (side === 'entry') entry.pipes.closeNode(origin.nodeId);
        else origin.pipes.closeNode(entry.nodeId);
        await waitFor('the copy to close', () => lease.copy.closed);
        await waitFor('its consumer to close', () => receiver.consumer.closed);
        await untilNothingIsLeft();
        const again = await acquire(entry, origin.addressOf(video), to);
        expect(again.copy.closed, 'a node may come back').to.equal(false);
      });
    }

    it('nothing that a node says to which it does not cross', async () => {
      const { lease } = await bring();
      const stranger = await Bus.open({ ownId: 'stranger', store, logger: entry.log.logger });
      const pipeId = entry.askedFor('cross')[0]?.pipeId;
      await stranger.request(entry.nodeId, 'pipes', { ask: 'end', pipeId });
      await stranger.request(origin.nodeId, 'pipes', { ask: 'leave', pipeId });
      expect(lease.copy.closed).to.equal(false);
      expect(origin.counts).to.deep.equal({ pipes: 1, consumers: 1 });
      expect(await codeOf(stranger.request(origin.nodeId, 'pipes', { ask: 'leave' }))).to.equal('badRequest');
      await stranger.close();
    });

    it('both ends at once', async () => {
      const { from, to, lease } = await bring();
      from.close();
      to.close();
      expect(lease.copy.closed).to.equal(true);
      await untilNothingIsLeft();
    });
  });

  describe('leaves nothing behind', () => {
    /** Requests of the entry whose answers are lost, as after a timeout; `answered` when the origin has done what it was asked. */
    const loseAnswers = (until: 'sent' | 'answered') => {
      entry.intercept = async ({ ask }, pass) => {
        const answer = pass();
        if (ask !== 'cross') return answer;
        if (until === 'answered') await answer;
        else answer.catch(() => {});
        throw new ChaxiError('nodeUnavailable');
      };
    };

    for (const until of ['sent', 'answered'] as const) {
      it(`where the answer to a request is lost that was ${until}`, async () => {
        const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
        const video = await origin.publish(from);
        loseAnswers(until);
        expect(await codeOf(acquire(entry, origin.addressOf(video), to))).to.equal('nodeUnavailable');
        // The origin hears of the end after it was asked, whatever it is doing by then.
        await waitFor('the origin to be told', () => entry.askedFor('leave').length === 1);
        await untilNothingIsLeft();
      });

      it(`in a pipe of others where the answer to a request is lost that was ${until}`, async () => {
        const { from, to } = await bring();
        const video = await origin.publish(from);
        loseAnswers(until);
        expect(await codeOf(acquire(entry, origin.addressOf(video), to))).to.equal('nodeUnavailable');
        await waitFor('the origin to be told', () => entry.askedFor('leave').length === 1);
        await entry.untilAnswered();
        await waitFor('the second to leave', () => origin.counts.consumers === 1);
        entry.intercept = (_request, pass) => pass();
        const again = await acquire(entry, origin.addressOf(video), to);
        expect(again.copy.closed).to.equal(false);
      });
    }

    it('where the other node could not be told at once', async () => {
      const { lease } = await bring();
      let refused = 0;
      entry.intercept = async (_request, pass) => {
        if (refused > 0) return pass();
        refused += 1;
        throw new ChaxiError('clusterUnavailable');
      };
      lease.release();
      await untilNothingIsLeft();
      expect(refused).to.equal(1);
    });

    it('where it ends while it is on its way', async () => {
      const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
      const video = await origin.publish(from);
      entry.intercept = async (_request, pass) => {
        const answer = await pass();
        video.producer.close();
        await waitFor('the entry to be told', () => origin.askedFor('end').length === 1);
        return answer;
      };
      expect(await codeOf(acquire(entry, origin.addressOf(video), to))).to.equal('producerNotFound');
      await untilNothingIsLeft();
    });

    const ends = {
      'the router at the origin': ({ from }: { from: RoomRouter }) => from.close(),
      'the router at the entry': ({ to }: { to: RoomRouter }) => to.close(),
      'the producer': ({ video }: { video: DirectVideo }) => video.producer.close(),
      'the entry, as the origin sees it,': () => origin.pipes.closeNode(entry.nodeId),
      'the origin, as the entry sees it,': () => entry.pipes.closeNode(origin.nodeId),
    };
    for (const [who, end] of Object.entries(ends)) {
      it(`where ${who} goes at any moment of the way`, async () => {
        for (const moment of moments) {
          const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
          const video = await origin.publish(from);
          let ended = 0;
          moment(from, to, () => {
            ended += 1;
            end({ from, to, video });
          });
          const [result] = await Promise.allSettled([acquire(entry, origin.addressOf(video), to)]);
          if (result.status === 'fulfilled') {
            // A node that knows of no pipe yet has none to close.
            if (who.includes('sees')) result.value.release();
            await waitFor('the copy to close', () => result.value.copy.closed);
          } else expect((result.reason as ChaxiError).code).to.be.oneOf(['mediaUnavailable', 'producerNotFound']);
          expect(ended).to.equal(1);
          await untilNothingIsLeft();
          for (const node of [origin, entry]) node.clear();
          expect([...origin.pool.workers, ...entry.pool.workers].map(({ load }) => load)).to.deep.equal([0, 0, 0, 0]);
        }
      });
    }

    it('where nobody waits any more for a node that is gone', async () => {
      const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
      const video = await origin.publish(from);
      entry.intercept = ({ ask }, pass) => {
        if (ask !== 'cross') return pass();
        void pass();
        entry.pipes.closeNode(origin.nodeId);
        return new Promise(() => {});
      };
      expect(await codeOf(acquire(entry, origin.addressOf(video), to))).to.equal('mediaUnavailable');
      await untilNothingIsLeft();
    });

    /** The origin closes its ends, and the entry does not learn of it. */
    const closeUnheard = async () => {
      origin.intercept = () => Promise.reject(new ChaxiError('badRequest'));
      origin.pipes.closeNode(entry.nodeId);
    };

    it('where the origin has lost the pipe, which is made anew for who comes next', async () => {
      const { from, to, lease } = await bring();
      await closeUnheard();
      const video = await origin.publish(from);
      const second = await acquire(entry, origin.addressOf(video), to);
      expect(lease.copy.closed, 'nothing came through it any more').to.equal(true);
      const receiver = await DirectReceiver.open(to.router, second.copy.producer.id);
      await waitFor('frames to arrive', () => receiver.frames.length > 0);
    });

    it('where the origin has lost the pipe while two cross it for the first time', async () => {
      const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
      const videos = await Promise.all([1, 2].map(() => origin.publish(from)));
      let crossing = 0;
      entry.intercept = async ({ ask }, pass) => {
        crossing += Number(ask === 'cross');
        if (ask !== 'cross' || crossing !== 2) return pass();
        // Both carry the end of the entry; what the first one has made at the origin is gone when the second comes.
        await waitFor('the first to be connected', () => first.copy !== undefined);
        await closeUnheard();
        return pass();
      };
      const first: { copy?: NodeCopy } = {};
      const results = await Promise.allSettled(
        videos.map(async (video) => {
          const { copy } = await acquire(entry, origin.addressOf(video), to);
          first.copy ??= copy;
        }),
      );
      expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected']);
      expect(first.copy?.closed).to.equal(true);
    });

    it('where many come and go at the same time', async () => {
      const [from, to, other] = await Promise.all([origin.openRouter(), entry.openRouter(), entry.openRouter(1)]);
      const videos = await Promise.all([1, 2, 3].map(() => origin.publish(from)));
      const visit = async (index: number) => {
        const router = index % 2 ? to : other;
        const lease = await acquire(entry, origin.addressOf(videos[index % videos.length]!), router);
        expect(lease.copy.closed).to.equal(false);
        lease.release();
      };
      for (let round = 0; round < 20; round += 1) {
        await Promise.all([visit(round), visit(round + 1), visit(round + 3)]);
      }
      await untilNothingIsLeft();
    });
  });
});
