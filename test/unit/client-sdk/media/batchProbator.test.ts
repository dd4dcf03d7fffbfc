import { expect } from 'chai';
import type { Device, types } from 'mediasoup-client';
import { batchProbator } from '../../../../client-sdk/src/media/batchProbator.ts';
import { consumerInfo, fakeDevice, transportOptions } from '../fakes/media.ts';

describe('batchProbator', () => {
  let device: Device;

  before(async () => {
    device = await fakeDevice();
  });

  /** A receiving transport, and the ids that each SDP exchange was for. */
  function make() {
    const transport = device.createRecvTransport(transportOptions('recv') as types.TransportOptions);
    transport.on('connect', (_, callback) => callback());
    const exchanges: string[][] = [];
    const { handler } = transport;
    const receive = handler.receive.bind(handler);
    let failing = false;
    handler.receive = (list) => {
      exchanges.push(list.map(({ kind, trackId }) => (trackId === 'probator' ? trackId : kind)));
      if (!failing) return receive(list);
      failing = false;
      return Promise.reject(new Error('no'));
    };
    batchProbator(handler);
    const consume = (kind: 'audio' | 'video') => {
      const { consumerId: id, producerId, rtpParameters } = consumerInfo({ kind });
      return transport.consume({ id, producerId, kind, rtpParameters: rtpParameters as types.RtpParameters });
    };
    return { exchanges, consume, failNext: () => (failing = true) };
  }

  it('makes the probing stream with the first video, and only once', async () => {
    const { exchanges, consume } = make();
    const [audio, video] = await Promise.all([consume('audio'), consume('video')]);
    expect([audio.kind, video.kind]).to.deep.equal(['audio', 'video']);
    await consume('video');
    expect(exchanges).to.deep.equal([['audio', 'video', 'probator'], ['video']]);
  });

  it('makes none for audio alone', async () => {
    const { exchanges, consume } = make();
    await consume('audio');
    expect(exchanges).to.deep.equal([['audio']]);
  });

  it('tries again with the next video where the exchange failed', async () => {
    const { exchanges, consume, failNext } = make();
    failNext();
    const failure: unknown = await consume('video').catch((error: unknown) => error);
    expect(failure).to.be.an.instanceOf(Error);
    await consume('video');
    expect(exchanges).to.deep.equal([
      ['video', 'probator'],
      ['video', 'probator'],
    ]);
  });
});
