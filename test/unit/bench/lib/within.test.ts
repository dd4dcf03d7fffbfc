import { expect } from 'chai';
import { within } from '../../../../bench/lib/within.ts';

describe('within', () => {
  const never = new Promise<never>(() => undefined);

  async function messageOf(promise: Promise<unknown>): Promise<string> {
    const reason: unknown = await promise.catch((error: unknown) => error);
    return (reason as Error).message;
  }

  it('settles as the promise does', async () => {
    expect(await within(10_000, 'tea', Promise.resolve('tea'))).to.equal('tea');
    expect(await messageOf(within(10_000, 'tea', Promise.reject(new Error('cold'))))).to.equal('cold');
  });

  it('rejects when it takes too long, also where no time was left', async () => {
    expect(await messageOf(within(5, 'tea', never))).to.equal('Waited 5 ms for tea.');
    expect(await messageOf(within(-5, 'tea', never))).to.equal('Waited 0 ms for tea.');
  });
});
