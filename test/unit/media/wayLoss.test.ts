import { expect } from 'chai';
import type { types } from 'mediasoup';
import { EventEmitter } from 'node:events';
import { DownlinkLoss, type CountingConsumer } from '../../../server/media/DownlinkLoss.ts';
import { UplinkLoss, type CountingProducer } from '../../../server/media/UplinkLoss.ts';

/** What a worker counts of one stream, on its way in or out. */
class FakeStream {
  readonly observer = new EventEmitter();
  readonly counts = { packetCount: 0, packetsLost: 0, packetsRepaired: 0, bitrate: 0 };
  readonly kind: 'audio' | 'video';
  paused = false;
  producerPaused = false;
  asked = 0;

  constructor(kind: FakeStream['kind']) {
    this.kind = kind;
  }

  /** Some seconds of media pass. */
  pass(packets: number, { lost = 0, repaired = 0 } = {}): void {
    this.counts.packetCount += packets;
    this.counts.packetsLost += lost;
    this.counts.packetsRepaired += repaired;
    this.counts.bitrate = packets * 1_000;
  }

  getStats() {
    this.asked += 1;
    return Promise.resolve([{ ...this.counts }]);
  }

  get producer(): CountingProducer {
    return this as unknown as CountingProducer;
  }

  get consumer(): CountingConsumer {
    return this as unknown as CountingConsumer;
  }
}

/** A transport whose figure stays as it was when the last video came. */
function transportWith(lossRatio: number | undefined) {
  const stat = { rtpPacketLossReceived: lossRatio, rtpPacketLossSent: lossRatio };
  return { getStats: () => Promise.resolve([stat as types.WebRtcTransportStat]) };
}

describe('the loss on the way of a publisher', () => {
  function publish(lossRatio: number | undefined, ...streams: FakeStream[]): UplinkLoss {
    const loss = new UplinkLoss(transportWith(lossRatio));
    for (const { producer } of streams) loss.add(producer);
    return loss;
  }
  const camera = () => new FakeStream('video');
  const microphone = () => new FakeStream('audio');

  it('is that of the transport while video comes', async () => {
    const [video, audio] = [camera(), microphone()];
    const loss = publish(0.2, video, audio);
    video.pass(500);
    audio.pass(100);
    expect(await loss.ratio()).to.equal(0.2);
    expect(audio.asked).to.equal(0);
  });

  it('is that of the speech when the camera was muted on a good network', async () => {
    const [video, audio] = [camera(), microphone()];
    const loss = publish(0, video, audio);
    video.pass(500);
    video.paused = true;
    await loss.ratio();
    audio.pass(80, { lost: 5, repaired: 12 });
    expect(await loss.ratio()).to.equal(17 / 85);
  });

  it('is that of the speech when the camera was muted on a bad one', async () => {
    const [video, audio] = [camera(), microphone()];
    const loss = publish(0.2, video, audio);
    video.paused = true;
    audio.pass(80, { lost: 20 });
    await loss.ratio();
    audio.pass(100);
    expect(await loss.ratio()).to.equal(0);
  });

  it('is that of the speech when nobody watches the camera', async () => {
    const [video, audio] = [camera(), microphone()];
    const loss = publish(0.2, video, audio);
    await loss.ratio();
    audio.pass(100);
    expect(await loss.ratio()).to.equal(0);
    video.pass(500);
    expect(await loss.ratio()).to.equal(0.2);
  });

  it('is that of the speech where there is a microphone only', async () => {
    const audio = microphone();
    const loss = publish(undefined, audio);
    await loss.ratio();
    audio.pass(90, { repaired: 9, lost: 10 });
    expect(await loss.ratio()).to.equal(0.19);
  });

  it('is not known where nothing is published, all is muted, or someone is silent', async () => {
    expect(await publish(0.2).ratio()).to.equal(undefined);
    const audio = microphone();
    const loss = publish(0.2, audio);
    await loss.ratio();
    audio.pass(6, { lost: 3 });
    expect(await loss.ratio()).to.equal(undefined);
    audio.pass(200, { lost: 100 });
    audio.paused = true;
    expect(await loss.ratio()).to.equal(undefined);
  });

  it('has nothing to do with a producer that is closed', async () => {
    const [video, audio] = [camera(), microphone()];
    const loss = publish(0.2, video, audio);
    video.pass(500);
    for (const stream of [video, audio]) stream.observer.emit('close');
    expect(await loss.ratio()).to.equal(undefined);
    expect(video.asked + audio.asked).to.equal(0);
  });
});

describe('the loss on the way to someone', () => {
  /** What someone receives, and what comes from its publisher. */
  interface Received {
    from: FakeStream;
    to: FakeStream;
  }
  const received = (kind: FakeStream['kind']): Received => ({ from: new FakeStream(kind), to: new FakeStream(kind) });
  function watch(lossRatio: number | undefined, ...streams: Received[]): DownlinkLoss {
    const loss = new DownlinkLoss(transportWith(lossRatio));
    for (const { from, to } of streams) loss.add(to.consumer, from.producer);
    return loss;
  }

  it('is that of the transport while video is sent', async () => {
    const [video, audio] = [received('video'), received('audio')];
    const loss = watch(0.2, video, audio);
    video.to.pass(500);
    expect(await loss.ratio()).to.equal(0.2);
    expect(audio.to.asked + audio.from.asked).to.equal(0);
  });

  for (const [what, pause] of [
    ['is watched', (stream: FakeStream) => (stream.paused = true)],
    ['is shown', (stream: FakeStream) => (stream.producerPaused = true)],
    ['is sent', (stream: FakeStream) => (stream.counts.bitrate = 0)],
  ] as const) {
    it(`is that of the sound where no video ${what} any more`, async () => {
      const [video, audio] = [received('video'), received('audio')];
      const loss = watch(0, video, audio);
      video.to.pass(500);
      pause(video.to);
      await loss.ratio();
      audio.from.pass(100);
      audio.to.pass(100, { lost: 4, repaired: 16 });
      expect(await loss.ratio()).to.equal(0.2);
      audio.from.pass(100);
      audio.to.pass(100);
      expect(await loss.ratio()).to.equal(0);
    });
  }

  it('is not what the publisher of a sound has lost', async () => {
    const audio = received('audio');
    const loss = watch(undefined, audio);
    await loss.ratio();
    audio.from.pass(80, { lost: 5, repaired: 15 });
    audio.to.pass(95, { lost: 5, repaired: 8 });
    expect(await loss.ratio()).to.equal(0);
  });

  it('is what all sounds lose, where there are several', async () => {
    const sounds = [received('audio'), received('audio')];
    const loss = watch(undefined, ...sounds);
    await loss.ratio();
    for (const [index, { from, to }] of sounds.entries()) {
      from.pass(100);
      to.pass(100, { repaired: 5 + index * 20 });
    }
    expect(await loss.ratio()).to.equal(0.05);
  });

  it('is not known where nothing is received, or only a paused sound', async () => {
    expect(await watch(0.2).ratio()).to.equal(undefined);
    const audio = received('audio');
    const loss = watch(0.2, audio);
    await loss.ratio();
    audio.to.pass(100, { lost: 50 });
    audio.to.producerPaused = true;
    expect(await loss.ratio()).to.equal(undefined);
  });

  it('has nothing to do with a consumer that is closed', async () => {
    const video = received('video');
    const loss = watch(0.2, video);
    video.to.pass(500);
    video.to.observer.emit('close');
    expect(await loss.ratio()).to.equal(undefined);
    expect(video.to.asked).to.equal(0);
  });
});
