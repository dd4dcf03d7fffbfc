import { expect } from 'chai';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { SendQueue } from '../../../server/messaging/SendQueue.ts';
import type { AppendRequest } from '../../../server/storage/messages/appendMessages.ts';

describe('the queue of what is sent', () => {
  /** Transactions that are running: what each stores, and how it ends. */
  let running: { texts: string[]; end: PromiseWithResolvers<void> }[];
  let doubtful: string[];
  let failing: string | undefined;
  const open = (lanes = 1) =>
    new SendQueue({
      lanes,
      doubtful: (_tenant, conversationId) => doubtful.push(conversationId),
      store: {
        async append(requests) {
          const texts = requests.flatMap(({ messages }) => messages.map(({ clientId }) => clientId));
          const end = Promise.withResolvers<void>();
          running.push({ texts, end });
          await end.promise;
          return requests.map(({ messages: [first] }) =>
            first!.clientId === failing
              ? new ChaxiError('conversationNotFound')
              : { previous: 0, messages: [], added: [] },
          );
        },
        async change(conversationId, seq) {
          const end = Promise.withResolvers<void>();
          running.push({ texts: [`change of ${seq}`], end });
          await end.promise;
          const message = { seq } as never;
          return { conversationId, previous: 0, messages: [message], attachments: [], message };
        },
      },
    });
  const request = (clientId: string, conversationId = 'a', count = 1): AppendRequest => ({
    conversationId,
    from: { identity: 'li', name: 'Li' },
    sentAt: 0,
    messages: Array.from({ length: count }, () => ({ clientId, content: null, replyTo: null, mentions: [] })),
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const finish = async () => {
    running.shift()!.end.resolve();
    await turn();
  };

  beforeEach(() => {
    running = [];
    doubtful = [];
    failing = undefined;
  });

  it('stores at once what comes when nothing runs, and together what comes meanwhile', async () => {
    const queue = open();
    const told: string[] = [];
    const send = (clientId: string, conversationId?: string) =>
      queue.append('shop', request(clientId, conversationId), () => told.push(clientId));
    const sent = [send('1')];
    await turn();
    sent.push(send('2'), send('3', 'b'), send('4'));
    await turn();
    expect(running.map(({ texts }) => texts)).to.deep.equal([['1']]);
    await finish();
    expect(running.map(({ texts }) => texts)).to.deep.equal([['2', '3', '4']]);
    await finish();
    await Promise.all(sent);
    expect(told).to.deep.equal(['1', '2', '3', '4']);
  });

  it('keeps changes of messages in the order in which they came', async () => {
    const queue = open();
    void queue.append('shop', request('1'), () => {});
    void queue.append('shop', request('2'), () => {});
    const change = { conversationId: 'a', seq: 1, mutate: () => null };
    void queue.change('shop', change, () => {});
    void queue.append('shop', request('3'), () => {});
    await turn();
    const order: string[] = [];
    while (running.length > 0) {
      expect(running).to.have.length(1);
      order.push(running[0]!.texts.join());
      await finish();
    }
    expect(order).to.deep.equal(['1,2', 'change of 1', '3']);
  });

  it('has several lanes, and one conversation always in the same', async () => {
    const queue = open(4);
    for (const conversationId of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      for (const clientId of ['1', '2']) {
        void queue.append('shop', request(`${conversationId}${clientId}`, conversationId), () => {});
        await turn();
      }
    }
    expect(running.length).to.be.within(2, 4);
    const first = running.flatMap(({ texts }) => texts);
    expect(first.every((text) => text.endsWith('1'))).to.equal(true);
  });

  it('refuses what is more than may wait', async () => {
    const queue = open();
    for (let sent = 0; sent < 100; sent += 1) void queue.append('shop', request('x', 'a', 50), () => {});
    expect(() => queue.append('shop', request('x'), () => {}))
      .to.throw()
      .with.property('code', 'rateLimited');
    await turn();
    while (running.length > 0) await finish();
    void queue.append('shop', request('y'), () => {});
    await turn();
    expect(running.map(({ texts }) => texts)).to.deep.equal([['y']]);
  });

  it('answers each with what came of it, and says where nobody knows', async () => {
    const queue = open();
    const codeOf = (promise: Promise<unknown>) =>
      promise.then(
        () => 'stored',
        (error: ChaxiError) => error.code,
      );
    failing = 'bad';
    const answers = [
      codeOf(queue.append('shop', request('bad', 'gone'), () => {})),
      codeOf(queue.append('shop', request('good'), () => {})),
    ];
    await turn();
    await finish();
    expect(await Promise.all(answers)).to.deep.equal(['conversationNotFound', 'stored']);
    expect(doubtful).to.deep.equal([]);
    const lost = codeOf(queue.append('shop', request('lost'), () => {}));
    await turn();
    running.shift()!.end.reject(new ChaxiError('storageUnavailable'));
    expect(await lost).to.equal('storageUnavailable');
    expect(doubtful).to.deep.equal(['a']);
  });
});
