import { expect } from 'chai';
import type { types } from 'mediasoup';
import { EventEmitter } from 'node:events';
import { mock } from 'node:test';
import { DownlinkFloor } from '../../../server/media/DownlinkFloor.ts';
import { LEAST_FLOOR_BPS } from '../../../server/media/lossFloorPolicy.ts';

const SECOND_MS = 1_000;

/** A transport that loses as much as it is told to. */
class FakeTransport extends EventEmitter {
  readonly observer = new EventEmitter();
  readonly floors: number[] = [];
  readonly traced: string[][] = [];
  lossRatio = 0;
  closed = false;
  fails = false;
  asked = 0;

  getStats() {
    this.asked++;
    return this.fails
      ? Promise.reject(new Error('gone'))
      : Promise.resolve([{ rtpPacketLossSent: this.lossRatio, sendBitrate: 2_000_000 }]);
  }

  enableTraceEvent(types: string[]) {
    this.traced.push(types);
    return Promise.resolve();
  }

  setMinOutgoingBitrate(bps: number) {
    this.floors.push(bps);
    return Promise.resolve();
  }

  tellEstimation(availableBitrate: number, desiredBitrate: number): void {
    this.emit('trace', { type: 'bwe', info: { availableBitrate, desiredBitrate } });
  }

  close(): void {
    this.closed = true;
    this.observer.emit('close');
  }
}

describe('the floor of one transport', () => {
  let transport: FakeTransport;
  const consumers = new Set<types.Consumer>();

  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      if (transport.traced.at(-1)?.length) transport.tellEstimation(2_000_000, 3_000_000);
      mock.timers.tick(SECOND_MS);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  }

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    consumers.clear();
    transport = new FakeTransport();
    new DownlinkFloor(transport as unknown as types.WebRtcTransport, consumers);
  });

  afterEach(() => {
    transport.close();
    mock.timers.reset();
  });

  it('begins with the least', () => {
    expect(transport.floors).to.deep.equal([LEAST_FLOOR_BPS]);
  });

  it('asks for no traces while nothing is lost', async () => {
    await pass(10);
    expect(transport.traced).to.deep.equal([]);
    expect(transport.floors).to.have.length(1);
  });

  it('rises where loss is all there is, and goes back when it is over', async () => {
    transport.lossRatio = 0.2;
    await pass(10);
    expect(transport.traced).to.deep.equal([['bwe']]);
    expect(transport.floors.at(-1)).to.be.greaterThan(1_000_000);
    transport.lossRatio = 0;
    await pass(10);
    expect(transport.floors.at(-1)).to.equal(LEAST_FLOOR_BPS);
    expect(transport.traced.at(-1)).to.deep.equal([]);
  });

  it('falls when a consumer tells of a longer round trip', async () => {
    let roundTripTime = 40;
    const getStats = () => Promise.resolve([{}, { roundTripTime }]);
    consumers.add({ paused: false, producerPaused: false, getStats } as unknown as types.Consumer);
    transport.lossRatio = 0.2;
    await pass(10);
    const before = transport.floors.at(-1)!;
    roundTripTime = 500;
    await pass(2);
    expect(transport.floors.at(-1)).to.be.lessThan(before);
  });

  it('goes on after a failure', async () => {
    transport.fails = true;
    await pass(4);
    transport.fails = false;
    transport.lossRatio = 0.2;
    await pass(10);
    expect(transport.floors.at(-1)).to.be.greaterThan(LEAST_FLOOR_BPS);
  });

  it('ends with its transport', async () => {
    await pass(4);
    transport.close();
    const { asked } = transport;
    await pass(10);
    expect(transport.asked).to.equal(asked);
  });
});
