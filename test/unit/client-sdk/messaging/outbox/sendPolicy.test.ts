import { expect } from 'chai';
import { batchSize, judgeRefusal } from '../../../../../client-sdk/src/messaging/outbox/sendPolicy.ts';
import type { ErrorCode } from '../../../../../protocol/errorCodes.ts';

describe('sendPolicy', () => {
  const judge = (code: ErrorCode, given: { size?: number; attempt?: number; refusals?: number } = {}, random = 0) =>
    judgeRefusal({ code, size: 1, attempt: 0, refusals: 0, ...given }, random);

  for (const code of [
    'storageUnavailable',
    'rateLimited',
    'requestTimeout',
    'connectionLost',
    'serverDraining',
  ] as const) {
    it(`tries again after ${code}, however often`, () => {
      expect(judge(code, { attempt: 1_000, refusals: 1_000, size: 50 })).to.deep.equal({
        do: 'retry',
        delayMs: 15_000,
      });
    });
  }

  it('waits longer each time, with some chance in it', () => {
    const delays = [0, 1, 2, 6].map((attempt) => judge('rateLimited', { attempt }));
    expect(delays).to.deep.equal([300, 600, 1_200, 15_000].map((delayMs) => ({ do: 'retry', delayMs })));
    expect(judge('rateLimited', {}, 1)).to.deep.equal({ do: 'retry', delayMs: 450 });
  });

  for (const code of [
    'notAllowed',
    'messageTooLarge',
    'badRequest',
    'conversationNotFound',
    'fileNotSupported',
  ] as const) {
    it(`gives up after ${code}: a single message at once, of many the one that is to blame`, () => {
      expect(judge(code)).to.deep.equal({ do: 'fail' });
      expect(judge(code, { size: 2 })).to.deep.equal({ do: 'single' });
    });
  }

  it('gives up a message at which the server stumbles each time', () => {
    expect(judge('internal', { refusals: 4 }).do).to.equal('retry');
    expect(judge('internal', { refusals: 5, size: 3 }).do).to.equal('single');
    expect(judge('internal', { refusals: 5 }).do).to.equal('fail');
  });

  it('uploads a file again that the server has forgotten, but not for ever', () => {
    expect(judge('attachmentNotFound').do).to.equal('upload');
    expect(judge('attachmentNotFound', { refusals: 2 }).do).to.equal('fail');
  });

  it('sends together what fits into one request, and at least one', () => {
    expect(batchSize([])).to.equal(1);
    expect(batchSize([100, 100, 100])).to.equal(3);
    expect(batchSize([900_000, 100])).to.equal(1);
    expect(batchSize([300_000, 150_000, 150_000])).to.equal(2);
    expect(batchSize(new Array(80).fill(10) as number[])).to.equal(50);
  });
});
