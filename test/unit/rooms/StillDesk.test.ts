import { expect } from 'chai';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { configSchema } from '../../../config/schema.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { StillInfo } from '../../../protocol/stills.ts';
import type { BusHandler } from '../../../server/cluster/Bus.ts';
import type { Cluster } from '../../../server/cluster/Cluster.ts';
import { Audience } from '../../../server/rooms/Audience.ts';
import type { Participant } from '../../../server/rooms/Participant.ts';
import type { RoomStills } from '../../../server/rooms/RoomStills.ts';
import type { RemoteMember } from '../../../server/rooms/span/RemoteMember.ts';
import type { StillNews, StillRequest } from '../../../server/rooms/stillMessages.ts';
import { StillDesk } from '../../../server/rooms/StillDesk.ts';
import type { StillArchive } from '../../../server/storage/StillArchive.ts';
import { recordLog } from '../../helpers/recordLog.ts';

const room = { tenant: 'shop', room: 'tea' };
const TIMEOUT_MS = 30_000;

/** What this node says to the others, and what they say to it. */
class FakeCluster {
  readonly nodeId = 'one';
  readonly url = 'http://one.example';
  readonly nodes = ['one', 'two', 'three'].map((nodeId) => ({ nodeId, url: `http://${nodeId}.example` }));
  readonly asked: { nodeId: string; request: StillRequest; answer: PromiseWithResolvers<unknown> }[] = [];
  readonly told: [nodeId: string, news: StillNews][] = [];
  readonly #handlers = new Map<string, BusHandler>();
  readonly #gone: ((nodeId: string) => void)[] = [];

  handle(method: string, handler: BusHandler): void {
    this.#handlers.set(method, handler);
  }

  request(nodeId: string, _method: string, request: StillRequest): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    this.asked.push({ nodeId, request, answer });
    return answer.promise;
  }

  tell(nodeId: string, _method: string, news: StillNews): void {
    this.told.push([nodeId, news]);
  }

  onNodeGone(callback: (nodeId: string) => void): void {
    this.#gone.push(callback);
  }

  /** Another node asks this one. */
  async ask(request: StillRequest): Promise<unknown> {
    return this.#handlers.get('stills')?.(request, 'two');
  }

  /** Another node tells this one. */
  hear(news: StillNews): void {
    void this.#handlers.get('stillNews')?.(news, 'two');
  }

  lose(nodeId: string): void {
    for (const callback of this.#gone) callback(nodeId);
  }
}

function person(id: string, sources: string[] = []) {
  const heard: [name: string, data: unknown][] = [];
  const participant = {
    id,
    joined: true,
    inside: true,
    grants: { stills: true, subscribe: true, moderate: true, hidden: false },
    info: { participantId: id, identity: `${id}@shop`, name: id },
    tracks: new Map(sources.map((source) => [source, { source, paused: false }])),
    notify: (name: string, data: unknown) => void heard.push([name, data]),
  };
  return { heard, participant: participant as unknown as Participant, leave: () => (participant.joined = false) };
}

describe('stills of several nodes', () => {
  const { logger, entries } = recordLog();
  let cluster: FakeCluster;
  let desk: StillDesk;
  let stills: RoomStills;
  let asker: ReturnType<typeof person>;
  let host: ReturnType<typeof person>;
  let own: StillInfo[];

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    entries.length = 0;
    own = [];
    cluster = new FakeCluster();
    [asker, host] = [person('asker'), person('host', ['teaCloseUp'])];
    const archive = {
      count: async () => 0,
      bytesOf: async () => 0,
      list: async () => own,
      remove: () => Promise.reject(new ChaxiError('stillNotFound')),
      locate: () => Promise.reject(new ChaxiError('stillNotFound')),
    };
    desk = new StillDesk({
      archive: archive as unknown as StillArchive,
      cluster: cluster as unknown as Cluster,
      logger,
      settings: configSchema.parse({ mode: 'production' }).stills,
      observe: () => {},
    });
    const sessions = () => [asker.participant, host.participant];
    stills = desk.openRoom({
      room,
      audience: new Audience({ sessions, remote: () => [], changed: () => {} }),
      findRemote: (id) => (id === 'far' ? ({ nodeId: 'two' } as RemoteMember) : undefined),
    });
  });
  afterEach(() => {
    stills.close('roomClosed');
    mock.timers.reset();
  });

  const ask = () => stills.request(asker.participant, { participantId: 'far', source: 'teaCloseUp' });
  const codeOf = (answer: Promise<unknown>) =>
    answer.then(
      () => 'no failure',
      (error: ChaxiError) => error.code,
    );
  /** The camera's node has agreed. */
  const expectOne = async (stillId = 's') => {
    const asked = ask();
    cluster.asked.at(-1)?.answer.resolve({ stillId, timeoutMs: TIMEOUT_MS });
    await asked;
  };
  const failedNews = (code: string, tenant = 'shop'): StillNews => ({
    news: 'failed',
    room: { ...room, tenant },
    stillId: 's',
    code,
  });

  describe('of which the camera is on another one', () => {
    it('are asked for there, by name', async () => {
      await expectOne();
      expect(cluster.asked.map(({ nodeId, request }) => [nodeId, request])).to.deep.equal([
        [
          'two',
          {
            ask: 'take',
            room,
            participantId: 'far',
            source: 'teaCloseUp',
            requestedBy: { participantId: 'asker', identity: 'asker@shop', name: 'asker' },
          },
        ],
      ]);
    });

    it('fail as that one says, also right behind its answer', async () => {
      const asked = ask();
      cluster.asked[0]?.answer.resolve({ stillId: 's', timeoutMs: TIMEOUT_MS });
      cluster.hear(failedNews('cameraUnavailable'));
      expect(asker.heard, 'the answer comes first').to.deep.equal([]);
      await asked;
      await setImmediate();
      expect(asker.heard).to.deep.equal([['stillFailed', { stillId: 's', code: 'cameraUnavailable' }]]);
      mock.timers.tick(2 * TIMEOUT_MS);
      expect(asker.heard, 'once').to.have.length(1);
    });

    it('are refused as that one says, or where it does not answer, and then not waited for', async () => {
      for (const code of ['stillsFull', 'nodeUnavailable'] as const) {
        const asked = ask();
        cluster.asked.at(-1)?.answer.reject(new ChaxiError(code));
        expect(await codeOf(asked)).to.equal(code);
      }
      cluster.lose('two');
      mock.timers.tick(2 * TIMEOUT_MS);
      expect(asker.heard).to.deep.equal([]);
    });

    it('fail when its word must be lost', async () => {
      await expectOne();
      mock.timers.tick(TIMEOUT_MS);
      expect(asker.heard, 'that it is late, its node says').to.deep.equal([]);
      mock.timers.tick(5_000);
      expect(asker.heard).to.deep.equal([['stillFailed', { stillId: 's', code: 'stillTimeout' }]]);
    });

    it('fail when that one is gone, and no other', async () => {
      await expectOne();
      cluster.lose('three');
      expect(asker.heard).to.deep.equal([]);
      cluster.lose('two');
      expect(asker.heard).to.deep.equal([['stillFailed', { stillId: 's', code: 'nodeUnavailable' }]]);
    });

    it('are no more waited for by who has left, before the answer or after it', async () => {
      await expectOne();
      const second = ask();
      asker.leave();
      stills.forget(asker.participant);
      cluster.asked.at(-1)?.answer.resolve({ stillId: 't', timeoutMs: TIMEOUT_MS });
      expect(await codeOf(second)).to.equal('wrongStage');
      cluster.hear(failedNews('stillTimeout'));
      await setImmediate();
      mock.timers.tick(2 * TIMEOUT_MS);
      expect(asker.heard).to.deep.equal([]);
    });

    it('are no more waited for in a room that is closed', async () => {
      await expectOne();
      stills.close('roomClosed');
      cluster.hear(failedNews('stillTimeout'));
      await setImmediate();
      cluster.lose('two');
      mock.timers.tick(2 * TIMEOUT_MS);
      expect(asker.heard).to.deep.equal([]);
    });

    it('are not those of another shop', async () => {
      await expectOne();
      cluster.hear(failedNews('stillTimeout', 'other shop'));
      await setImmediate();
      expect(asker.heard).to.deep.equal([]);
    });
  });

  describe('of which the camera is here', () => {
    const take = (change: object = {}) =>
      cluster.ask({
        ask: 'take',
        room,
        participantId: 'host',
        source: 'teaCloseUp',
        requestedBy: { participantId: 'far', identity: 'far@shop', name: 'far' },
        ...change,
      });

    it('are asked of it, and all nodes hear when it fails', async () => {
      const { stillId } = (await take()) as { stillId: string };
      expect(host.heard[0]).to.deep.include.members(['stillRequested']);
      expect(host.heard[0]?.[1]).to.deep.include({ stillId, requestedBy: { participantId: 'far', name: 'far' } });
      expect(host.heard[0]?.[1]).to.have.nested.property('upload.serverUrl', 'http://one.example');
      stills.forget(host.participant);
      const news = { news: 'failed', room, stillId, code: 'participantNotFound' };
      expect(cluster.told).to.deep.equal([
        ['two', news],
        ['three', news],
      ]);
      expect(host.heard.concat(asker.heard)).to.have.length(1);
    });

    it('are told of to those elsewhere who wait when the room closes here', async () => {
      const { stillId } = (await take()) as { stillId: string };
      await stills.request(asker.participant, { participantId: 'host', source: 'teaCloseUp' });
      stills.close('serverDraining');
      expect(cluster.told[0]).to.deep.equal(['two', { news: 'failed', room, stillId, code: 'serverDraining' }]);
      expect(asker.heard, 'who is here hears of the end of the room').to.deep.equal([]);
    });

    it('are refused where the room, the person or the camera is not here, or the room is another shop’s', async () => {
      for (const [change, code] of [
        [{ room: { ...room, tenant: 'other shop' } }, 'participantNotFound'],
        [{ room: { ...room, room: 'cake' } }, 'participantNotFound'],
        [{ participantId: 'nobody' }, 'participantNotFound'],
        [{ source: 'camera' }, 'producerNotFound'],
        [{ source: 'microphone' }, 'badRequest'],
      ] as const) {
        expect(await codeOf(take(change)), JSON.stringify(change)).to.equal(code);
      }
    });

    it('are asked of it as often as a camera may be asked, whoever asks', async () => {
      for (let count = 0; count < 10; count += 1) {
        await take();
        stills.decline(host.participant, {
          stillId: (host.heard.at(-1)?.[1] as { stillId: string }).stillId,
          code: 'cameraUnavailable',
        });
      }
      expect(await codeOf(take())).to.equal('rateLimited');
    });
  });

  it('are listed without those of a node that does not answer, which is logged once until it does', async () => {
    const list = async (...answers: (StillInfo[] | ChaxiError)[]) => {
      const listed = desk.listStills('shop', 'tea', { limit: 2 });
      for (const [index, answer] of answers.entries()) {
        const waiting = cluster.asked.splice(0, 1)[0]?.answer;
        expect(waiting, `question ${index}`).to.not.equal(undefined);
        if (answer instanceof ChaxiError) waiting?.reject(answer);
        else waiting?.resolve({ stills: answer });
      }
      return (await listed).map(({ stillId }) => stillId);
    };
    const still = (stillId: string): StillInfo => ({
      stillId,
      path: `/stills/${stillId}`,
      previewPath: null,
      mimeType: 'image/jpeg',
      width: 1,
      height: 1,
      sizeBytes: 1,
      takenAt: 1,
      source: 'camera',
      takenFrom: { identity: 'a', name: 'a' },
      requestedBy: { identity: 'b', name: 'b' },
      colorCorrected: false,
    });
    const said = () => entries.map(({ level, message, fields }) => [level, message, fields.nodeId]);
    own = [still('3')];
    const away = new ChaxiError('nodeUnavailable');
    expect(await list([still('4'), still('1')], away)).to.deep.equal(['4', '3']);
    expect(await list(away, away)).to.deep.equal(['3']);
    expect(await list([still('2')], [still('5')])).to.deep.equal(['5', '3']);
    expect(said()).to.deep.equal([
      ['warn', 'the stills of a node are left out', 'three'],
      ['warn', 'the stills of a node are left out', 'two'],
      ['info', 'the stills of a node are listed again', 'two'],
      ['info', 'the stills of a node are listed again', 'three'],
    ]);
  });

  it('are listed 60 times at once for one person at the most, since each list asks all nodes', async () => {
    const lists = Array.from({ length: 61 }, () => codeOf(stills.list(asker.participant, { limit: 1 })));
    expect(cluster.asked).to.have.length(120);
    for (const { answer } of cluster.asked) answer.resolve({ stills: [] });
    expect((await Promise.all(lists)).filter((code) => code !== 'no failure')).to.deep.equal(['rateLimited']);
    const another = stills.list(host.participant, { limit: 1 });
    for (const { answer } of cluster.asked) answer.resolve({ stills: [] });
    expect(await another).to.deep.equal({ stills: [] });
  });

  it('are removed where one node has it, and not said to be gone where one may have it that does not answer', async () => {
    const remove = (...answers: ((waiting: PromiseWithResolvers<unknown>) => void)[]) => {
      const removed = codeOf(desk.removeStill('shop', 'tea', 's'));
      for (const answer of answers) answer(cluster.asked.shift()!.answer);
      return removed;
    };
    const refuse = (code: 'stillNotFound' | 'nodeUnavailable') => (waiting: PromiseWithResolvers<unknown>) =>
      waiting.reject(new ChaxiError(code));
    const done = (waiting: PromiseWithResolvers<unknown>) => waiting.resolve(undefined);
    expect(await remove(refuse('nodeUnavailable'), done)).to.equal('no failure');
    expect(await remove(refuse('nodeUnavailable'), refuse('stillNotFound'))).to.equal('nodeUnavailable');
    expect(await remove(refuse('stillNotFound'), refuse('stillNotFound'))).to.equal('stillNotFound');
  });
});
