import { expect } from 'chai';
import type { Device, FakeHandler, types } from 'mediasoup-client';
import type { MediaTransportControls } from '../../../../client-sdk/src/media/MediaTransport.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';
import { statsReport } from '../fakes/statsReport.ts';
import { fakeDevice, mediaTransport, transportOptions } from '../fakes/media.ts';

describe('MediaTransport', () => {
  let device: Device;
  const made: { close(): void }[] = [];

  before(async () => {
    device = await fakeDevice();
  });
  afterEach(() => {
    for (const transport of made.splice(0)) transport.close();
  });

  function make(controls: Partial<MediaTransportControls> = {}) {
    const restarts: string[] = [];
    const connected: string[] = [];
    const { iceParameters } = transportOptions('send') as types.TransportOptions;
    const transport = mediaTransport(device, 'send', 'send', {
      connect: (id) => void connected.push(id),
      restartIce: (id) => {
        restarts.push(id);
        return Promise.resolve(iceParameters);
      },
      ...controls,
    });
    made.push(transport);
    const be = (state: types.ConnectionState) => (transport.transport.handler as FakeHandler).setConnectionState(state);
    /** From now on the statistics have this candidate pair. */
    const hear = (pair: Record<string, number>) => {
      transport.transport.handler.getTransportStats = () =>
        Promise.resolve(statsReport([{ type: 'candidate-pair', ...pair }]));
    };
    return { transport, restarts, connected, be, hear };
  }

  it('lets mediasoup-client go on without waiting for the server', async () => {
    const { transport, connected } = make();
    const producer = await transport.transport.produce({ track: fakeTrack('audio'), stopTracks: false });
    expect(producer.id).to.equal('local-1');
    expect(connected).to.deep.equal(['send']);
  });

  it('restarts ICE at once when it has failed', async () => {
    const { restarts, be } = make();
    be('failed');
    await waitFor('the restart', () => restarts.length === 1);
  });

  it('asks for one restart at a time', async () => {
    let answer: (parameters: types.IceParameters) => void = () => undefined;
    let asked = 0;
    const { transport, be } = make({
      restartIce: () => {
        asked++;
        return new Promise((resolve) => (answer = resolve));
      },
    });
    be('failed');
    await waitFor('the request', () => asked === 1);
    transport.restartIce();
    be('disconnected');
    be('failed');
    answer(transportOptions('send').iceParameters as types.IceParameters);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).to.equal(1);
  });

  it('tries again where the server could not be asked', async () => {
    let asked = 0;
    const { be } = make({ restartIce: () => (asked++, Promise.reject(new Error('no socket'))) });
    be('failed');
    await waitFor('the second attempt', () => asked === 2, { timeoutMs: 3_000 });
  });

  it('finds a new path when not even ICE is answered any more, though the browser still calls it connected', async function () {
    this.timeout(40_000);
    const { transport, restarts, be, hear } = make();
    hear({ responsesReceived: 5 });
    const paths: string[] = [];
    transport.on('pathChanged', (path) => void paths.push(path));
    be('connected');
    expect(transport.broken).to.equal(false);
    await waitFor('the restart', () => restarts.length === 1, { timeoutMs: 20_000 });
    expect(paths).to.deep.equal(['doubtful', 'dead']);
    expect(transport.broken).to.equal(true);
    await waitFor('another restart, since nothing came', () => restarts.length === 2, { timeoutMs: 20_000 });
  });

  it('has nothing to restart before it was used', async () => {
    const { transport, restarts } = make();
    transport.restartIce();
    transport.restartIfBroken();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(restarts).to.deep.equal([]);
  });

  it('resolves when it is connected, or closed', async () => {
    const { transport, be } = make();
    const waiting = transport.untilConnected();
    be('connecting');
    be('connected');
    await waiting;
    await transport.untilConnected();
    const other = make().transport;
    const closing = other.untilConnected();
    other.close();
    await closing;
  });
});
