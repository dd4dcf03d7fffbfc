import { expect } from 'chai';
import { errors } from 'mediasoup';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { unlessGone } from '../../../server/media/unlessGone.ts';

describe("a worker's answer about something", () => {
  const failure = (error: Error) =>
    unlessGone(Promise.reject(error), 'consumerNotFound').catch((seen: unknown) => seen);

  it('is handed on', async () => {
    expect(await unlessGone(Promise.resolve(7), 'consumerNotFound')).to.equal(7);
  });

  for (const gone of [new errors.NotFoundError('closed'), new errors.WorkerClosedError('died')]) {
    it(`is the given code after a ${gone.constructor.name}`, async () => {
      const error = await failure(gone);
      expect(error).to.be.instanceOf(ChaxiError).and.to.include({ code: 'consumerNotFound', cause: gone });
    });
  }

  it('stays an unknown error where it is one', async () => {
    const unknown = new TypeError('wrong');
    expect(await failure(unknown)).to.equal(unknown);
  });
});
