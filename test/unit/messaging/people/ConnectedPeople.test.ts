import { expect } from 'chai';
import { ConnectedPeople, type PersonSocket } from '../../../../server/messaging/people/ConnectedPeople.ts';

class FakeSocket implements PersonSocket {
  readonly channels = new Set<string>();

  get conversations(): string[] {
    return [...this.channels].filter((channel) => channel.startsWith('conversation:')).map((name) => name.slice(13));
  }

  join(channel: string): void {
    this.channels.add(channel);
  }

  leave(channel: string): void {
    this.channels.delete(channel);
  }
}

describe('connected people', () => {
  const li = { tenant: 'shop', identity: 'li', name: 'Li', counter: false };
  /** Questions that the store has not answered yet. */
  let questions: PromiseWithResolvers<readonly string[]>[];
  let told: string[];
  let people: ConnectedPeople;
  const answer = (conversationIds: readonly string[]) => questions.shift()!.resolve(conversationIds);

  beforeEach(() => {
    questions = [];
    told = [];
    people = new ConnectedPeople({
      load: () => {
        const question = Promise.withResolvers<readonly string[]>();
        questions.push(question);
        return question.promise;
      },
      changed: (person, isConnected) => told.push(`${person.identity} ${isConnected ? 'came' : 'has gone'}`),
    });
  });

  it('listen to all their conversations before anything is answered, on each device', async () => {
    const [page, phone] = [new FakeSocket(), new FakeSocket()];
    people.connect(li, page);
    const ready = people.ready(li);
    answer(['a', 'b']);
    await ready;
    people.connect(li, phone);
    await people.ready(li);
    expect(questions).to.have.length(0);
    for (const socket of [page, phone]) {
      expect(socket.conversations).to.deep.equal(['a', 'b']);
      expect(socket.channels).to.include('person:shop:li');
    }
    expect(people.socketsOf(li)).to.equal(2);
    expect(told).to.deep.equal(['li came']);
    people.disconnect(li, page);
    people.disconnect(li, phone);
    people.disconnect(li, phone);
    expect(told).to.deep.equal(['li came', 'li has gone']);
  });

  it('of the counter listen to what all of it hears', () => {
    const socket = new FakeSocket();
    people.connect({ ...li, counter: true }, socket);
    expect(socket.channels).to.include('counter:shop');
  });

  it('follow what changes, by shop and identity', async () => {
    const socket = new FakeSocket();
    people.connect(li, socket);
    answer(['a']);
    await people.ready(li);
    people.joined('shop', 'b', ['li', 'wang']);
    people.joined('another shop', 'c', ['li']);
    people.left('shop', 'a', ['wang']);
    expect(socket.conversations).to.deep.equal(['a', 'b']);
    people.left('shop', 'a', ['li']);
    people.closed('b');
    expect(socket.conversations).to.deep.equal([]);
  });

  it('who lose a conversation while all are read do not get it back by what was read', async () => {
    const socket = new FakeSocket();
    people.connect(li, socket);
    const ready = people.ready(li);
    people.left('shop', 'a', ['li']);
    answer(['a', 'b']);
    await Promise.resolve();
    await Promise.resolve();
    expect(questions, 'asked again').to.have.length(1);
    answer(['b']);
    await ready;
    expect(socket.conversations).to.deep.equal(['b']);
  });

  it('have all read again where the store failed, or changes may have been missed', async () => {
    const socket = new FakeSocket();
    people.connect(li, socket);
    const failed = people.ready(li);
    questions.shift()!.reject(new Error('away'));
    expect(await failed.catch((error: Error) => error.message)).to.equal('away');
    const ready = people.ready(li);
    answer(['a', 'b']);
    await ready;
    const reloaded = people.reload(li);
    answer(['b', 'c']);
    await reloaded;
    expect(socket.conversations).to.deep.equal(['b', 'c']);
  });
});
