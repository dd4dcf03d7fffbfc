import { expect } from 'chai';
import { ChaxiError, type Grants, type Still } from '../../../../client-sdk/src/index.ts';
import { roleGrants } from '../../../../protocol/grants.ts';
import { Deferred } from '../../../../client-sdk/src/session/Deferred.ts';
import { Stills } from '../../../../web/src/session/Stills.ts';
import { waitFor } from '../../../helpers/waitFor.ts';

const still = (number: number): Still => ({
  stillId: String(number).padStart(4, '0'),
  url: `https://tea.example/stills/${number}`,
  previewUrl: `https://tea.example/stills/preview-${number}`,
  mimeType: 'image/jpeg',
  width: 640,
  height: 480,
  sizeBytes: 1_000,
  takenAt: number,
  source: 'teaCloseUp',
  takenFrom: { identity: 'mei', name: 'Mei' },
  requestedBy: { identity: 'anna', name: 'Anna' },
  colorCorrected: false,
});
const grants: Grants = { ...roleGrants.guest, publish: [] };

describe('the stills of the page', () => {
  /** A server that keeps stills number 1 to `kept`. */
  function make({ kept = 0, granted = grants }: { kept?: number; granted?: Grants | null } = {}) {
    const store = Array.from({ length: kept }, (_, index) => still(kept - index));
    const failures: string[] = [];
    const coming = new Deferred<Still>();
    /** While there is an array, answers wait in it, as the server gave them. */
    let held: Deferred<void>[] | null = null;
    let lists = 0;
    const stills = new Stills({
      room: {
        grants: granted,
        requestStill: () => coming.promise,
        listStills: async ({ before, limit } = {}) => {
          lists++;
          const page = store.filter(({ stillId }) => !before || stillId < before).slice(0, limit);
          const answer = new Deferred<void>();
          if (held) held.push(answer);
          else answer.resolve();
          await answer.promise;
          return page;
        },
        removeStill: () => Promise.resolve(),
      },
      attempt: (step) =>
        step().catch((error: unknown) => void failures.push(error instanceof ChaxiError ? error.code : 'other')),
    });
    const numbers = () => stills.list.map(({ takenAt }) => takenAt);
    /** From now on answers wait, until the function that is returned is called. */
    const holdAnswers = () => {
      const late: Deferred<void>[] = (held = []);
      return () => {
        if (held === late) held = null;
        for (const answer of late) answer.resolve();
      };
    };
    return { stills, store, failures, coming, numbers, holdAnswers, lists: () => lists };
  }
  const downFrom = (newest: number, oldest = 1) =>
    Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index);

  it('come newest first and page by page, until there are no more', async () => {
    const { stills, numbers } = make({ kept: 60 });
    await stills.reload();
    expect(numbers()).to.deep.equal(downFrom(60, 37));
    expect(stills.complete).to.equal(false);
    await stills.more();
    await stills.more();
    expect(numbers()).to.deep.equal(downFrom(60));
    expect(stills.complete).to.equal(true);
  });

  it('ask for one page at a time, and for none after the last', async () => {
    const { stills, lists } = make({ kept: 30 });
    await stills.reload();
    await Promise.all([stills.more(), stills.more()]);
    await stills.more();
    expect(lists()).to.equal(2);
  });

  it('hold each still once, however it came', async () => {
    const { stills, coming, numbers } = make({ kept: 2 });
    await stills.reload();
    const taken = stills.take('mei', 'teaCloseUp');
    stills.added(still(3));
    coming.resolve(still(3));
    await taken;
    expect(numbers()).to.deep.equal([3, 2, 1]);
  });

  it('take one still of a camera at a time, and say so meanwhile', async () => {
    const { stills, coming, failures } = make();
    const seen: boolean[] = [];
    stills.subscribe(() => seen.push(stills.isTaking('mei', 'teaCloseUp')));
    const taken = stills.take('mei', 'teaCloseUp');
    expect(stills.isTaking('mei', 'teaCloseUp')).to.equal(true);
    expect(stills.isTaking('anna', 'teaCloseUp')).to.equal(false);
    await stills.take('mei', 'teaCloseUp');
    coming.reject(new ChaxiError('cameraUnavailable'));
    await taken;
    expect(failures).to.deep.equal(['cameraUnavailable']);
    expect([seen[0], seen.at(-1)]).to.deep.equal([true, false]);
  });

  it('go from one to the next, and load older ones on the way', async () => {
    const { stills } = make({ kept: 25 });
    await stills.reload();
    stills.view('0002');
    await stills.step(1);
    expect(stills.viewed?.takenAt).to.equal(1);
    await stills.step(1);
    expect(stills.viewed?.takenAt).to.equal(1);
    await stills.step(-1);
    expect(stills.viewed?.takenAt).to.equal(2);
    stills.view('0025');
    await stills.step(-1);
    expect(stills.viewed?.takenAt).to.equal(25);
  });

  it('show the one beside it where the one that is looked at is removed, and nothing after the last', async () => {
    const { stills, numbers } = make({ kept: 3 });
    await stills.reload();
    stills.view('0002');
    stills.removed('0002');
    expect(stills.viewed?.takenAt).to.equal(1);
    await stills.remove('0001');
    expect(stills.viewed?.takenAt).to.equal(3);
    stills.removed('0003');
    expect(stills.viewed).to.equal(null);
    expect(numbers()).to.deep.equal([]);
  });

  it('are what the server says after the socket was away', async () => {
    const { stills, store, numbers } = make({ kept: 3 });
    await stills.reload();
    store.splice(0, store.length, still(5), still(3));
    await stills.reload();
    expect(numbers()).to.deep.equal([5, 3]);
  });

  it('beyond the newest page stay, and in view, after the socket was away', async () => {
    const { stills, numbers } = make({ kept: 60 });
    await stills.reload();
    await stills.more();
    stills.view('0020');
    const viewed: unknown[] = [];
    stills.subscribe(() => viewed.push(stills.viewed?.takenAt));
    await stills.reload();
    expect(numbers()).to.deep.equal(downFrom(60, 13));
    expect(new Set(viewed)).to.deep.equal(new Set([20]));
  });

  it('leave no gap where more than a page was taken while the socket was away', async () => {
    const { stills, store, numbers } = make({ kept: 30 });
    await stills.reload();
    store.unshift(...downFrom(90, 31).map(still));
    await stills.reload();
    await stills.more();
    expect(numbers()).to.deep.equal(downFrom(90));
    expect(stills.complete).to.equal(true);
  });

  it('show the one beside it where the one that is looked at was removed while the socket was away', async () => {
    const { stills, store } = make({ kept: 60 });
    await stills.reload();
    await stills.more();
    stills.view('0020');
    store.splice(40, 1);
    await stills.reload();
    expect(stills.viewed?.takenAt).to.equal(19);
  });

  it('leave no gap where they are asked for anew while older ones are on their way', async () => {
    const { stills, numbers, holdAnswers, lists } = make({ kept: 80 });
    await stills.reload();
    const answerOlder = holdAnswers();
    const older = stills.more();
    await waitFor('the request', () => lists() === 2);
    const answerNewest = holdAnswers();
    const newest = stills.reload();
    answerNewest();
    await newest;
    answerOlder();
    await older;
    expect(numbers()).to.deep.equal(downFrom(80, 33));
    while (!stills.complete) await stills.more();
    expect(numbers()).to.deep.equal(downFrom(80));
  });

  it('do not come back with an answer from before the socket was away', async () => {
    const { stills, store, numbers, holdAnswers, lists } = make({ kept: 40 });
    await stills.reload();
    const answerOlder = holdAnswers();
    const older = stills.more();
    await waitFor('the request', () => lists() === 2);
    store.splice(30, 1);
    const answerNewest = holdAnswers();
    const newest = stills.reload();
    answerNewest();
    await newest;
    answerOlder();
    await older;
    expect(numbers()).to.deep.equal([...downFrom(40, 11), ...downFrom(9)]);
  });

  it('come after the newest ones where older ones are asked for at once', async () => {
    const { stills, numbers, holdAnswers } = make({ kept: 60 });
    const answer = holdAnswers();
    const loaded = Promise.all([stills.reload(), stills.more()]);
    answer();
    await loaded;
    expect(numbers()).to.deep.equal(downFrom(60, 13));
  });

  it('do not take what the server said before they were asked for anew', async () => {
    const { stills, store, numbers, holdAnswers } = make({ kept: 3 });
    const answerFirst = holdAnswers();
    const first = stills.reload();
    store.splice(0, 1);
    const answerSecond = holdAnswers();
    const second = stills.reload();
    answerSecond();
    await second;
    answerFirst();
    await first;
    expect(numbers()).to.deep.equal([2, 1]);
  });

  it('that are taken or removed while the answer is on its way, are there or are not', async () => {
    const { stills, numbers, holdAnswers } = make({ kept: 3 });
    const answer = holdAnswers();
    const loaded = stills.reload();
    stills.added(still(4));
    stills.removed('0002');
    answer();
    await loaded;
    expect(numbers()).to.deep.equal([4, 3, 1]);
  });

  it('stay closed where they were closed while older ones were on their way', async () => {
    const { stills, holdAnswers } = make({ kept: 30 });
    await stills.reload();
    stills.view('0007');
    const answer = holdAnswers();
    const stepped = stills.step(1);
    stills.view(null);
    answer();
    await stepped;
    expect(stills.viewed).to.equal(null);
  });

  it('go on to the next older one, also where a new one came while it was on its way', async () => {
    const { stills, holdAnswers } = make({ kept: 30 });
    await stills.reload();
    stills.view('0007');
    const answer = holdAnswers();
    const stepped = stills.step(1);
    stills.added(still(31));
    answer();
    await stepped;
    expect(stills.viewed?.takenAt).to.equal(6);
  });

  it('are not opened where the one to look at is gone', async () => {
    const { stills } = make({ kept: 3 });
    await stills.reload();
    stills.removed('0002');
    stills.view('0002');
    stills.added(still(4));
    expect(stills.viewed).to.equal(null);
  });

  it('are not asked for by those who may not see', async () => {
    const { stills, lists } = make({ kept: 3, granted: { ...grants, subscribe: false } });
    await stills.reload();
    await stills.more();
    expect(lists()).to.equal(0);
  });

  it('follow the grants', () => {
    const allowed = ({ stills }: ReturnType<typeof make>) => [stills.mayTake, stills.mayList, stills.mayRemove];
    expect(allowed(make())).to.deep.equal([true, true, false]);
    expect(allowed(make({ granted: { ...grants, stills: false, moderate: true } }))).to.deep.equal([false, true, true]);
    expect(allowed(make({ granted: null }))).to.deep.equal([false, false, false]);
  });
});
