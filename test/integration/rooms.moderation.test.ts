import { expect } from 'chai';
import { audioParameters, videoParameters } from '../helpers/rtpFixtures.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors } from '../helpers/Visitors.ts';

describe('moderation', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const microphone = { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(1) } as const;

  before(async () => (node = await startTestServer()));
  afterEach(() => visitors.clear());
  after(() => node.close());

  describe('removing someone', () => {
    it('ends their session and tells the others why', async () => {
      const host = await visitors.join('host', { role: 'host' });
      const expert = await visitors.join('expert', { role: 'expert' });
      const guest = await visitors.join('guest');
      await guest.client.request('produce', microphone);
      await host.client.request('removeParticipant', { participantId: guest.participantId });
      expect(await guest.client.refusal()).to.include({ code: 'participantRemoved' });
      const left = await expert.client.notification('participantLeft');
      expect(left).to.deep.equal({ participantId: guest.participantId, reason: 'removed' });
      expect((await expert.client.request('join', {})).participants.map(({ identity }) => identity)).to.deep.equal([
        'host',
      ]);
    });

    it('ends a session whose socket is lost, which then can not be resumed', async () => {
      const host = await visitors.join('host', { role: 'host' });
      const guest = await visitors.join('guest');
      guest.client.cut();
      await host.client.notification('participantUpdated');
      await host.client.request('removeParticipant', { participantId: guest.participantId });
      expect((await visitors.resume('guest', guest)).snapshot.resumed).to.equal(false);
    });

    it('is not for guests, experts and observers', async () => {
      const host = await visitors.join('host', { role: 'host' });
      for (const role of ['guest', 'expert', 'observer'] as const) {
        const other = await visitors.join(role, { role });
        const refusal = await other.client.refusalOf('removeParticipant', { participantId: host.participantId });
        expect(refusal).to.include({ code: 'notAllowed' });
      }
      expect((await host.client.request('join', {})).stage).to.equal('joined');
    });

    it('is not for a host who has not entered', async () => {
      const guest = await visitors.join('guest');
      const host = await visitors.join('host', { role: 'host', hello: { intent: 'prepare', media: false } });
      const refusal = await host.client.refusalOf('removeParticipant', { participantId: guest.participantId });
      expect(refusal).to.include({ code: 'notAllowed' });
    });

    it('does not reach into another room', async () => {
      const host = await visitors.join('host', { role: 'host' });
      const stranger = await visitors.join('stranger', { room: 'cellar' });
      const refusal = await host.client.refusalOf('removeParticipant', { participantId: stranger.participantId });
      expect(refusal).to.include({ code: 'participantNotFound' });
      expect((await stranger.client.request('join', {})).stage).to.equal('joined');
    });

    it('can be done to oneself', async () => {
      const host = await visitors.join('host', { role: 'host' });
      void host.client.request('removeParticipant', { participantId: host.participantId }).catch(() => {});
      expect(await host.client.refusal()).to.include({ code: 'participantRemoved' });
    });
  });

  describe('muting someone', () => {
    it('silences the track and tells everyone, its publisher too', async () => {
      const host = await visitors.join('host', { role: 'host' });
      const expert = await visitors.join('expert', { role: 'expert' });
      const guest = await visitors.join('guest');
      const { producerId } = await guest.client.request('produce', microphone);
      await host.client.request('setProducerPaused', { producerId, paused: true });
      const change = { participantId: guest.participantId, producerId, paused: true };
      for (const { client } of [guest, expert, host]) {
        expect(await client.notification('trackMuted')).to.deep.equal(change);
      }
      expect((await guest.client.request('join', {})).self.tracks).to.have.nested.property('0.paused', true);
    });

    it('does not go on to unmuting, which is for the publisher alone', async () => {
      const host = await visitors.join('host', { role: 'host' });
      const guest = await visitors.join('guest');
      const { producerId } = await guest.client.request('produce', { ...microphone, paused: true });
      const refusal = await host.client.refusalOf('setProducerPaused', { producerId, paused: false });
      expect(refusal).to.include({ code: 'notAllowed' });
      await guest.client.request('setProducerPaused', { producerId, paused: false });
      await host.client.notification('trackMuted', ({ paused }) => !paused);
    });

    it('is not for guests', async () => {
      const host = await visitors.join('host', { role: 'host' });
      const guest = await visitors.join('guest');
      const { producerId } = await host.client.request('produce', microphone);
      for (const paused of [true, false]) {
        const refusal = await guest.client.refusalOf('setProducerPaused', { producerId, paused });
        expect(refusal).to.include({ code: 'notAllowed' });
      }
      const closing = await guest.client.refusalOf('closeProducer', { producerId });
      expect(closing).to.include({ code: 'producerNotFound' });
    });

    it('is not for a host who has not entered', async () => {
      const guest = await visitors.join('guest');
      const { producerId } = await guest.client.request('produce', microphone);
      const host = await visitors.join('host', { role: 'host', hello: { intent: 'prepare', media: true } });
      const refusal = await host.client.refusalOf('setProducerPaused', { producerId, paused: true });
      expect(refusal).to.include({ code: 'wrongStage' });
    });

    it('is said once, however often it is asked for', async () => {
      const host = await visitors.join('host', { role: 'host' });
      const guest = await visitors.join('guest');
      const { producerId } = await guest.client.request('produce', microphone);
      const mute = { producerId, paused: true };
      await Promise.all([1, 2, 3].map(() => host.client.request('setProducerPaused', mute)));
      await guest.client.request('join', {});
      expect(guest.client.received('trackMuted')).to.have.length(1);
    });
  });

  describe('banning someone', () => {
    // A ban outlives the room: each test has one of its own.
    let room: string;
    let count = 0;
    beforeEach(() => (room = `banned from ${++count}`));

    const gather = async () => {
      const host = await visitors.join('host', { role: 'host', room });
      const guest = await visitors.join('guest', { room, name: 'Bo' });
      const { participantId } = guest;
      return { host, guest, ban: () => host.client.request('removeParticipant', { participantId, ban: true }) };
    };
    const refusalOf = async (identity: string) => (await visitors.open(identity, { room })).refusal();

    it('sends them out of the room for good, until the ban is lifted', async () => {
      const { host, guest, ban } = await gather();
      await ban();
      expect(await guest.client.refusal()).to.include({ code: 'participantBanned' });
      const left = await host.client.notification('participantLeft');
      expect(left).to.deep.equal({ participantId: guest.participantId, reason: 'removed' });
      expect(await refusalOf('guest')).to.include({ code: 'participantBanned' });
      expect((await visitors.join('guest', { room: 'another' })).snapshot.stage).to.equal('joined');
      const { bans } = await host.client.request('listBans', {});
      expect(bans.map(({ identity, name }) => [identity, name])).to.deep.equal([['guest', 'Bo']]);
      expect(bans[0]?.bannedAt).to.be.closeTo(Date.now(), 60_000);
      await host.client.request('liftBan', { identity: 'guest' });
      expect((await host.client.request('listBans', {})).bans).to.be.empty;
      expect((await visitors.join('guest', { room })).snapshot.stage).to.equal('joined');
    });

    it('ends all their sessions, and holds when the room was closed meanwhile', async () => {
      const { ban } = await gather();
      const hello = { intent: 'prepare', media: false } as const;
      const prepared = await visitors.join('guest', { room, hello });
      await ban();
      expect(await prepared.client.refusal()).to.include({ code: 'participantBanned' });
      visitors.clear();
      expect(await refusalOf('guest')).to.include({ code: 'participantBanned' });
    });

    it('reaches those before the door', async () => {
      const name = `${room} with a door`;
      await node.server.registry.createRoom(API_KEY, { name, lobby: true });
      const host = await visitors.join('host', { role: 'host', room: name });
      const guest = await visitors.join('guest', { room: name });
      await host.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 1);
      await host.client.request('removeParticipant', { participantId: guest.participantId, ban: true });
      expect(await guest.client.refusal()).to.include({ code: 'participantBanned' });
      await host.client.notification('lobbyChanged', ({ waiting }) => waiting.length === 0);
    });

    it('is for those who moderate, and not against oneself', async () => {
      const { host, guest } = await gather();
      const wish = { participantId: host.participantId, ban: true };
      expect(await host.client.refusalOf('removeParticipant', wish)).to.include({ code: 'notAllowed' });
      for (const [method, data] of [
        ['removeParticipant', wish],
        ['listBans', {}],
        ['liftBan', { identity: 'guest' }],
      ] as const) {
        expect(await guest.client.refusalOf(method, data), method).to.include({ code: 'notAllowed' });
      }
      const nobody = { participantId: 'nobody', ban: true };
      expect(await host.client.refusalOf('removeParticipant', nobody)).to.include({ code: 'participantNotFound' });
    });
  });

  it('ends in what was asked for last when requests come in one go', async () => {
    const host = await visitors.join('host', { role: 'host' });
    const guest = await visitors.join('guest');
    const { producerId } = await guest.client.request('produce', {
      kind: 'video',
      source: 'camera',
      rtpParameters: videoParameters(1),
    });
    const wishes = [true, false, true, false];
    await Promise.all(wishes.map((paused) => guest.client.request('setProducerPaused', { producerId, paused })));
    const { participants } = await host.client.request('join', {});
    expect(participants[0]?.tracks[0]?.paused).to.equal(false);
    expect(host.client.received('trackMuted').map(({ paused }) => paused)).to.deep.equal(wishes);
    const track = node.server.registry.rooms[0]?.participants.flatMap(({ tracks }) => [...tracks.values()])[0];
    expect(track?.producer.paused).to.equal(false);
  });
});
