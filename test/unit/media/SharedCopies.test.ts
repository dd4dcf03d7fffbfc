import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { SharedCopies, type Copy } from '../../../server/media/SharedCopies.ts';

class FakeCopy implements Copy {
  readonly observer = new EventEmitter<{ close: [] }>();
  closed = false;

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.observer.emit('close');
  }
}

describe('shared copies of producers', () => {
  let copies: SharedCopies<FakeCopy>;
  let made: FakeCopy[];
  const make = async () => {
    const copy = new FakeCopy();
    made.push(copy);
    return copy;
  };

  beforeEach(() => {
    copies = new SharedCopies();
    made = [];
  });

  it('are made once, whoever asks at the same time', async () => {
    const leases = await Promise.all([1, 2, 3].map(() => copies.acquire('p', make)));
    expect(made).to.have.length(1);
    expect(new Set(leases.map(({ copy }) => copy)).size).to.equal(1);
  });

  it('close with their last user, who may say so twice', async () => {
    const [first, second] = [await copies.acquire('p', make), await copies.acquire('p', make)];
    first.release();
    first.release();
    expect(made[0]?.closed).to.equal(false);
    second.release();
    await Promise.resolve();
    expect(made[0]?.closed).to.equal(true);
    expect(copies.size).to.equal(0);
  });

  it('are made anew for who comes after the last user', async () => {
    (await copies.acquire('p', make)).release();
    const { copy } = await copies.acquire('p', make);
    expect(made).to.have.length(2);
    expect(copy.closed).to.equal(false);
    expect(copies.size).to.equal(1);
  });

  it('are made anew where the one before ended with its producer', async () => {
    const { release } = await copies.acquire('p', make);
    made[0]?.close();
    const { copy } = await copies.acquire('p', make);
    release();
    await Promise.resolve();
    expect(copy.closed, 'the end of the old one is no end of the new one').to.equal(false);
    expect(copies.size).to.equal(1);
  });

  it('tell everyone who waits where none can be made, and leave nothing', async () => {
    const fail = () => Promise.reject(new Error('no pipe'));
    const results = await Promise.allSettled([copies.acquire('p', fail), copies.acquire('p', fail)]);
    expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    expect(copies.size).to.equal(0);
    expect((await copies.acquire('p', make)).copy).to.equal(made[0]);
  });

  it('leave nothing where the producer ended while they were made', async () => {
    const lease = await copies.acquire('p', async () => {
      const copy = await make();
      copy.close();
      return copy;
    });
    await Promise.resolve();
    expect(copies.size).to.equal(0);
    lease.release();
  });
});
