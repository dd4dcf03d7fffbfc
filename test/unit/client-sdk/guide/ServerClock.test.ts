import { expect } from 'chai';
import { ServerClock } from '../../../../client-sdk/src/guide/ServerClock.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { usePageClock } from '../fakes/pageClock.ts';
import { silentLogger } from '../fakes/silentLogger.ts';

describe('the clock of the node', () => {
  const clock = usePageClock();
  const made: ServerClock[] = [];
  afterEach(() => {
    for (const server of made.splice(0)) server.want(false);
  });

  /** A node that is so far ahead, and answers when the test says so, or at once. */
  function make({ aheadMs = 7_000, atOnce = true } = {}) {
    const node = { aheadMs, atOnce, isDead: false };
    const answers: (() => void)[] = [];
    const known: number[] = [];
    let pings = 0;
    const server: ServerClock = new ServerClock({
      ping: async () => {
        pings += 1;
        const { aheadMs: ahead } = node;
        if (!node.atOnce) await new Promise<void>((resolve) => answers.push(resolve));
        if (node.isDead) throw new ChaxiError('requestTimeout');
        return performance.now() + ahead;
      },
      known: () => void known.push(server.offsetMs ?? NaN),
      logger: silentLogger,
    });
    made.push(server);
    return { server, node, known, answers, pings: () => pings };
  }

  it('asks nobody until someone wants to know', async () => {
    const { server, pings } = make();
    server.renew();
    server.reset();
    await clock.pass(1_000);
    expect([pings(), server.offsetMs]).to.deep.equal([0, null]);
  });

  it('asks several times at first, tells once, and asks again now and then', async () => {
    const { server, known, pings } = make();
    server.want(true);
    await clock.pass(1_000);
    expect([pings(), server.offsetMs]).to.deep.equal([5, 7_000]);
    expect(known).to.have.length(1);
    await clock.pass(60_000);
    expect(pings()).to.equal(7);
  });

  it('rests when nobody wants to know any more', async () => {
    const { server, pings } = make();
    server.want(true);
    await clock.pass(100);
    server.want(false);
    await clock.pass(60_000);
    expect(pings()).to.equal(1);
  });

  it('begins anew with another connection, and hears no answers of the one before', async () => {
    const { server, node, known, answers } = make({ atOnce: false });
    server.want(true);
    await clock.passUntil('a ping', () => answers.length === 1);
    node.aheadMs = 90_000;
    server.reset();
    await clock.passUntil('a ping to the other node', () => answers.length === 2);
    answers[0]?.();
    await clock.pass(100);
    expect(server.offsetMs).to.equal(null);
    answers[1]?.();
    await clock.passUntil('the clock of the other node', () => server.offsetMs !== null);
    expect(known).to.have.length(1);
    expect(server.offsetMs).to.be.closeTo(90_000, 200);
  });

  it('goes on where a ping is not answered', async () => {
    const { server, node } = make();
    node.isDead = true;
    server.want(true);
    await clock.pass(200);
    expect(server.offsetMs).to.equal(null);
    node.isDead = false;
    await clock.passUntil('an answer', () => server.offsetMs === 7_000);
  });

  it('follows a page that slept, as soon as it is looked at', async () => {
    const { server, node, pings } = make();
    server.want(true);
    await clock.pass(1_000);
    node.aheadMs = 60_000;
    const before = pings();
    server.renew();
    await clock.passUntil('the new offset', () => Math.abs((server.offsetMs ?? 0) - 60_000) < 20);
    expect(pings()).to.equal(before + 1);
  });
});
