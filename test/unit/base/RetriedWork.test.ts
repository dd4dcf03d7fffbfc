import { expect } from 'chai';
import { RetriedWork } from '../../../server/base/RetriedWork.ts';
import { waitFor } from '../../helpers/waitFor.ts';

describe('work that is done at last', () => {
  it('is done again until it succeeds, and the rest after it', async () => {
    const done: string[] = [];
    let failures = 2;
    const work = new RetriedWork<string>({
      concurrency: 1,
      pauseMs: 1,
      work: async (item) => {
        if (item === 'hard' && failures-- > 0) throw new Error('away');
        done.push(item);
      },
    });
    work.add('1', 'hard');
    work.add('2', 'easy');
    await waitFor('both to be done', () => done.length === 2);
    expect(done).to.have.members(['hard', 'easy']);
    work.close();
  });

  it('is done once for all who ask while it waits, and once more for who asks while it runs', async () => {
    const started: number[] = [];
    let finish = () => {};
    const work = new RetriedWork<number>({
      concurrency: 1,
      work: (item) => {
        started.push(item);
        return new Promise((resolve) => (finish = resolve));
      },
    });
    work.add('a', 1);
    work.add('a', 2);
    work.add('a', 3);
    expect(started).to.deep.equal([1]);
    finish();
    await waitFor('the next run', () => started.length === 2);
    expect(started).to.deep.equal([1, 3]);
    work.close();
    finish();
  });

  it('runs no more at once than it may', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const work = new RetriedWork<number>({
      concurrency: 3,
      work: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        done += 1;
      },
    });
    for (let item = 0; item < 10; item += 1) work.add(String(item), item);
    await waitFor('all to be done', () => done === 10);
    expect(most).to.equal(3);
    work.close();
  });
});
