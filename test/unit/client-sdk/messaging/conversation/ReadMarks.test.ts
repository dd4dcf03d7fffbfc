import { expect } from 'chai';
import { ReadMarks } from '../../../../../client-sdk/src/messaging/conversation/ReadMarks.ts';
import { ChaxiError } from '../../../../../protocol/ChaxiError.ts';
import { usePageClock } from '../../fakes/pageClock.ts';

describe('ReadMarks', () => {
  const clock = usePageClock();
  let told: [string, number][];
  let isLive: boolean;
  let failure: ChaxiError | null;
  let marks: ReadMarks;
  beforeEach(() => {
    [told, isLive, failure] = [[], true, null];
    marks = new ReadMarks({
      conversationId: 'tea',
      live: () => isLive,
      failed: () => undefined,
      request: (async (method: string, { seq }: { seq: number }) => {
        told.push([method, seq]);
        if (failure) throw failure;
        return {};
      }) as never,
    });
  });
  afterEach(() => marks.close());

  it('are told once for all that comes at once, and read says delivered too', async () => {
    marks.delivered(1);
    marks.delivered(3);
    marks.read(3);
    await clock.pass(10_000);
    expect(told).to.deep.equal([['markRead', 3]]);
  });

  it('are not told where the server knows them, and never go back', async () => {
    marks.known(5, 2);
    marks.delivered(4);
    marks.read(1);
    await clock.pass(10_000);
    expect([told, marks.readSeq]).to.deep.equal([[], 2]);
  });

  it('wait for a connection', async () => {
    isLive = false;
    marks.delivered(2);
    await clock.pass(10_000);
    expect(told).to.deep.equal([]);
    isLive = true;
    marks.resume();
    await clock.pass(1_000);
    expect(told).to.deep.equal([['markDelivered', 2]]);
  });

  it('are told again until the server takes them', async () => {
    failure = new ChaxiError('storageUnavailable');
    marks.delivered(2);
    await clock.pass(4_000);
    failure = null;
    await clock.pass(10_000);
    expect(told).to.deep.equal([
      ['markDelivered', 2],
      ['markDelivered', 2],
      ['markDelivered', 2],
    ]);
  });
});
