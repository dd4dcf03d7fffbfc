import { expect } from 'chai';
import type { Device } from 'mediasoup-client';
import { Subscriber } from '../../../../client-sdk/src/media/Subscriber.ts';
import { RemoteParticipant } from '../../../../client-sdk/src/participants/RemoteParticipant.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { ConsumerInfo } from '../../../../protocol/signaling.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { fakeElement, useBrowser } from '../fakes/browser.ts';
import { participantInfo, trackInfo } from '../fakes/infos.ts';
import { closeTransports, consumerInfo, fakeDevice, mediaTransport } from '../fakes/media.ts';
import { recordEvents } from '../fakes/recordEvents.ts';
import { silentLogger } from '../fakes/silentLogger.ts';

describe('Subscriber', () => {
  useBrowser();
  afterEach(closeTransports);
  let device: Device;
  const made: Subscriber[] = [];

  beforeEach(async () => {
    device = await fakeDevice();
  });
  afterEach(() => {
    for (const subscriber of made.splice(0)) subscriber.close();
  });

  function make({ inside = true, adaptive = true, onSubscribed = () => {} } = {}) {
    const state = { inside, refuse: null as ChaxiError | null };
    const anna = new RemoteParticipant(participantInfo({ participantId: 'anna' }));
    const { emit, names } = recordEvents((name) => {
      if (name === 'trackSubscribed') onSubscribed();
    });
    const preferences: object[] = [];
    const blocked: string[] = [];
    const subscriber = new Subscriber({
      logger: silentLogger,
      adaptive,
      emit,
      participant: (id) => (id === 'anna' ? anna : undefined),
      isInside: () => state.inside,
      isLive: () => true,
      setPreferences: (data) => {
        preferences.push(data);
        return state.refuse ? Promise.reject(state.refuse) : Promise.resolve({});
      },
      requestKeyFrame: () => undefined,
      frameArrived: () => undefined,
      playbackBlocked: () => void blocked.push('blocked'),
    });
    made.push(subscriber);
    const subscribed = (count: number) => waitFor(`${count} tracks`, () => anna.tracks.size === count);
    return { subscriber, state, anna, names, preferences, blocked, subscribed };
  }
  const recv = (id = 'recv1') => mediaTransport(device, 'recv', id);
  const camera = () => consumerInfo();
  const microphone = () => consumerInfo({ kind: 'audio' });
  const inTwoSizes = (more: Partial<ConsumerInfo> = {}) => {
    const { rtpParameters } = consumerInfo();
    const encodings = [{ ssrc: 1, scalabilityMode: 'L2T3' }];
    return consumerInfo({ type: 'simulcast', rtpParameters: { ...rtpParameters, encodings }, ...more });
  };

  const nothingElse = { paused: undefined, preferredLayers: undefined };

  it('makes all consumers of a snapshot in one exchange', async () => {
    const { subscriber, anna, names, subscribed } = make();
    const transport = recv();
    const exchanges: number[] = [];
    const { handler } = transport.transport;
    const receive = handler.receive.bind(handler);
    handler.receive = (list) => {
      exchanges.push(list.length);
      return receive(list);
    };
    subscriber.apply(transport, [camera(), microphone()]);
    await subscribed(2);
    expect(exchanges[0]).to.equal(2);
    expect(names).to.deep.equal(['trackSubscribed', 'trackSubscribed']);
    expect([...anna.tracks.keys()]).to.have.members(['camera', 'microphone']);
  });

  it('resumes a consumer that came paused, and leaves one that came resumed alone', async () => {
    const { subscriber, preferences, subscribed } = make();
    const paused = consumerInfo({ paused: true });
    subscriber.apply(recv(), [paused, microphone()]);
    await subscribed(2);
    await waitFor('the request', () => preferences.length > 0);
    expect(preferences).to.deep.equal([{ consumerId: paused.consumerId, paused: false, preferredLayers: undefined }]);
  });

  it('makes consumers before the room is entered, and shows them then', async () => {
    const { subscriber, state, anna, names, preferences } = make({ inside: false });
    const transport = recv();
    const prepared = consumerInfo({ paused: true });
    subscriber.apply(transport, [prepared]);
    await waitFor('the consumer', () => [...subscriber.subscriptions][0]?.consumer);
    expect(names).to.deep.equal([]);
    state.inside = true;
    subscriber.apply(transport, [{ ...prepared, paused: false }]);
    subscriber.bindAll();
    expect(names).to.deep.equal(['trackSubscribed']);
    expect(anna.tracks.size).to.equal(1);
    expect(preferences).to.deep.equal([]);
  });

  it('shows nothing while it is back in the lobby, and keeps the consumers for the next entry', async () => {
    const { subscriber, state, anna, names, preferences, subscribed } = make();
    const transport = recv();
    const info = camera();
    subscriber.apply(transport, [info]);
    await subscribed(1);
    const consumer = [...subscriber.subscriptions][0]?.consumer;
    state.inside = false;
    subscriber.apply(transport, [{ ...info, paused: true }]);
    subscriber.removeParticipant('anna');
    expect([anna.tracks.size, consumer?.closed]).to.deep.equal([0, false]);
    state.inside = true;
    subscriber.apply(transport, [{ ...info, paused: true }]);
    subscriber.bindAll();
    await waitFor('the resume', () => preferences.length > 0);
    expect(preferences).to.deep.equal([{ ...nothingElse, consumerId: info.consumerId, paused: false }]);
    expect([...subscriber.subscriptions][0]?.consumer).to.equal(consumer);
    expect(names).to.deep.equal(['trackSubscribed', 'trackUnsubscribed', 'trackSubscribed']);
  });

  it('keeps what it knows, adds what is new and ends what is gone', async () => {
    const { subscriber, anna, names, subscribed } = make();
    const transport = recv();
    const [first, second] = [camera(), microphone()];
    subscriber.apply(transport, [first, second]);
    await subscribed(2);
    const kept = anna.tracks.get('microphone');
    const cup = consumerInfo({ source: 'teaCloseUp', producerId: 'cup' });
    subscriber.apply(transport, [second, cup]);
    await waitFor('the cup', () => anna.tracks.has('teaCloseUp'));
    expect(anna.tracks.get('microphone')).to.equal(kept);
    expect(anna.tracks.has('camera')).to.equal(false);
    expect(names).to.deep.equal(['trackSubscribed', 'trackSubscribed', 'trackUnsubscribed', 'trackSubscribed']);
  });

  it('keeps the track and its elements when the same publication comes over another transport', async () => {
    const { subscriber, anna, names, subscribed } = make();
    const before = recv();
    const info = camera();
    subscriber.apply(before, [info]);
    await subscribed(1);
    const track = anna.tracks.get('camera');
    const element = fakeElement();
    track?.attach(element);
    const mediaStreamTrack = track?.mediaStreamTrack;
    before.close();
    subscriber.apply(recv('recv2'), [{ ...info, consumerId: 'another' }]);
    await waitFor('the other consumer', () => track?.mediaStreamTrack !== mediaStreamTrack);
    expect(anna.tracks.get('camera')).to.equal(track);
    expect(names).to.deep.equal(['trackSubscribed']);
    expect((element.srcObject as unknown as MediaStream).getTracks()).to.deep.equal([track?.mediaStreamTrack]);
  });

  it('shows a source that was published anew as another track', async () => {
    const { subscriber, anna, names, subscribed } = make();
    subscriber.apply(recv(), [camera()]);
    await subscribed(1);
    const first = anna.tracks.get('camera');
    const again = consumerInfo({ producerId: 'again' });
    subscriber.add(again);
    await waitFor('the other track', () => anna.tracks.get('camera') !== first);
    expect(names).to.deep.equal(['trackSubscribed', 'trackUnsubscribed', 'trackSubscribed']);
  });

  it('tells of a track that comes muted', async () => {
    const { subscriber, anna, names, subscribed } = make();
    anna.setPublishedTrack(trackInfo({ producerId: 'p1', paused: true }));
    subscriber.apply(recv(), [consumerInfo({ producerId: 'p1' })]);
    await subscribed(1);
    expect(names).to.deep.equal(['trackSubscribed', 'trackMuted']);
  });

  it('lets the application take the elements of an ended track out of the page', async () => {
    const { subscriber, anna, subscribed } = make();
    const info = camera();
    subscriber.apply(recv(), [info]);
    await subscribed(1);
    const track = anna.tracks.get('camera');
    const element = fakeElement();
    track?.attach(element);
    subscriber.removeConsumer(info.consumerId);
    expect(track?.attachedElements).to.deep.equal([]);
    expect(element.srcObject).to.equal(null);
    subscriber.removeConsumer(info.consumerId);
  });

  it('asks again where it asked for too much at once', async () => {
    const { subscriber, preferences, subscribed, state } = make();
    state.refuse = new ChaxiError('rateLimited');
    subscriber.apply(recv(), [consumerInfo({ paused: true })]);
    await subscribed(1);
    await waitFor('the request', () => preferences.length === 1);
    state.refuse = null;
    await waitFor('the next request', () => preferences.length === 2, { timeoutMs: 3_000 });
    expect(preferences[1]).to.deep.equal(preferences[0]);
  });

  it('stops receiving where the application says so, and continues', async () => {
    const { subscriber, anna, preferences, subscribed } = make();
    const info = camera();
    subscriber.apply(recv(), [info]);
    await subscribed(1);
    anna.tracks.get('camera')?.setSubscribed(false);
    await waitFor('the pause', () => preferences.length === 1);
    anna.tracks.get('camera')?.setSubscribed(true);
    await waitFor('the end of it', () => preferences.length === 2);
    expect(preferences.map((preference) => (preference as { paused: boolean }).paused)).to.deep.equal([true, false]);
  });

  it('asks for the layer that an element needs', async () => {
    const { subscriber, anna, preferences, subscribed } = make();
    subscriber.apply(recv(), [inTwoSizes()]);
    await subscribed(1);
    const element = fakeElement();
    Object.assign(element, { clientWidth: 320, clientHeight: 180 });
    anna.tracks.get('camera')?.attach(element);
    await waitFor('the smaller layer', () => preferences.length === 1, { timeoutMs: 5_000 });
    expect(preferences[0]).to.deep.include({ preferredLayers: { spatialLayer: 0 } });
    element.clientWidth = 1_280;
    element.clientHeight = 720;
    anna.tracks.get('camera')?.attach(element);
    await waitFor('the larger layer', () => preferences.length === 2);
    expect(preferences[1]).to.deep.include({ preferredLayers: { spatialLayer: 1 } });
  });

  it('tells once who comes first on a tight link, and does not follow each pause in speaking', async () => {
    const { subscriber, anna, preferences, subscribed } = make();
    const [camera, cup] = [
      inTwoSizes({ producerId: 'camera' }),
      inTwoSizes({ producerId: 'cup', source: 'teaCloseUp' }),
    ];
    subscriber.apply(recv(), [camera, cup]);
    await subscribed(2);
    await waitFor('the close-up to be told', () => preferences.length > 0);
    expect(preferences).to.deep.equal([{ consumerId: cup.consumerId, ...nothingElse, priority: 200 }]);
    for (const speaking of [true, false, true, false, true]) {
      anna.updateSpeaking(speaking);
      subscriber.viewChanged();
    }
    await waitFor('the speaker to be told', () => preferences.length > 1);
    anna.updateSpeaking(false);
    subscriber.viewChanged();
    await waitFor('the end of it', () => preferences.length > 2);
    expect(preferences.slice(1)).to.deep.equal([
      { consumerId: camera.consumerId, ...nothingElse, priority: 100 },
      { consumerId: camera.consumerId, ...nothingElse, priority: 1 },
    ]);
  });

  for (const [when, attach] of [
    ['at once', (show: () => void) => show()],
    ['in a microtask, as view libraries do', (show: () => void) => queueMicrotask(show)],
  ] as const) {
    it(`begins a paused video in the layer that its element needs, attached ${when}`, async () => {
      const element = Object.assign(fakeElement(), { clientWidth: 320, clientHeight: 180 });
      const { subscriber, anna, preferences } = make({
        onSubscribed: () => attach(() => anna.tracks.get('camera')?.attach(element)),
      });
      const info = inTwoSizes({ paused: true });
      subscriber.apply(recv(), [info]);
      await waitFor('the request', () => preferences.length === 1);
      expect(preferences).to.deep.equal([
        { consumerId: info.consumerId, paused: false, preferredLayers: { spatialLayer: 0 } },
      ]);
    });
  }

  it('tells that the browser wants a click before it plays', async () => {
    const { subscriber, anna, blocked, subscribed } = make();
    subscriber.apply(recv(), [microphone()]);
    await subscribed(1);
    const element = fakeElement();
    element.playFailure = new DOMException('click first', 'NotAllowedError');
    anna.tracks.get('microphone')?.attach(element);
    await waitFor('the event', () => blocked.length === 1);
    element.playFailure = null;
    await subscriber.resumePlayback();
    expect(blocked).to.have.lengthOf(1);
  });

  it('survives a transport that is closed in the midst of it', async () => {
    const { subscriber, names } = make();
    const transport = recv();
    subscriber.apply(transport, [camera()]);
    transport.close();
    subscriber.apply(null, []);
    await new Promise((resolve) => setImmediate(resolve));
    expect(names).to.deep.equal([]);
  });

  it('ignores a consumer that can not be decoded', async () => {
    const { subscriber, anna, subscribed } = make();
    const odd = camera();
    odd.rtpParameters = {
      ...odd.rtpParameters,
      codecs: [{ mimeType: 'video/WHAT', payloadType: 99, clockRate: 90_000 }],
    };
    subscriber.apply(recv(), [odd, microphone()]);
    await subscribed(1);
    expect([...anna.tracks.keys()]).to.deep.equal(['microphone']);
  });

  it('ends every track when it is closed', async () => {
    const { subscriber, anna, names, subscribed } = make();
    subscriber.apply(recv(), [camera(), microphone()]);
    await subscribed(2);
    subscriber.close();
    subscriber.close();
    expect(anna.tracks.size).to.equal(0);
    expect(names.filter((name) => name === 'trackUnsubscribed')).to.have.lengthOf(2);
  });
});
