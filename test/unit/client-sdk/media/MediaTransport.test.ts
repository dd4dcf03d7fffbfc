import { expect } from 'chai';
import type { Device, FakeHandler, types } from 'mediasoup-client';
import type { MediaTransportControls } from '../../../../client-sdk/src/media/MediaTransport.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
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

  const parameters = (usernameFragment: string): types.IceParameters => ({ usernameFragment, password: 'secret' });

  function make(controls: Partial<MediaTransportControls> = {}) {
    /** The user name fragments that others were asked for, and those that were used then. */
    const asked: string[] = [];
    const askedAhead: boolean[] = [];
    const restarts: string[] = [];
    const connected: string[] = [];
    const transport = mediaTransport(device, 'send', 'send', {
      connect: (id) => void connected.push(id),
      restartIce: (_, inUse, isAhead) => {
        asked.push(inUse);
        askedAhead.push(isAhead);
        return Promise.resolve(parameters(`made-${asked.length}`));
      },
      ...controls,
    });
    transport.transport.handler.restartIce = ({ usernameFragment }) =>
      Promise.resolve(void restarts.push(usernameFragment));
    made.push(transport);
    const be = (state: types.ConnectionState) => (transport.transport.handler as FakeHandler).setConnectionState(state);
    /** From now on the statistics have this candidate pair. */
    const hear = (pair: Record<string, number>) => {
      transport.transport.handler.getTransportStats = () =>
        Promise.resolve(statsReport([{ type: 'candidate-pair', ...pair }]));
    };
    return { transport, asked, askedAhead, restarts, connected, be, hear };
  }

  it('lets mediasoup-client go on without waiting for the server', async () => {
    const { transport, connected } = make();
    const producer = await transport.transport.produce({ track: fakeTrack('audio'), stopTracks: false });
    expect(producer.id).to.equal('local-1');
    expect(connected).to.deep.equal(['send']);
  });

  it('restarts ICE at once when it has failed', async () => {
    const { askedAhead, restarts, be } = make();
    be('failed');
    await passUntil('the restart', () => restarts.length === 1);
    expect(askedAhead, 'this one is waited for').to.deep.equal([false]);
  });

  it('asks for one restart at a time', async () => {
    let answer: (made: types.IceParameters) => void = () => undefined;
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
    answer(parameters('made'));
    await pass(20);
    expect(asked).to.equal(1);
  });

  it('tries again where the server could not be asked', async () => {
    let asked = 0;
    const { be } = make({ restartIce: () => (asked++, Promise.reject(new Error('no socket'))) });
    be('failed');
    await passUntil('the second attempt', () => asked === 2);
  });

  it('tries again as soon as there is another socket where the one that was asked is lost', async () => {
    let asked = 0;
    const { be, restarts } = make({
      restartIce: () => {
        const isLost = ++asked === 1;
        return isLost ? Promise.reject(new ChaxiError('connectionLost')) : Promise.resolve(parameters('made'));
      },
    });
    be('failed');
    await pass(100);
    expect(restarts).to.deep.equal(['made']);
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
      parts.hear({ responsesReceived: 5 });
      parts.be('connected');
      await passUntil('its death', () => parts.transport.silent);
      parts.transport.restartIfBroken();
      return { ...parts, release };
    }

    it('takes no new one', async () => {
      const { transport, asked, restarts, hear, release } = await silenced((released) => ({
        untilLive: () => released,
      }));
      hear({ responsesReceived: 6 });
      release();
      await passUntil('that it is well', () => !transport.broken);
      await pass(5_000);
      expect(restarts).to.deep.equal([]);
      expect(asked).to.have.lengthOf(1);
    });

    it('takes no new one that was asked for meanwhile, and takes it the next time without asking', async () => {
      let asked = 0;
      const { transport, restarts, hear, release } = await silenced((released) => ({
        restartIce: async () => {
          asked++;
          await released;
          return parameters('made');
        },
      }));
      await passUntil('the question', () => asked === 1);
      hear({ responsesReceived: 6 });
      release();
      await passUntil('that it is well', () => !transport.broken);
      expect(restarts).to.deep.equal([]);
      await passUntil('that it is silent again', () => transport.silent);
      transport.restartIfBroken();
      await passUntil('the restart', () => restarts.length === 1);
      expect(asked).to.equal(1);
      expect(restarts).to.deep.equal(['made']);
    });
  });

  describe('on another network', () => {
    /** One that is heard at each look. */
    async function connected(controls: Partial<MediaTransportControls> = {}) {
      const parts = make(controls);
      let answers = 0;
      parts.transport.transport.handler.getTransportStats = () =>
        Promise.resolve(statsReport([{ type: 'candidate-pair', responsesReceived: ++answers }]));
      parts.be('connected');
      await passUntil('the first look', () => answers > 0);
      return parts;
    }

    it('finds a new path without the server, which was asked before', async () => {
      let live = true;
      const { transport, asked, askedAhead, restarts } = await connected({
        untilLive: () => (live ? Promise.resolve() : new Promise(() => undefined)),
      });
      expect(asked).to.deep.equal([transportOptions('send').iceParameters.usernameFragment]);
      expect(askedAhead).to.deep.equal([true]);
      live = false;
      transport.restartIce();
      await passUntil('the restart', () => restarts.length === 1);
      expect(restarts).to.deep.equal(['made-1']);
    });

    it('is ready for the next one', async () => {
      const { transport, asked, restarts } = await connected();
      transport.restartIce();
      await passUntil('the question for the next', () => asked.length === 2);
      expect(asked[1]).to.equal('made-1');
      transport.restartIce();
      await passUntil('the second restart', () => restarts.length === 2);
      expect(restarts).to.deep.equal(['made-1', 'made-2']);
    });

    it('finds one more path, however often the network changes while the first is being looked for', async () => {
      const { transport, restarts } = await connected();
      const { handler } = transport.transport;
      const { restartIce } = handler;
      let release: () => void = () => undefined;
      handler.restartIce = async (made) => {
        await restartIce(made);
        await new Promise<void>((resolve) => (release = resolve));
      };
      transport.restartIce();
      await passUntil('the first restart', () => restarts.length === 1);
      for (let change = 0; change < 5; change++) transport.restartIce();
      release();
      await passUntil('the second restart', () => restarts.length === 2);
      release();
      await pass(1_000);
      expect(restarts).to.have.lengthOf(2);
    });

    it('asks a server that refused no sooner than after a while, and then finds its path as it answers', async () => {
      let refusals = 0;
      const { transport, restarts } = await connected({
        restartIce: () => {
          if (refusals === 2) return Promise.resolve(parameters('late'));
          refusals++;
          return Promise.reject(new ChaxiError('rateLimited'));
        },
      });
      await pass(4_000);
      expect(refusals).to.equal(1);
      await passUntil('the second question', () => refusals === 2);
      transport.restartIce();
      await passUntil('the restart', () => restarts.length === 1);
      expect(restarts).to.deep.equal(['late']);
    });

    it('asks again at once where the socket was lost under the question', async () => {
      let losses = 0;
      await connected({ restartIce: () => (losses++, Promise.reject(new ChaxiError('connectionLost'))) });
      await pass(1_000);
      expect(losses).to.be.greaterThan(2);
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
