import { expect } from 'chai';
import type { Device, FakeHandler, types } from 'mediasoup-client';
import type { MediaTransportControls } from '../../../../client-sdk/src/media/MediaTransport.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';
import { usePageClock } from '../fakes/pageClock.ts';
import { statsReport } from '../fakes/statsReport.ts';
import { fakeDevice, mediaTransport, transportOptions } from '../fakes/media.ts';

describe('MediaTransport', () => {
  const { pass, passUntil } = usePageClock();
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
    await passUntil('the restart', () => restarts.length === 1);
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
    await passUntil('the request', () => asked === 1);
    transport.restartIce();
    be('disconnected');
    be('failed');
    answer(transportOptions('send').iceParameters as types.IceParameters);
    await pass(20);
    expect(asked).to.equal(1);
  });

  it('tries again where the server could not be asked', async () => {
    let asked = 0;
    const { be } = make({ restartIce: () => (asked++, Promise.reject(new Error('no socket'))) });
    be('failed');
    await passUntil('the second attempt', () => asked === 2);
  });

  it('finds a new path when not even ICE is answered any more, though the browser still calls it connected', async () => {
    const { transport, restarts, be, hear } = make();
    hear({ responsesReceived: 5 });
    const paths: string[] = [];
    transport.on('pathChanged', (path) => void paths.push(path));
    be('connected');
    expect(transport.broken).to.equal(false);
    await passUntil('the restart', () => restarts.length === 1);
    expect(paths).to.deep.equal(['doubtful', 'dead']);
    expect(transport.broken).to.equal(true);
    await passUntil('another restart, since nothing came', () => restarts.length === 2);
  });

  describe('whose path comes back with the socket', () => {
    /** One that was heard, is dead, and waits for a socket to be live or for the server's answer. */
    async function silenced(controls: (released: Promise<void>) => Partial<MediaTransportControls>) {
      let release: () => void = () => undefined;
      const parts = make(controls(new Promise((resolve) => (release = resolve))));
      const applied: types.IceParameters[] = [];
      parts.transport.transport.handler.restartIce = (parameters) => Promise.resolve(void applied.push(parameters));
      parts.hear({ responsesReceived: 5 });
      parts.be('connected');
      await passUntil('its death', () => parts.transport.silent);
      parts.transport.restartIfBroken();
      return { ...parts, applied, release };
    }

    it('asks for no new one', async () => {
      const { transport, restarts, applied, hear, release } = await silenced((released) => ({
        untilLive: () => released,
      }));
      hear({ responsesReceived: 6 });
      release();
      await passUntil('that it is well', () => !transport.broken);
      await pass(5_000);
      expect([restarts, applied]).to.deep.equal([[], []]);
    });

    it('takes no new one that was asked for meanwhile, and takes it the next time without asking', async () => {
      let asked = 0;
      const offer = transportOptions('send').iceParameters as types.IceParameters;
      const { transport, applied, hear, release } = await silenced((released) => ({
        restartIce: async () => {
          asked++;
          await released;
          return offer;
        },
      }));
      await passUntil('the question', () => asked === 1);
      hear({ responsesReceived: 6 });
      release();
      await passUntil('that it is well', () => !transport.broken);
      expect(applied).to.deep.equal([]);
      await passUntil('that it is silent again', () => transport.silent);
      transport.restartIfBroken();
      await passUntil('the restart', () => applied.length === 1);
      expect(asked).to.equal(1);
      expect(applied).to.deep.equal([offer]);
    });

    it('takes a new one where the network is known to be another', async () => {
      const { transport, restarts, be, hear } = make();
      hear({ responsesReceived: 5 });
      be('connected');
      transport.restartIce();
      await passUntil('the restart', () => restarts.length === 1);
    });
  });

  it('has nothing to restart before it was used', async () => {
    const { transport, restarts } = make();
    transport.restartIce();
    transport.restartIfBroken();
    await pass(5_000);
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
