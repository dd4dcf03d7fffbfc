import { expect } from 'chai';
import { Device, FakeHandler, testFakeParameters } from 'mediasoup-client';
import { MediaDevice } from '../../../client-sdk/src/media/MediaDevice.ts';
import type { RoomState } from '../../../client-sdk/src/RoomEvents.ts';
import { TastingRoom } from '../../../client-sdk/src/TastingRoom.ts';
import type { Stage } from '../../../protocol/signaling.ts';
import { waitFor } from '../../helpers/waitFor.ts';
import { useBrowser } from './fakes/browser.ts';
import { fakePeers } from './fakes/FakePeer.ts';
import { snapshot } from './fakes/infos.ts';
import { rejection } from './fakes/rejection.ts';
import { silentLogger } from './fakes/silentLogger.ts';

// Node.js has no WebRTC, so that here every way into a room ends with `browserUnsupported`, unless a test brings its own device and
// sockets: enough to see what the calls and states do. The rest is in RoomSession.test.ts and in the tests in a real browser.
describe('TastingRoom', () => {
  useBrowser();

  function make() {
    const room = new TastingRoom({ url: 'https://tea.example', token: 'token', logger: silentLogger });
    const states: RoomState[] = [];
    const left: (string | null)[] = [];
    room.on('stateChanged', (state) => void states.push(state));
    room.on('left', (error) => void left.push(error && error.code));
    return { room, states, left };
  }

  it('throws TypeError for what is no address', () => {
    expect(() => new TastingRoom({ url: 'tea', token: '' })).to.throw(TypeError);
    expect(() => new TastingRoom({ url: 'ftp://tea.example', token: '' })).to.throw(TypeError);
  });

  it('knows that Node.js is no browser', () => {
    expect(TastingRoom.isSupported()).to.equal(false);
  });

  it('is empty before it is joined', () => {
    const { room } = make();
    expect(room.state).to.equal('idle');
    expect([room.info, room.grants, room.joinTiming, room.asideWith]).to.deep.equal([null, null, null, null]);
    expect([room.participants.size, room.waiting.length, room.activeSpeakers.length]).to.deep.equal([0, 0, 0]);
    expect(room.localParticipant.participantId).to.equal('');
  });

  it('returns the same promise for a second join', async () => {
    const { room, states, left } = make();
    const joining = room.join();
    expect(room.join()).to.equal(joining);
    expect((await rejection(joining)).code).to.equal('browserUnsupported');
    expect(states).to.deep.equal(['joining', 'left']);
    expect(left).to.deep.equal([]);
  });

  it('can be joined again after a failure', async () => {
    const { room } = make();
    const first = room.join();
    await rejection(first);
    const second = room.join();
    expect(second).not.to.equal(first);
    expect((await rejection(second)).code).to.equal('browserUnsupported');
  });

  it('prepares once, and not after join', async () => {
    const { room, states } = make();
    const preparing = room.prepare({ media: true });
    expect(room.prepare()).to.equal(preparing);
    expect((await rejection(preparing)).code).to.equal('browserUnsupported');
    expect(states).to.deep.equal(['preparing', 'left']);
    const joining = rejection(room.join());
    expect((await rejection(room.prepare())).code).to.equal('invalidState');
    await joining;
  });

  it('fails a join together with the preparation that it waits for', async () => {
    const { room } = make();
    const preparing = rejection(room.prepare());
    expect((await rejection(room.join())).code).to.equal('browserUnsupported');
    await preparing;
    expect(room.state).to.equal('left');
  });

  it('leaves in the midst of a join', async () => {
    const { room, states, left } = make();
    const joining = rejection(room.join());
    await room.leave();
    expect((await joining).code).to.equal('invalidState');
    expect(states).to.deep.equal(['joining', 'left']);
    expect(left).to.deep.equal([null]);
  });

  it('has nothing to leave before it was joined, nor a second time', async () => {
    const { room, states } = make();
    await room.leave();
    expect(states).to.deep.equal([]);
  });

  it('refuses what needs a room', async () => {
    const { room } = make();
    const calls = [
      room.admit('someone'),
      room.decline('someone'),
      room.removeParticipant('someone'),
      room.admitAll(),
      room.endAside('someone'),
      room.setLobbyNote('soon'),
      room.setLocked(true),
      room.handOver('someone'),
      room.listBans(),
      room.liftBan('someone'),
      room.guide.goTo(null),
      room.notes.load(),
      room.invites.list(),
      room.localParticipant.setMetadata('x'),
    ];
    const errors = await Promise.all(calls.map(rejection));
    expect(errors.map(({ code }) => code)).to.deep.equal(calls.map(() => 'invalidState'));
    expect((await rejection(room.muteParticipant('someone', 'camera'))).code).to.equal('producerNotFound');
  });

  it('tells again that it is joined where the session that follows an outage has to wait at the door', async () => {
    const { createPeer, peers, latest } = fakePeers();
    const handlerFactory = FakeHandler.createFactory(testFakeParameters);
    const device = new MediaDevice(() => Promise.resolve(new Device({ handlerFactory })));
    const options = { url: 'https://tea.example', token: 'token', reconnectPolicy: () => 0, logger: silentLogger };
    const room = new TastingRoom(options, device, createPeer);
    const events: string[] = [];
    for (const name of ['reconnecting', 'reconnected', 'lobbyEntered', 'asideEntered', 'joined'] as const) {
      room.on(name, () => void events.push(name));
    }
    const welcomed = async (count: number, stage: Stage) => {
      await waitFor(`socket ${count}`, () => peers.length === count);
      latest().emit('open');
      latest().say('welcome', snapshot({ stage }));
      await waitFor(stage, () => room.state === stage);
    };
    const joining = room.join();
    await welcomed(1, 'joined');
    await joining;
    latest().emit('disconnected');
    await welcomed(2, 'lobby');
    for (const stage of ['aside', 'joined'] as const) {
      latest().say('admitted', snapshot({ stage }));
      await waitFor(stage, () => room.state === stage);
    }
    latest().emit('disconnected');
    await welcomed(3, 'joined');
    const waited = ['lobbyEntered', 'asideEntered', 'joined'];
    const outage = ['reconnecting', 'reconnected'];
    expect(events).to.deep.equal(['joined', ...outage, ...waited, ...outage]);
    const left = room.leave();
    latest()
      .requests.find(({ method }) => method === 'leave')
      ?.resolve({});
    await left;
  });

  it('has empty statistics outside of a room', async () => {
    expect(await make().room.getStats()).to.deep.equal({ send: null, recv: null, local: [], remote: [] });
  });
});
