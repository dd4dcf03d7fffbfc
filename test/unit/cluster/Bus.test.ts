import { expect } from 'chai';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { Bus, type BusHandler } from '../../../server/cluster/Bus.ts';
import { LocalStore } from '../../../server/cluster/local/LocalStore.ts';
import { recordLog } from '../../helpers/recordLog.ts';
import { waitFor } from '../../helpers/waitFor.ts';

describe('requests between nodes', () => {
  let store: LocalStore;
  let log: ReturnType<typeof recordLog>;
  const open = async (ownId: string, handlers: Record<string, BusHandler> = {}) => {
    const bus = await Bus.open({ ownId, store, logger: log.logger });
    for (const [method, handler] of Object.entries(handlers)) bus.handle(method, handler);
    return bus;
  };
  const codeOf = (answer: Promise<unknown>) =>
    answer.then(
      () => 'no failure',
      (error: ChaxiError) => error.code,
    );

  beforeEach(() => {
    store = new LocalStore();
    log = recordLog();
  });

  it('are answered by the handler of their method, which knows who asks', async () => {
    const asker = await open('asker');
    await open('node', { double: async (data, from) => ({ from, twice: (data as { n: number }).n * 2 }) });
    const answers = await Promise.all([1, 2, 3].map((n) => asker.request('node', 'double', { n })));
    expect(answers).to.deep.equal([2, 4, 6].map((twice) => ({ from: 'asker', twice })));
  });

  it('are answered with the error that the handler throws', async () => {
    const asker = await open('asker');
    await open('node', {
      refuse: () => {
        throw new ChaxiError('roomFull', { path: 'room' });
      },
    });
    const error = await asker.request('node', 'refuse', {}).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(ChaxiError).and.include({ code: 'roomFull', path: 'room' });
  });

  it('tell the asker nothing of what a handler did not foresee', async () => {
    const asker = await open('asker');
    await open('node', { fail: () => Promise.reject(new Error('inner detail')) });
    const error = (await asker.request('node', 'fail', {}).catch((caught: unknown) => caught)) as ChaxiError;
    expect(error.code).to.equal('internal');
    expect(error.message).to.not.include('inner detail');
    expect(log.entries.filter(({ level }) => level === 'error')).to.have.length(1);
  });

  it('fail at once where nobody has that name, and where the method is none', async () => {
    const asker = await open('asker');
    await open('node');
    expect(await codeOf(asker.request('nobody', 'drain', {}))).to.equal('nodeUnavailable');
    for (const method of ['brew', 'toString', '__proto__']) {
      expect(await codeOf(asker.request('node', method, {}))).to.equal('unknownMethod');
    }
  });

  it('end when the asker closes', async () => {
    const asker = await open('asker');
    await open('node', { wait: () => new Promise(() => {}) });
    const answer = codeOf(asker.request('node', 'wait', {}));
    await asker.close();
    expect(await answer).to.equal('clusterUnavailable');
  });

  it('end in order where the asker closes before the request has left', async () => {
    const asker = await open('asker');
    const unhandled: unknown[] = [];
    const remember = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', remember);
    try {
      const { promise: sent, resolve: send } = Promise.withResolvers<number>();
      store.send = () => sent;
      const answer = codeOf(asker.request('node', 'ping', {}));
      await asker.close();
      // Node tells of rejections that nobody handles before it comes to this.
      await new Promise((resolve) => setImmediate(resolve));
      send(1);
      expect(await answer).to.equal('clusterUnavailable');
      expect(unhandled).to.deep.equal([]);
    } finally {
      process.off('unhandledRejection', remember);
    }
  });

  it('pass over what is no message, and answers that nobody waits for', async () => {
    const asker = await open('asker');
    await open('node', { ping: () => 'pong' });
    for (const message of [null, 7, {}, { type: 'answer' }, { type: 'request', id: 1 }])
      await store.send('node', message);
    await store.send('node', { type: 'answer', id: 'unknown', data: 1 });
    await waitFor('all to be seen', () => log.entries.length === 5);
    expect(await asker.request('node', 'ping', {})).to.equal('pong');
  });
});
