import { expect } from 'chai';
import { UploadTurns } from '../../../../server/messaging/attachments/UploadTurns.ts';

describe('UploadTurns', () => {
  /** Work that ends when it is cut, or by hand. */
  function begin(turns: UploadTurns, id: string, name: string, log: string[]) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = turns.take(
      id,
      () => {
        log.push(`cut ${name}`);
        resolve();
      },
      async () => {
        log.push(`begin ${name}`);
        await promise;
        log.push(`end ${name}`);
        return name;
      },
    );
    return { done, end: resolve };
  }

  it('lets a later request wait for the end of the one that it cuts', async () => {
    const log: string[] = [];
    const turns = new UploadTurns();
    const [one, two] = [begin(turns, 'a', 'one', log), begin(turns, 'a', 'two', log)];
    expect(await one.done).to.equal('one');
    two.end();
    expect(await two.done).to.equal('two');
    expect(log).to.deep.equal(['begin one', 'cut one', 'end one', 'begin two', 'end two']);
  });

  it('lets three come in order, of which the last stays', async () => {
    const log: string[] = [];
    const turns = new UploadTurns();
    const all = ['one', 'two', 'three'].map((name) => begin(turns, 'a', name, log));
    all[2]!.end();
    await Promise.all(all.map(({ done }) => done));
    expect(log.filter((line) => line.startsWith('begin'))).to.deep.equal(['begin one', 'begin two', 'begin three']);
    expect(log).to.not.include('cut three');
  });

  it('keeps different uploads apart, and goes on after one that failed', async () => {
    const log: string[] = [];
    const turns = new UploadTurns();
    const other = begin(turns, 'b', 'other', log);
    const failed = turns.take('a', expect.fail, () => Promise.reject(new Error('disk')));
    expect(await failed.catch((error: Error) => error.message)).to.equal('disk');
    const next = begin(turns, 'a', 'next', log);
    next.end();
    other.end();
    expect(await Promise.all([next.done, other.done])).to.deep.equal(['next', 'other']);
    expect(log.filter((line) => line.startsWith('cut'))).to.be.empty;
  });
});
