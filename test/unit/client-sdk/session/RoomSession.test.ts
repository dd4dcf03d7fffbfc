import { expect } from 'chai';
import { Device, FakeHandler, testFakeParameters } from 'mediasoup-client';
import { givenCapture } from '../../../../client-sdk/src/devices/Capture.ts';
import { MediaDevice } from '../../../../client-sdk/src/media/MediaDevice.ts';
import { LocalParticipant } from '../../../../client-sdk/src/participants/LocalParticipant.ts';
import { createPublisher } from '../../../../client-sdk/src/session/createPublisher.ts';
import { RoomSession } from '../../../../client-sdk/src/session/RoomSession.ts';
import { TastingTable } from '../../../../client-sdk/src/session/TastingTable.ts';
import { HelloMaker, type HelloIntent } from '../../../../client-sdk/src/signaling/HelloMaker.ts';
import { resolveOptions } from '../../../../client-sdk/src/TastingRoomOptions.ts';
import {
  defaultRouterRtpCapabilities,
  defaultRouterRtpCapabilitiesId,
} from '../../../../protocol/routerRtpCapabilities.ts';
import { roleGrants } from '../../../../protocol/grants.ts';
import type { Invite } from '../../../../protocol/invites.ts';
import type { MediaInfo, Snapshot } from '../../../../protocol/signaling.ts';
import { waitFor } from '../../../helpers/waitFor.ts';
import { useBrowser } from '../fakes/browser.ts';
import { fakePeers } from '../fakes/FakePeer.ts';
import { fakeTrack } from '../fakes/FakeTrack.ts';
import { participantInfo, snapshot, trackInfo } from '../fakes/infos.ts';
import { consumerInfo, transportOptions } from '../fakes/media.ts';
import { recordEvents } from '../fakes/recordEvents.ts';
import { silentLogger } from '../fakes/silentLogger.ts';
import { guide, tastingNote } from '../fakes/tasting.ts';

describe('RoomSession', () => {
  const { page, document } = useBrowser();
  const made: RoomSession[] = [];

  afterEach(() => {
    for (const session of made.splice(0)) session.close('left');
  });

  function make(intent: HelloIntent = { intent: 'join', media: true }) {
    const { createPeer, peers, latest } = fakePeers();
    const { emit, names, args } = recordEvents();
    const told: string[] = [];
    const device = new MediaDevice(() =>
      Promise.resolve(new Device({ handlerFactory: FakeHandler.createFactory(testFakeParameters) })),
    );
    const local = new LocalParticipant({
      get tracks() {
        return publisher.tracks;
      },
      publish: (request) => publisher.publish(request),
      unpublish: (source) => publisher.unpublish(source),
      setMetadata: () => Promise.resolve(),
    });
    const publisher = createPublisher({
      logger: silentLogger,
      emit,
      device,
      participant: () => local,
      session: () => session,
      entering: () => true,
    });
    const table = new TastingTable({
      url: 'https://tea.example',
      request: (method, data) => session.request(method, data),
      isReady: () => session.isInside && session.connection.live,
      fetchExport: () => Promise.reject(new Error('not asked for')),
      emit,
      logger: silentLogger,
    });
    const session: RoomSession = new RoomSession(
      {
        options: resolveOptions({
          url: 'https://tea.example',
          token: 'token',
          reconnectPolicy: () => 0,
          logger: silentLogger,
        }),
        device,
        identity: () => ({ fingerprints: [] }),
        hello: new HelloMaker(device, Promise.resolve({})),
        publisher,
        local,
        table,
        emit,
        playbackBlocked: () => undefined,
        snapshotApplied: (stage, announce) => {
          told.push(stage);
          announce();
        },
        reconnecting: () => void told.push('reconnecting'),
        pageHidden: () => void told.push('pageHidden'),
        pageLeft: () => void told.push('pageLeft'),
        createPeer,
        ended: ({ code }) => void told.push(`ended ${code}`),
      },
      intent,
    );
    made.push(session);
    const socket = (count: number) => waitFor(`socket ${count}`, () => peers.length >= count);
    /** The request that is under way; answers it. */
    const answer = async (method: string, data: object = {}) => {
      const find = () => latest().requests.find((request) => request.method === method);
      const request = await waitFor(`the request ${method}`, find);
      latest().requests.splice(latest().requests.indexOf(request), 1);
      request.resolve(data);
      return request.data;
    };
    const anna = () => session.roster.participants.get('anna');
    return { session, latest, socket, answer, names, args, told, publisher, local, anna, device, table };
  }

  /** Opened and welcomed. */
  async function opened(first: Snapshot, intent?: HelloIntent) {
    const parts = make(intent);
    const opening = parts.session.open();
    await parts.socket(1);
    parts.latest().emit('open');
    parts.latest().say('welcome', first);
    await opening;
    await waitFor('the snapshot to be applied', () => parts.told.length > 0);
    return parts;
  }

  function media(change: Partial<MediaInfo> = {}): MediaInfo {
    return {
      routerRtpCapabilitiesId: defaultRouterRtpCapabilitiesId,
      send: transportOptions('send1'),
      recv: transportOptions('recv1'),
      iceServers: [],
      consumers: [],
      pendingConsumers: 0,
      layersWanted: [],
      ...change,
    };
  }
  const video = consumerInfo({ producerId: 'p1' });
  const anna = participantInfo({ participantId: 'anna', tracks: [trackInfo({ producerId: 'p1' })] });
  const room = (change: Partial<Snapshot> = {}) =>
    snapshot({ participants: [anna], media: media({ consumers: [video] }), ...change });

  it('needs nothing but the welcome for a cold join', async () => {
    const { anna, names, latest, told } = await opened(room());
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    expect(told).to.deep.equal(['joined']);
    expect(names).to.deep.equal(['participantJoined', 'trackPublished', 'trackSubscribed']);
    expect(latest().requests).to.deep.equal([]);
  });

  it('connects to an empty room too', async () => {
    const { session } = await opened(snapshot({ media: media() }));
    await waitFor('the primer', () => session.media.link.recv?.state === 'connecting');
    expect(session.media.link.recv?.state).to.equal('connecting');
  });

  it('enters from a warm start with one request', async () => {
    const { session, answer, anna, told } = await opened(snapshot({ stage: 'prepared' }), {
      intent: 'prepare',
      media: false,
    });
    expect(session.media.link.recv).to.equal(null);
    const entering = session.enter();
    expect(await answer('join', room())).to.deep.equal({});
    await entering;
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    expect(told).to.deep.equal(['prepared', 'joined']);
  });

  it('shows what a hot start has made, as soon as the answer is here', async () => {
    const prepared = snapshot({ stage: 'prepared', media: media({ consumers: [{ ...video, paused: true }] }) });
    const { session, answer, anna, names } = await opened(prepared, { intent: 'prepare', media: true });
    const transport = session.media.link.recv;
    await waitFor('the consumer', () => [...session.media.subscriber.subscriptions][0]?.consumer);
    expect(names).to.deep.equal([]);
    const entering = session.enter();
    await answer('join', room());
    await entering;
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    expect(session.media.link.recv).to.equal(transport);
  });

  /** A warm start whose socket is lost under the join, and has been replaced. */
  async function openedAndLostInJoin() {
    const { session, latest, socket, ...rest } = await opened(snapshot({ stage: 'prepared' }), {
      intent: 'prepare',
      media: false,
    });
    const entering = session.enter();
    await waitFor('the request', () => latest().requests.length === 1);
    latest().emit('disconnected');
    await entering;
    await socket(2);
    latest().say('welcome', snapshot({ stage: 'prepared', resumed: true }));
    return { session, latest, ...rest };
  }

  it('sends the join again with the next socket where the first is lost under it', async () => {
    const { session, answer } = await openedAndLostInJoin();
    await answer('join', room());
    await waitFor('the room', () => session.stage === 'joined');
  });

  it('ends where the server refuses the repeated join', async () => {
    const { latest, told } = await openedAndLostInJoin();
    await waitFor('the request', () => latest().requests.length === 1);
    latest().requests[0]?.reject(Object.assign(new Error('{"code":"roomFull","message":"full"}'), { code: 403 }));
    await waitFor('the end', () => told.includes('ended roomFull'));
  });

  it('goes from the lobby into the room when it is admitted', async () => {
    const { latest, anna, told } = await opened(snapshot({ stage: 'lobby', media: media() }));
    latest().say('admitted', room());
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    expect(told).to.deep.equal(['lobby', 'joined']);
  });

  it('sees the room while it speaks aside, and nobody while it is back in the lobby', async () => {
    const { session, latest, anna, told, names } = await opened(snapshot({ stage: 'lobby', media: media() }));
    latest().say('admitted', room({ stage: 'aside' }));
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    expect(session.isInside).to.equal(true);
    const consumer = [...session.media.subscriber.subscriptions][0]?.consumer;
    latest().say('admitted', snapshot({ stage: 'lobby', media: media({ consumers: [{ ...video, paused: true }] }) }));
    await waitFor('the lobby', () => told.length === 3);
    expect([session.roster.participants.size, consumer?.closed]).to.deep.equal([0, false]);
    latest().say('admitted', room());
    await waitFor('the picture again', () => anna()?.tracks.has('camera'));
    expect([...session.media.subscriber.subscriptions][0]?.consumer).to.equal(consumer);
    expect(told).to.deep.equal(['lobby', 'aside', 'lobby', 'joined']);
    expect(names.filter((name) => name === 'trackSubscribed')).to.have.length(2);
  });

  it('goes from aside into the room with what it has', async () => {
    const { session, latest, anna, told, names } = await opened(room({ stage: 'aside' }));
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    const timing = session.timer.running;
    latest().say('admitted', room());
    await waitFor('the room', () => told.includes('joined'));
    expect(names.filter((name) => name === 'trackSubscribed')).to.have.length(1);
    expect(session.timer.running).to.equal(timing);
  });

  it('unpublishes what another role may not publish, and tells of the role', async () => {
    const { publisher, latest, answer, names, args } = await opened(room());
    const publishing = publisher.publish({ source: 'camera', capture: givenCapture(fakeTrack('video'), true) });
    await answer('produce', { producerId: 'own1' });
    await publishing;
    const grants = { ...roleGrants.expert, publish: ['microphone' as const] };
    const self = participantInfo({ participantId: 'self', role: 'expert' });
    latest().say('roleChanged', room({ self, grants }));
    await waitFor('the event', () => names.includes('roleChanged'));
    expect(args[names.indexOf('roleChanged')]).to.deep.equal(['expert', grants]);
    expect([...publisher.tracks]).to.deep.equal([]);
  });

  it('tells of what changed while the socket was away: role and room', async () => {
    const { session, latest, socket, names, args } = await opened(room());
    latest().emit('disconnected');
    await socket(2);
    const { room: info } = snapshot();
    const self = participantInfo({ participantId: 'self', role: 'host' });
    latest().say('welcome', room({ resumed: true, self, grants: roleGrants.host, room: { ...info, locked: true } }));
    await waitFor('the event', () => names.includes('roomChanged'));
    expect(args[names.indexOf('roleChanged')]?.[0]).to.equal('host');
    expect(session.info?.locked).to.equal(true);
    latest().say('roomChanged', { room: { ...info, lobbyNote: 'The water boils.' } });
    expect(session.info).to.include({ locked: false, lobbyNote: 'The water boils.' });
    expect(names.filter((name) => name === 'roomChanged')).to.have.length(2);
  });

  it('hands on what lies on the table', async () => {
    const { latest, names, table } = await opened(snapshot({ stage: 'lobby', media: media() }));
    latest().say('guideChanged', { revision: 1, guide });
    latest().say('stepChanged', { revision: 1, teaId: 'oolong', infusion: 1, timer: null });
    latest().say('noteShared', { note: tastingNote() });
    latest().say('noteWithdrawn', { teaId: 'oolong', identity: 'anna' });
    latest().say('notesSummary', { teas: [] });
    latest().say('inviteChanged', { invite: { inviteId: 'i1' } as Invite });
    expect(table.guide.tea?.teaId).to.equal('oolong');
    expect(names).to.deep.equal([
      'guideChanged',
      'stepChanged',
      'noteShared',
      'noteWithdrawn',
      'notesSummaryChanged',
      'inviteChanged',
    ]);
  });

  it('lets what waits of notes go before it leaves, and does not wait for long', async () => {
    const { session, latest, answer } = await opened(room());
    let settle: () => void = () => undefined;
    const leaving = session.leave(new Promise<void>((resolve) => (settle = resolve)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(latest().requests).to.deep.equal([]);
    settle();
    await answer('leave');
    await leaving;
    const hasty = await opened(room());
    const stuck = hasty.session.leave(new Promise(() => undefined));
    await hasty.answer('leave');
    await stuck;
  });

  it('moves everything to another media worker, publications and all', async () => {
    const { session, publisher, latest, answer, anna, names } = await opened(room());
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    const publishing = publisher.publish({ source: 'camera', capture: givenCapture(fakeTrack('video'), true) });
    await answer('produce', { producerId: 'own1' });
    const track = await publishing;
    void track.mute();
    await answer('setProducerPaused');
    const [picture, before] = [anna()?.tracks.get('camera'), session.media.link.recv];
    latest().say(
      'mediaReset',
      room({
        media: media({
          send: transportOptions('send2'),
          recv: transportOptions('recv2'),
          consumers: [consumerInfo({ producerId: 'p1' })],
        }),
      }),
    );
    expect(await answer('produce', { producerId: 'own2' })).to.include({ source: 'camera', paused: true });
    await waitFor(
      'the other consumer',
      () => picture?.mediaStreamTrack !== undefined && session.media.link.recv?.id === 'recv2',
    );
    expect(before?.closed).to.equal(true);
    expect(anna()?.tracks.get('camera')).to.equal(picture);
    expect(names).not.to.include('trackUnsubscribed');
  });

  it('keeps transports and tracks when it comes back to its session', async () => {
    const { session, latest, socket, anna, told, names } = await opened(room());
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    const [transport, picture] = [session.media.link.recv, anna()?.tracks.get('camera')];
    names.length = 0;
    latest().emit('disconnected');
    await socket(2);
    latest().say('welcome', room({ resumed: true }));
    await waitFor('the snapshot', () => told.length === 3);
    expect(told).to.deep.equal(['joined', 'reconnecting', 'joined']);
    expect(session.media.link.recv).to.equal(transport);
    expect(anna()?.tracks.get('camera')).to.equal(picture);
    expect(names).to.deep.equal([]);
  });

  it('publishes again, muted where it was, when its session was lost', async () => {
    const { publisher, latest, socket, answer, local } = await opened(room());
    const publishing = publisher.publish({ source: 'microphone', capture: givenCapture(fakeTrack('audio'), true) });
    await answer('produce', { producerId: 'own1' });
    void (await publishing).mute();
    await answer('setProducerPaused');
    latest().emit('disconnected');
    await socket(2);
    const self = participantInfo({ participantId: 'self2' });
    latest().say(
      'welcome',
      room({ sessionId: 'other', self, media: media({ send: transportOptions('send2'), recv: null }) }),
    );
    expect(await answer('produce', { producerId: 'own2' })).to.include({ source: 'microphone', paused: true });
    expect(local.participantId).to.equal('self2');
  });

  it('learns the codecs of a server that has others, and tells what it can receive', async () => {
    const other = { routerRtpCapabilitiesId: 'others', routerRtpCapabilities: defaultRouterRtpCapabilities };
    const { session, answer, device, anna } = await opened(room({ media: media(other) }));
    const data = await answer(
      'join',
      room({ media: media({ routerRtpCapabilitiesId: 'others', consumers: [video] }) }),
    );
    expect(data).to.have.nested.property('rtpCapabilities.codecs').that.is.not.empty;
    expect(device.loaded?.routerRtpCapabilitiesId).to.equal('others');
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    expect(session.stage).to.equal('joined');
  });

  it('asks for the rest of a large room after the first picture had its time', async () => {
    const large = room({ media: media({ consumers: [video], pendingConsumers: 1 }) });
    const { latest, answer, anna } = await opened(large);
    await waitFor('the picture', () => anna()?.tracks.has('camera'));
    expect(latest().requests).to.deep.equal([]);
    const cup = consumerInfo({ producerId: 'p2', source: 'teaCloseUp', paused: true });
    await answer('subscribe', { consumers: [cup] });
    expect(await answer('setConsumerPreferences')).to.include({ consumerId: cup.consumerId, paused: false });
    expect(anna()?.tracks.has('teaCloseUp')).to.equal(true);
  });

  it('drops the rest of a room whose media has moved meanwhile', async () => {
    const large = room({ media: media({ consumers: [video], pendingConsumers: 1 }) });
    const { session, latest, answer, anna } = await opened(large);
    await waitFor('the request', () => latest().requests.length > 0);
    latest().say('mediaReset', room({ media: media({ recv: transportOptions('recv2'), consumers: [] }) }));
    await waitFor('the other transport', () => session.media.link.recv?.id === 'recv2');
    await answer('subscribe', { consumers: [consumerInfo({ producerId: 'p2', source: 'teaCloseUp' })] });
    await new Promise((resolve) => setImmediate(resolve));
    expect([...(anna()?.tracks.keys() ?? [])]).to.deep.equal([]);
  });

  it('follows what the server tells between snapshots', async () => {
    const { session, latest, answer, anna, names } = await opened(snapshot({ media: media() }));
    latest().say('participantJoined', { participant: participantInfo({ participantId: 'anna' }) });
    latest().say('trackPublished', { participantId: 'anna', track: trackInfo({ producerId: 'p1' }) });
    latest().say('newConsumer', { consumer: { ...video, paused: true } });
    expect(await answer('setConsumerPreferences')).to.include({ consumerId: video.consumerId, paused: false });
    latest().say('trackMuted', { participantId: 'anna', producerId: 'p1', paused: true });
    expect(anna()?.tracks.get('camera')?.muted).to.equal(true);
    latest().say('activeSpeakers', { participantIds: ['anna'] });
    latest().say('connectionQuality', {
      qualities: [{ participantId: 'anna', quality: 'poor', qualityReason: 'loss' }],
    });
    latest().say('consumerClosed', { consumerId: video.consumerId });
    latest().say('trackUnpublished', { participantId: 'anna', producerId: 'p1' });
    latest().say('lobbyChanged', { waiting: [participantInfo({ participantId: 'bo' })] });
    latest().say('participantLeft', { participantId: 'anna', reason: 'left' });
    expect(names).to.deep.equal([
      'participantJoined',
      'trackPublished',
      'trackSubscribed',
      'trackMuted',
      'activeSpeakersChanged',
      'connectionQualityChanged',
      'trackUnsubscribed',
      'trackUnpublished',
      'lobbyChanged',
      'activeSpeakersChanged',
      'participantLeft',
    ]);
    expect(session.waiting).to.have.lengthOf(1);
  });

  it('tells when nobody looks at the page any more, and when it goes', async () => {
    const { told } = await opened(room());
    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    document.visibilityState = 'visible';
    page.dispatchEvent(new Event('pagehide'));
    expect(told).to.deep.equal(['joined', 'pageHidden', 'pageLeft']);
  });

  it('finds new paths and does not wait when the network changes', async () => {
    const { session, latest, socket } = await opened(room());
    await waitFor('the transport to be used', () => session.media.link.recv?.state === 'connecting');
    page.dispatchEvent(new Event('online'));
    await waitFor('the restart', () => latest().requests.some(({ method }) => method === 'restartIce'));
    latest().emit('disconnected');
    page.dispatchEvent(new Event('online'));
    await socket(2);
  });

  it('tells the server that it leaves, and is over at once on this side', async () => {
    const { session, latest, answer, names } = await opened(room());
    names.length = 0;
    const leaving = session.leave();
    expect(names).to.include('participantLeft');
    expect(session.stage).to.equal(null);
    expect(session.media.link.recv).to.equal(null);
    await answer('leave');
    await leaving;
    expect(latest().closed).to.equal(true);
  });

  it('ends with the code that the server gives', async () => {
    const { session, latest, told } = await opened(room());
    latest().say('closed', { error: { code: 'sessionReplaced', message: 'again' } });
    expect(told.at(-1)).to.equal('ended sessionReplaced');
    expect(session.roster.participants.size).to.equal(0);
  });

  it('measures the join and tells the server once', async () => {
    const { session, latest } = await opened(snapshot({ media: media({ recv: null, send: null }) }));
    await waitFor('the timing', () => latest().notifications.length > 0);
    expect(latest().notifications).to.have.lengthOf(1);
    expect(latest().notifications[0]).to.deep.equal({ method: 'joinTiming', data: session.timer.timing });
  });
});
