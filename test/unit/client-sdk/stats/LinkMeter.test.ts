import { expect } from 'chai';
import type { MediaTransport } from '../../../../client-sdk/src/media/MediaTransport.ts';
import { LinkMeter } from '../../../../client-sdk/src/stats/LinkMeter.ts';

/** A transport whose selected pair counts what the test says. */
function fakeTransport(state = 'connected') {
  const pair = { bytesReceived: 0, responsesReceived: 0, totalRoundTripTime: 0, currentRoundTripTime: 0.05 };
  const transport = {
    closed: false,
    getStats: () =>
      Promise.resolve(new Map([['p', { id: 'p', type: 'candidate-pair', timestamp: 0, selected: true, ...pair }]])),
  };
  const controls = { pair, state, transport };
  return controls as typeof controls & MediaTransport;
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

  it('takes a path for blocked when nothing comes twice in a row, until something comes', async () => {
    const [meter, transport] = [new LinkMeter(), fakeTransport()];
    const blocked = async () => (await meter.read(transport))?.blocked;
    transport.pair.bytesReceived = 1_000;
    expect([await blocked(), await blocked(), await blocked()]).to.deep.equal([false, false, true]);
    transport.pair.responsesReceived = 1;
    expect(await blocked()).to.equal(false);
  });

  it('takes a path for blocked that was never found, and at once one that the browser gave up', async () => {
    const [meter, transport] = [new LinkMeter(), fakeTransport('connecting')];
    transport.transport.getStats = () => Promise.resolve(new Map());
    expect((await meter.read(transport))?.blocked).to.equal(false);
    expect((await meter.read(transport))?.blocked).to.equal(true);
    const broken = fakeTransport('disconnected');
    broken.pair.bytesReceived = 1_000;
    expect((await meter.read(broken))?.blocked).to.equal(true);
  });

  it('begins anew with another transport, and reads nothing of a closed one', async () => {
    const [meter, first, second] = [new LinkMeter(), fakeTransport(), fakeTransport()];
    await meter.read(first);
    const before = await meter.read(first);
    expect(before?.blocked).to.equal(true);
    const after = await meter.read(second);
    expect([after?.blocked, after?.loss === before?.loss]).to.deep.equal([false, false]);
    second.transport.closed = true;
    expect(await meter.read(second)).to.equal(null);
  });
});
