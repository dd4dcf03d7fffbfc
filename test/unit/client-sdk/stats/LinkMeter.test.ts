import { expect } from 'chai';
import { LinkMeter } from '../../../../client-sdk/src/stats/LinkMeter.ts';

/** A transport whose selected pair counts what the test says. */
function fakeTransport(state: RTCPeerConnectionState = 'connected') {
  const pair = { responsesReceived: 0, totalRoundTripTime: 0, currentRoundTripTime: 0.05 };
  const getStats = () =>
    Promise.resolve(new Map([['p', { id: 'p', type: 'candidate-pair', timestamp: 0, selected: true, ...pair }]]));
  return { pair, state, broken: false, transport: { closed: false, getStats } };
}

describe('the meter of a link', () => {
  it('tells the mean round trip of the interval, or the last one where there was no answer', async () => {
    const [meter, transport] = [new LinkMeter(), fakeTransport()];
    Object.assign(transport.pair, { responsesReceived: 2, totalRoundTripTime: 0.2 });
    expect((await meter.read(transport))?.roundTripTimeMs).to.equal(100);
    Object.assign(transport.pair, { responsesReceived: 4, totalRoundTripTime: 0.3 });
    expect((await meter.read(transport))?.roundTripTimeMs).to.be.closeTo(50, 1e-6);
    transport.pair.currentRoundTripTime = 0.07;
    expect((await meter.read(transport))?.roundTripTimeMs).to.be.closeTo(70, 1e-6);
  });

  it('takes a path for blocked that is broken twice in a row, until it is found again', async () => {
    const [meter, transport] = [new LinkMeter(), fakeTransport()];
    const blocked = async (broken: boolean) => {
      transport.broken = broken;
      return (await meter.read(transport))?.blocked;
    };
    expect([await blocked(true), await blocked(false), await blocked(true)]).to.deep.equal([false, false, false]);
    expect(await blocked(true)).to.equal(true);
    expect(await blocked(false)).to.equal(false);
  });

  it('takes a path for blocked that was never found', async () => {
    const [meter, transport] = [new LinkMeter(), fakeTransport('connecting')];
    transport.transport.getStats = () => Promise.resolve(new Map());
    expect((await meter.read(transport))?.blocked).to.equal(false);
    expect((await meter.read(transport))?.blocked).to.equal(true);
  });

  it('begins anew with another transport, and reads nothing of a closed one', async () => {
    const [meter, first, second] = [new LinkMeter(), fakeTransport(), fakeTransport()];
    first.broken = second.broken = true;
    await meter.read(first);
    const before = await meter.read(first);
    expect(before?.blocked).to.equal(true);
    const after = await meter.read(second);
    expect([after?.blocked, after?.loss === before?.loss]).to.deep.equal([false, false]);
    second.transport.closed = true;
    expect(await meter.read(second)).to.equal(null);
  });
});
