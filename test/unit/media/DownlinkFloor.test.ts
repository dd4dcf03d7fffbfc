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
  sending = true;
  asked = 0;
  #rtpBytesSent = 0;

  getStats() {
    this.asked++;
    if (this.fails) return Promise.reject(new Error('gone'));
    if (this.sending) this.#rtpBytesSent += 250_000;
    const { lossRatio: rtpPacketLossSent } = this;
    return Promise.resolve([{ rtpPacketLossSent, sendBitrate: 2_000_000, rtpBytesSent: this.#rtpBytesSent }]);
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

  /** A consumer that flows, over a path with this round trip and from a publisher with another. */
  function addConsumer(path: { rttMs?: number } = {}, kind = 'video'): void {
    const getStats = () =>
      Promise.resolve([
        { type: 'outbound-rtp', roundTripTime: path.rttMs },
        { type: 'inbound-rtp', roundTripTime: 700 },
      ]);
    consumers.add({ kind, paused: false, producerPaused: false, getStats } as unknown as types.Consumer);
  }

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

  it('asks nothing of who receives nothing', async () => {
    await pass(10);
    expect(transport.asked).to.equal(0);
  });

  it('asks for no traces while nothing is lost', async () => {
    addConsumer();
    await pass(10);
    expect(transport.traced).to.deep.equal([]);
    expect(transport.floors).to.have.length(1);
  });

  it('takes the last loss of a transport that sends nothing for none', async () => {
    addConsumer();
    transport.lossRatio = 0.2;
    await pass(6);
    transport.sending = false;
    await pass(10);
    expect(transport.floors.at(-1)).to.equal(LEAST_FLOOR_BPS);
  });

  it('takes the last loss of video for none where only sound is left', async () => {
    addConsumer();
    transport.lossRatio = 0.2;
    await pass(6);
    consumers.clear();
    addConsumer({}, 'audio');
    await pass(10);
    expect(transport.floors.at(-1)).to.equal(LEAST_FLOOR_BPS);
    expect(transport.traced.at(-1)).to.deep.equal([]);
  });

  it('rises where loss is all there is, and goes back when it is over', async () => {
    addConsumer();
    transport.lossRatio = 0.2;
    await pass(10);
    expect(transport.traced).to.deep.equal([['bwe']]);
    expect(transport.floors.at(-1)).to.equal(1_000_000);
    transport.lossRatio = 0;
    await pass(10);
    expect(transport.floors.at(-1)).to.equal(LEAST_FLOOR_BPS);
    expect(transport.traced.at(-1)).to.deep.equal([]);
  });

  it('falls when a consumer tells of a longer round trip', async () => {
    const path = { rttMs: 40 };
    addConsumer(path);
    transport.lossRatio = 0.2;
    await pass(10);
    const before = transport.floors.at(-1)!;
    path.rttMs = 500;
    await pass(2);
    expect(transport.floors.at(-1)).to.be.lessThan(before);
  });

  it('goes on after a failure', async () => {
    addConsumer();
    transport.fails = true;
    await pass(4);
    transport.fails = false;
    transport.lossRatio = 0.2;
    await pass(10);
    expect(transport.floors.at(-1)).to.be.greaterThan(LEAST_FLOOR_BPS);
  });

  it('ends with its transport', async () => {
    addConsumer();
    await pass(4);
    transport.close();
    const { asked } = transport;
    await pass(10);
    expect(transport.asked).to.equal(asked);
  });
});
