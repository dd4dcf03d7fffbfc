import { expect } from 'chai';
import type { Device } from 'mediasoup-client';
import { givenCapture, type Capture } from '../../../../client-sdk/src/devices/Capture.ts';
import type { MediaTransport } from '../../../../client-sdk/src/media/MediaTransport.ts';
import { Publisher } from '../../../../client-sdk/src/media/Publisher.ts';
import type { LocalParticipant } from '../../../../client-sdk/src/participants/LocalParticipant.ts';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { Source } from '../../../../protocol/grants.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { frameTrack, useBreakoutBox } from '../fakes/breakoutBox.ts';
import { useBrowser } from '../fakes/browser.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';
import { trackInfo } from '../fakes/infos.ts';
import { silentLogger } from '../fakes/silentLogger.ts';
import { closeTransports, fakeDevice, mediaTransport } from '../fakes/media.ts';
import { recordEvents } from '../fakes/recordEvents.ts';
import { rejection } from '../fakes/rejection.ts';
import { statsReport } from '../fakes/statsReport.ts';

interface Produce {
  source: Source;
  paused: boolean;
}

describe('Publisher', () => {
  useBrowser();
  afterEach(closeTransports);
  let device: Device;

  beforeEach(async () => {
    device = await fakeDevice();
  });

  /** A publisher in a room, unless it is told otherwise. The server says yes to everything, unless `answer` throws. */
  function make({ inside = true, live = true, entering = true, withTransport = true } = {}) {
    const state = {
      inside,
      live,
      entering,
      transport: withTransport ? mediaTransport(device, 'send', 'send1') : (null as MediaTransport | null),
      answer: (() => undefined) as (method: string) => void | Promise<void>,
    };
    const requests: [method: string, data: object][] = [];
    const { emit, names, args } = recordEvents();
    let producers = 0;
    const publisher = new Publisher({
      logger: silentLogger,
      participant: {} as LocalParticipant,
      sendCapabilities: device.sendRtpCapabilities,
      emit,
      get transport() {
        return state.transport;
      },
      get inside() {
        return state.inside;
      },
      get live() {
        return state.live;
      },
      get entering() {
        return state.entering;
      },
      request: async (method, data) => {
        requests.push([method, data]);
        await state.answer(method);
        return (method === 'produce' ? { producerId: `producer${++producers}` } : {}) as never;
      },
    });
    const sent = (method: string) => requests.filter(([name]) => name === method).map(([, data]) => data);
    const produced = () =>
      (sent('produce') as Produce[]).map(({ source, paused }) => `${source}${paused ? ' muted' : ''}`);
    return { publisher, state, requests, sent, produced, names, args };
  }
  const own = (kind: 'audio' | 'video' = 'video') => givenCapture(fakeTrack(kind), true);
  const camera = (
    open: () => Promise<MediaStreamTrack> = () => Promise.resolve(fakeTrack('video', { deviceId: 'cam' })),
  ): Capture => ({
    open,
    reopenable: true,
    owned: true,
  });

  it('publishes a track and resolves when the server has it', async () => {
    const { publisher, produced, names } = make();
    const track = await publisher.publish({ source: 'camera', capture: own() });
    expect(produced()).to.deep.equal(['camera']);
    expect(names).to.deep.equal(['localTrackPublished']);
    expect(publisher.tracks.get('camera')).to.equal(track);
  });

  it('waits for the transport', async () => {
    const { publisher, state, produced } = make({ withTransport: false });
    const publishing = publisher.publish({ source: 'camera', capture: own() });
    expect(produced()).to.deep.equal([]);
    state.transport = mediaTransport(device, 'send', 'send1');
    publisher.sync();
    await publishing;
    expect(produced()).to.deep.equal(['camera']);
  });

  it('negotiates before the room is entered, and tells the server then', async () => {
    const { publisher, state, produced } = make({ inside: false });
    const publishing = publisher.publish({ source: 'camera', capture: own() });
    await waitFor('the negotiation', () => [...publisher.publications][0]?.producer);
    expect(produced()).to.deep.equal([]);
    state.inside = true;
    publisher.sync();
    await publishing;
    expect(produced()).to.deep.equal(['camera']);
  });

  it('sends nothing while it is back in the lobby, and is published again when it is let in', async () => {
    const { publisher, state, produced } = make();
    await publisher.publish({ source: 'camera', capture: own() });
    const producer = [...publisher.publications][0]?.producer;
    const encodings = [{ active: true }, { active: true }];
    const rtpSender = {
      getParameters: () => ({ encodings: encodings.map((encoding) => ({ ...encoding })) }),
      setParameters: (parameters: RTCRtpSendParameters) => {
        encodings.forEach((encoding, index) => (encoding.active = parameters.encodings[index]?.active ?? false));
        return Promise.resolve();
      },
    };
    Object.defineProperty(producer, 'rtpSender', { get: () => rtpSender });
    state.inside = false;
    publisher.reconcile([], []);
    await waitFor('the end of sending', () => encodings.every(({ active }) => !active));
    state.inside = true;
    publisher.reconcile([], []);
    await waitFor('the publication', () => produced().length === 2);
    expect(encodings[0]?.active).to.equal(true);
    expect([...publisher.publications][0]?.producer).to.equal(producer);
  });

  it('ends what may not be published any more, also what is still opening', async () => {
    const { publisher, sent, names } = make();
    await publisher.publish({ source: 'microphone', capture: own('audio') });
    await publisher.publish({ source: 'camera', capture: own() });
    const opening = rejection(
      publisher.publish({ source: 'screen', capture: camera(() => new Promise(() => undefined)) }),
    );
    publisher.keepOnly(['microphone']);
    await waitFor('the end of the camera', () => sent('closeProducer').length === 1);
    expect([...publisher.tracks.keys()]).to.deep.equal(['microphone']);
    expect(names.filter((name) => name === 'localTrackUnpublished')).to.have.length(1);
    expect(await Promise.race([opening.then(({ code }) => code), Promise.resolve('still opening')])).to.equal(
      'still opening',
    );
  });

  it('resolves when the device is open where join() has not been called', async () => {
    const { publisher, produced } = make({ withTransport: false, entering: false });
    await publisher.publish({ source: 'camera', capture: own() });
    expect(produced()).to.deep.equal([]);
  });

  it('publishes two at once without mixing them', async () => {
    const { publisher, produced } = make();
    const [video, audio] = await Promise.all([
      publisher.publish({ source: 'camera', capture: own() }),
      publisher.publish({ source: 'microphone', capture: own('audio') }),
    ]);
    expect([video.source, audio.source]).to.deep.equal(['camera', 'microphone']);
    expect(produced()).to.have.members(['camera', 'microphone']);
  });

  it('refuses a source that is published or being opened', async () => {
    const { publisher } = make();
    let deliver: (track: MediaStreamTrack) => void = () => undefined;
    const opening = publisher.publish({
      source: 'camera',
      capture: camera(() => new Promise((resolve) => (deliver = resolve))),
    });
    expect((await rejection(publisher.publish({ source: 'camera', capture: own() }))).code).to.equal('sourceTaken');
    deliver(fakeTrack('video'));
    await opening;
    expect((await rejection(publisher.publish({ source: 'camera', capture: own() }))).code).to.equal('sourceTaken');
  });

  it('frees the source when the device can not be opened', async () => {
    const { publisher } = make();
    const denied = () => Promise.reject(new ChaxiError('cameraDenied'));
    expect((await rejection(publisher.publish({ source: 'camera', capture: camera(denied) }))).code).to.equal(
      'cameraDenied',
    );
    await publisher.publish({ source: 'camera', capture: own() });
  });

  it('rejects with what the server answers, and stops the device', async () => {
    const { publisher, state, names } = make();
    state.answer = () => Promise.reject(new ChaxiError('notAllowed'));
    const track = fakeTrack('video');
    const publishing = publisher.publish({ source: 'camera', capture: givenCapture(track, true) });
    expect((await rejection(publishing)).code).to.equal('notAllowed');
    expect(track.readyState).to.equal('ended');
    expect([...publisher.tracks]).to.deep.equal([]);
    expect(names).to.deep.equal([]);
  });

  it('reports by an event what the server refuses when nobody waits for it', async () => {
    const { publisher, state, names } = make({ entering: false, inside: false });
    await publisher.publish({ source: 'camera', capture: own() });
    state.answer = () => Promise.reject(new ChaxiError('notAllowed'));
    state.inside = true;
    publisher.sync();
    await waitFor('the event', () => names.includes('mediaError'));
    expect([...publisher.tracks]).to.deep.equal([]);
  });

  it('stops a device that opens after it was unpublished', async () => {
    const { publisher, produced } = make();
    let deliver: (track: MediaStreamTrack) => void = () => undefined;
    const publishing = rejection(
      publisher.publish({ source: 'camera', capture: camera(() => new Promise((resolve) => (deliver = resolve))) }),
    );
    await publisher.unpublish('camera');
    const late = fakeTrack('video');
    deliver(late);
    expect((await publishing).code).to.equal('invalidState');
    expect(late.readyState).to.equal('ended');
    expect(produced()).to.deep.equal([]);
  });

  it('tells the size of what its camera gives, and the other one of another device', async () => {
    const { publisher, sent } = make();
    const given = fakeTrack('video', { width: 1_280, height: 720 });
    const track = await publisher.publish({ source: 'camera', capture: givenCapture(given, false) });
    expect((sent('produce')[0] as { size: object }).size).to.deep.equal({ width: 1_280, height: 720 });
    await track.replaceTrack(fakeTrack('video', { width: 720, height: 1_280 }));
    await waitFor('the other size to be told', () => sent('setVideoSize').length > 0);
    const size = { width: 720, height: 1_280 };
    expect(sent('setVideoSize')).to.deep.equal([{ producerId: 'producer1', size }]);
  });

  it('tells another size of the same track once it stands, and again where the server had enough of them', async () => {
    const { publisher, state, sent, names } = make();
    const given = fakeTrack('video', { width: 1_280, height: 720 });
    await publisher.publish({ source: 'screen', capture: givenCapture(given, false) });
    let width = 1_280;
    given.getSettings = () => ({ width, height: 720 });
    /** What has been told after one look. */
    const lookAt = async (now: number) => {
      width = now;
      publisher.look(statsReport([]));
      await new Promise((resolve) => setImmediate(resolve));
      return (sent('setVideoSize') as { size: { width: number } }[]).map(({ size }) => size.width);
    };
    for (const now of [1_280, 1_280, 1_000, 900, 800]) expect(await lookAt(now)).to.deep.equal([]);
    expect(await lookAt(800)).to.deep.equal([800]);
    expect(await lookAt(800)).to.deep.equal([800]);
    state.answer = () => Promise.reject(new ChaxiError('rateLimited'));
    expect(await lookAt(600)).to.deep.equal([800]);
    expect(await lookAt(600)).to.deep.equal([800, 600]);
    state.answer = () => undefined;
    expect(await lookAt(600)).to.deep.equal([800, 600, 600]);
    expect(await lookAt(600)).to.deep.equal([800, 600, 600]);
    expect(names).to.deep.equal(['localTrackPublished']);
  });

  it('takes a publication back', async () => {
    const { publisher, sent, names } = make();
    const track = await publisher.publish({ source: 'camera', capture: own() });
    await publisher.unpublish('camera');
    expect(sent('closeProducer')).to.deep.equal([{ producerId: 'producer1' }]);
    expect(names).to.deep.equal(['localTrackPublished', 'localTrackUnpublished']);
    expect(track.mediaStreamTrack.readyState).to.equal('ended');
    await publisher.unpublish('camera');
    expect(sent('closeProducer')).to.have.lengthOf(1);
  });

  it('tells the server of a mute and of its end, and the application too', async () => {
    const { publisher, sent, names } = make();
    const track = await publisher.publish({ source: 'microphone', capture: own('audio') });
    await track.mute();
    expect(track.mediaStreamTrack.enabled).to.equal(false);
    await track.unmute();
    expect(track.mediaStreamTrack.enabled).to.equal(true);
    expect(sent('setProducerPaused')).to.deep.equal([
      { producerId: 'producer1', paused: true },
      { producerId: 'producer1', paused: false },
    ]);
    expect(names).to.deep.equal(['localTrackPublished', 'trackMuted', 'trackUnmuted']);
  });

  it('ends in the state that was asked for last, however fast one clicks', async () => {
    const { publisher, sent } = make();
    const track = await publisher.publish({ source: 'microphone', capture: own('audio') });
    await Promise.all([track.mute(), track.unmute(), track.mute(), track.unmute(), track.mute()]);
    expect(track.muted).to.equal(true);
    expect(sent('setProducerPaused').at(-1)).to.deep.equal({ producerId: 'producer1', paused: true });
  });

  it('publishes muted where that is asked for', async () => {
    const { publisher, produced } = make();
    const track = await publisher.publish({ source: 'camera', capture: camera(), muted: true });
    expect(produced()).to.deep.equal(['camera muted']);
    expect(track.muted).to.equal(true);
  });

  it('follows a moderator, who can mute but not unmute', async () => {
    const { publisher, sent, names } = make();
    const track = await publisher.publish({ source: 'camera', capture: camera() });
    publisher.muted('producer1');
    expect(track.muted).to.equal(true);
    expect(track.mediaStreamTrack.readyState).to.equal('ended');
    await track.unmute();
    expect(sent('setProducerPaused')).to.deep.equal([{ producerId: 'producer1', paused: false }]);
    expect(names.slice(1)).to.deep.equal(['trackMuted', 'trackUnmuted']);
  });

  it('publishes everything again on a new transport, muted where it was muted', async () => {
    const { publisher, state, produced, names } = make();
    const video = await publisher.publish({ source: 'camera', capture: camera() });
    const audio = await publisher.publish({ source: 'microphone', capture: own('audio') });
    await video.mute();
    state.transport?.close();
    state.transport = mediaTransport(device, 'send', 'send2');
    publisher.reconcile([], []);
    await waitFor('both', () => produced().length === 4);
    expect(produced().slice(2)).to.have.members(['camera muted', 'microphone']);
    expect([video.muted, audio.muted]).to.deep.equal([true, false]);
    expect(names).to.deep.equal(['localTrackPublished', 'localTrackPublished', 'trackMuted']);
  });

  it('continues with what the server still has after the socket was away', async () => {
    const { publisher, requests } = make();
    await publisher.publish({ source: 'camera', capture: own() });
    requests.length = 0;
    publisher.reconcile([trackInfo({ producerId: 'producer1' })], []);
    await [...publisher.publications][0]?.sync();
    expect(requests).to.deep.equal([]);
  });

  it('tells of a mute that could not be told while the socket was away', async () => {
    const { publisher, state, sent } = make();
    const track = await publisher.publish({ source: 'microphone', capture: own('audio') });
    state.live = false;
    await track.mute();
    expect(sent('setProducerPaused')).to.deep.equal([]);
    state.live = true;
    publisher.reconcile([trackInfo({ producerId: 'producer1' })], []);
    await waitFor('the mute', () => sent('setProducerPaused').length > 0);
    expect(sent('setProducerPaused')).to.deep.equal([{ producerId: 'producer1', paused: true }]);
  });

  it('learns that a moderator muted it while the socket was away', async () => {
    const { publisher } = make();
    const track = await publisher.publish({ source: 'microphone', capture: own('audio') });
    publisher.reconcile([trackInfo({ producerId: 'producer1', paused: true })], []);
    expect(track.muted).to.equal(true);
  });

  it('closes what the server has and nobody publishes, and frees its source first', async () => {
    const { publisher, state, requests } = make({ live: false });
    void publisher.publish({ source: 'camera', capture: own() }).catch(() => undefined);
    await waitFor('the negotiation', () => [...publisher.publications][0]?.producer);
    state.live = true;
    publisher.reconcile([trackInfo({ producerId: 'stale' })], []);
    await waitFor('the publication', () => requests.length === 2);
    expect(requests.map(([method]) => method)).to.deep.equal(['closeProducer', 'produce']);
    expect(requests[0]?.[1]).to.deep.equal({ producerId: 'stale' });
  });

  it('does not close what it is announcing at this moment', async () => {
    const { publisher, state, sent } = make();
    let answer: () => void = () => undefined;
    state.answer = () => new Promise((resolve) => (answer = resolve));
    const publishing = publisher.publish({ source: 'camera', capture: own() });
    await waitFor('the announcement', () => sent('produce').length > 0);
    publisher.reconcile([trackInfo({ producerId: 'producer1' })], []);
    answer();
    await publishing;
    expect(sent('closeProducer')).to.deep.equal([]);
    expect(sent('produce')).to.have.lengthOf(1);
  });

  it('announces again what was lost with the socket', async () => {
    const { publisher, state, produced } = make();
    state.answer = () => Promise.reject(new ChaxiError('connectionLost'));
    const publishing = publisher.publish({ source: 'camera', capture: own() });
    await waitFor('the first attempt', () => produced().length === 1);
    state.answer = () => undefined;
    publisher.reconcile([], []);
    await publishing;
    expect(produced()).to.deep.equal(['camera', 'camera']);
  });

  it('publishes again what the server does not know any more', async () => {
    const { publisher, state, produced } = make();
    const track = await publisher.publish({ source: 'camera', capture: own() });
    state.answer = (method) => {
      if (method === 'setProducerPaused') throw new ChaxiError('producerNotFound');
    };
    await track.mute();
    expect(produced()).to.deep.equal(['camera']);
    publisher.reconcile([], []);
    await waitFor('the second publication', () => produced().length === 2);
    expect(produced()).to.deep.equal(['camera', 'camera muted']);
  });

  it('unpublishes the screen when its sharing ends', async () => {
    const { publisher, sent, names } = make();
    const screen = fakeTrack('video');
    await publisher.publish({ source: 'screen', capture: givenCapture(screen, true) });
    screen.unplug();
    await waitFor('the end', () => sent('closeProducer').length > 0);
    expect(names).to.deep.equal(['localTrackPublished', 'localTrackUnpublished']);
  });

  it('mutes a camera that is unplugged where there is no other', async () => {
    const { publisher, names, args } = make();
    const first = fakeTrack('video');
    let opened = 0;
    const open = () => (++opened === 1 ? Promise.resolve(first) : Promise.reject(new ChaxiError('deviceNotFound')));
    const track = await publisher.publish({ source: 'camera', capture: camera(open) });
    first.unplug();
    await waitFor('the error', () => names.includes('mediaError'));
    expect(track.muted).to.equal(true);
    expect(args.at(-1)?.[0]).to.include({ code: 'deviceNotFound' });
  });

  it('ends everything at once, in the midst of anything', async () => {
    const { publisher, state } = make();
    const track = fakeTrack('audio');
    await publisher.publish({ source: 'microphone', capture: givenCapture(track, true) });
    state.answer = () => new Promise(() => undefined);
    const publishing = rejection(publisher.publish({ source: 'camera', capture: own() }));
    await waitFor('the second track', () => publisher.tracks.has('camera'));
    state.live = false;
    void publisher.closeAll();
    expect((await publishing).code).to.equal('invalidState');
    expect([...publisher.tracks]).to.deep.equal([]);
    expect(track.readyState).to.equal('ended');
  });

  describe('of a close-up', () => {
    const { generators, give } = useBreakoutBox();

    /** One that is converted for AV1, of which the device turns out to know nothing. */
    const publishConverted = async () => {
      const made = make({ withTransport: false, entering: false });
      const source = frameTrack();
      const track = await made.publisher.publish({
        source: 'teaCloseUp',
        capture: givenCapture(source, true),
        codec: 'av1',
      });
      await waitFor('converted frames', () => track.mediaStreamTrack === (generators[0] as unknown));
      return { ...made, source, track };
    };
    const negotiate = async ({ publisher, state }: ReturnType<typeof make>) => {
      state.transport = mediaTransport(device, 'send', 'send1');
      publisher.sync();
      await waitFor('the negotiation', () => [...publisher.publications][0]?.producer);
      return [...publisher.publications][0]!.producer!;
    };

    it('sends the camera itself where it fits the codec that was negotiated in the end', async () => {
      const made = await publishConverted();
      const producer = await negotiate(made);
      expect(producer.track).to.equal(made.source);
      expect(generators[0]?.readyState).to.equal('ended');
      await made.publisher.closeAll();
    });

    it('tells where its correction does not come about after all', async () => {
      give(
        'VideoFrame',
        class {
          constructor() {
            throw new RangeError('no memory is left');
          }
        },
      );
      const { publisher, names, args } = make();
      const track = await publisher.publish({ source: 'teaCloseUp', capture: givenCapture(frameTrack(), true) });
      await track.setColorCorrection({ gains: [2, 2, 2], matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] });
      await waitFor('the error', () => names.includes('mediaError'));
      expect(args.at(-1)?.[0]).to.include({ code: 'colorCorrectionFailed' });
      expect(track.colorCorrection).to.equal(null);
      await publisher.closeAll();
    });
  });
});
