import { expect } from 'chai';
import { configSchema, type Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { LocalStore } from '../../server/cluster/local/LocalStore.ts';
import { DirectReceiver } from '../helpers/DirectVideo.ts';
import { freePorts } from '../helpers/freePort.ts';
import { PipeNode } from '../helpers/PipeNode.ts';
import { waitFor } from '../helpers/waitFor.ts';

const NOTHING = { pipes: 0, consumers: 0 };

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
  /** A router on each node, a video on one, and its copy on the other. */
  const bring = async (options?: Parameters<PipeNode['publish']>[1]) => {
    const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
    const video = await origin.publish(from, options);
    const lease = await entry.pipes.acquire(origin.addressOf(video), to);
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
      expect(entry.asked.map(({ ask }) => ask)).to.deep.equal(['cross']);
      expect(origin.asked).to.be.empty;
      expect([origin.counts, entry.counts]).to.deep.equal([
        { pipes: 1, consumers: 1 },
        { pipes: 1, consumers: 0 },
      ]);
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
      const second = await entry.pipes.acquire(origin.addressOf(video), other);
      expect(second.copy).to.equal(first.copy);
      expect(second.copy.router).to.equal(to);
      first.release();
      first.release();
      expect(second.copy.closed).to.equal(false);
      second.release();
      await waitFor('the copy to close', () => second.copy.closed);
      await untilNothingIsLeft();
      expect(entry.asked.map(({ ask }) => ask)).to.deep.equal(['cross', 'leave']);
    });

    it('once for those who ask at the same time', async () => {
      const [from, to, other] = await Promise.all([origin.openRouter(), entry.openRouter(), entry.openRouter(1)]);
      const video = await origin.publish(from);
      const leases = await Promise.all(
        [to, other, to].map((router) => entry.pipes.acquire(origin.addressOf(video), router)),
      );
      expect(new Set(leases.map(({ copy }) => copy)).size).to.equal(1);
      expect(entry.askedFor('cross')).to.have.length(1);
    });

    it('through one pipe with the others of its router, whoever comes first', async () => {
      const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
      const videos = await Promise.all([1, 2, 3].map(() => origin.publish(from)));
      const leases = await Promise.all(videos.map((video) => entry.pipes.acquire(origin.addressOf(video), to)));
      const late = await origin.publish(from);
      leases.push(await entry.pipes.acquire(origin.addressOf(late), to));
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
      await entry.pipes.acquire(origin.addressOf(a!), tos[0]!);
      await entry.pipes.acquire(origin.addressOf(b!), tos[0]!);
      expect(entry.counts.pipes).to.equal(2);
      const c = await origin.publish(froms[0]!);
      await entry.pipes.acquire(origin.addressOf(c), tos[1]!);
      expect(entry.counts.pipes).to.equal(3);
    });

    it('again when it is wanted again, also in the same moment', async () => {
      const { to, video, lease } = await bring();
      lease.release();
      const again = await entry.pipes.acquire(origin.addressOf(video), to);
      expect(again.copy.closed).to.equal(false);
      const receiver = await DirectReceiver.open(to.router, video.producer.id);
      await waitFor('frames to arrive', () => receiver.frames.length > 0);
    });

    it('in both directions at once', async () => {
      const { from, to, video } = await bring();
      const back = await entry.publish(to);
      await origin.pipes.acquire(entry.addressOf(back), from);
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
      const { copy } = await third.pipes.acquire(origin.addressOf(video), to);
      const { frames } = await DirectReceiver.open(to.router, copy.producer.id);
      await waitFor('frames to arrive', () => frames.length > 0);
      expect(third.asked[0]?.entry).to.deep.include({ address: 'localhost', port });
      const second = origin.addressOf(await origin.publish(from));
      expect(await codeOf(third.pipes.acquire(second, other)), 'no second port').to.equal('mediaUnavailable');
    });

    it('not where one has IPv6 and the other IPv4', async () => {
      await start({ announcedAddress: '::1' });
      const [from, to] = await Promise.all([origin.openRouter(), third.openRouter()]);
      const video = await origin.publish(from);
      expect(await codeOf(third.pipes.acquire(origin.addressOf(video), to))).to.equal('mediaUnavailable');
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
        expect(await codeOf(entry.pipes.acquire(wrong, to))).to.equal('producerNotFound');
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
        expect(await codeOf(entry.pipes.acquire({ ...known, room }, to))).to.equal('producerNotFound');
      }
      await untilNothingIsLeft();
    });

    it('by a node that is not there', async () => {
      const to = await entry.openRouter();
      const nowhere = { nodeId: 'nowhere', room: origin.room, routerId: 'r', producerId: 'p' };
      expect(await codeOf(entry.pipes.acquire(nowhere, to))).to.equal('nodeUnavailable');
    });

    it('where the router that is to have it is closed', async () => {
      const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
      const video = await origin.publish(from);
      to.close();
      expect(await codeOf(entry.pipes.acquire(origin.addressOf(video), to))).to.equal('mediaUnavailable');
      await untilNothingIsLeft();
    });
  });

  describe('closes with', () => {
    it('its origin, and leaves the others', async () => {
      const { from, to, video, lease } = await bring();
      const other = await entry.pipes.acquire(origin.addressOf(await origin.publish(from)), to);
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
        (side === 'origin' ? from : to).close();
        await waitFor('the copy to close', () => lease.copy.closed);
        await untilNothingIsLeft();
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
        const again = await entry.pipes.acquire(origin.addressOf(video), to);
        expect(again.copy.closed, 'a node may come back').to.equal(false);
      });
    }

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
        expect(await codeOf(entry.pipes.acquire(origin.addressOf(video), to))).to.equal('nodeUnavailable');
        // The origin hears of the end after it was asked, whatever it is doing by then.
        await waitFor('the origin to be told', () => entry.askedFor('leave').length === 1);
        await untilNothingIsLeft();
      });

      it(`in a pipe of others where the answer to a request is lost that was ${until}`, async () => {
        const { from, to } = await bring();
        const video = await origin.publish(from);
        loseAnswers(until);
        expect(await codeOf(entry.pipes.acquire(origin.addressOf(video), to))).to.equal('nodeUnavailable');
        await waitFor('the origin to be told', () => entry.askedFor('leave').length === 1);
        await entry.untilAnswered();
        await waitFor('the second to leave', () => origin.counts.consumers === 1);
        entry.intercept = (_request, pass) => pass();
        const again = await entry.pipes.acquire(origin.addressOf(video), to);
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
      expect(await codeOf(entry.pipes.acquire(origin.addressOf(video), to))).to.equal('producerNotFound');
      await untilNothingIsLeft();
    });

    for (const what of ['router', 'node'] as const) {
      it(`where the ${what} goes while it is on its way`, async () => {
        const [from, to] = await Promise.all([origin.openRouter(), entry.openRouter()]);
        const video = await origin.publish(from);
        entry.intercept = ({ ask }, pass) => {
          if (ask !== 'cross') return pass();
          void pass();
          if (what === 'router') to.close();
          else entry.pipes.closeNode(origin.nodeId);
          return new Promise(() => {});
        };
        expect(await codeOf(entry.pipes.acquire(origin.addressOf(video), to))).to.equal('mediaUnavailable');
        await untilNothingIsLeft();
      });
    }

    it('where many come and go at the same time', async () => {
      const [from, to, other] = await Promise.all([origin.openRouter(), entry.openRouter(), entry.openRouter(1)]);
      const videos = await Promise.all([1, 2, 3].map(() => origin.publish(from)));
      const visit = async (index: number) => {
        const router = index % 2 ? to : other;
        const lease = await entry.pipes.acquire(origin.addressOf(videos[index % videos.length]!), router);
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
