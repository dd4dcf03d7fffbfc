import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { lightHello } from '../../bench/clients/lightCapabilities.ts';
import { createCertificate, type Certificate } from '../../bench/lib/certificate.ts';
import { audioParameters, videoParameters } from '../helpers/rtpFixtures.ts';
import { API_KEY, startTestServer, type TestServer } from '../helpers/testServer.ts';
import { Visitors, type Visitor, type VisitOptions } from '../helpers/Visitors.ts';
import { Ear, Mouth } from '../helpers/Voice.ts';
import { waitFor } from '../helpers/waitFor.ts';

const microphone = { kind: 'audio', source: 'microphone', rtpParameters: audioParameters(1) } as const;
const camera = { kind: 'video', source: 'camera', rtpParameters: videoParameters(11) } as const;

describe('a word aside', () => {
  let node: TestServer;
  const visitors = new Visitors(() => node);
  const names = (people: readonly { identity: string }[]) => people.map(({ identity }) => identity).sort();
  const sessionOf = ({ participantId }: Visitor) =>
    node.server.registry.rooms.flatMap(({ participants }) => participants).find(({ id }) => id === participantId);
  const consumerOf = (to: Visitor, producerId: string) =>
    [...(sessionOf(to)?.subscriptions.values() ?? [])].find(({ track }) => track.producerId === producerId)?.consumer;
  /** What the server does with a track of another: it sends it, holds it back, or has told nothing of it. */
  const wayOf = (to: Visitor, producerId: string) => {
    const consumer = consumerOf(to, producerId);
    return consumer ? (consumer.paused ? 'held back' : 'sent') : 'unknown';
  };
  const untilWay = (to: Visitor, producerId: string, way: string) =>
    waitFor(`a track to be ${way}`, () => wayOf(to, producerId) === way);

  before(async () => (node = await startTestServer({ rooms: { lobby: true } })));
  afterEach(() => visitors.clear());
  after(() => node.close());

  const comeIn = async (host: Visitor, identity: string, options: VisitOptions = {}) => {
    const guest = await visitors.join(identity, options);
    await host.client.request('admit', { participantId: guest.participantId });
    await guest.client.notification('admitted');
    return guest;
  };
  const comeAside = async (host: Visitor, identity = 'expert', options: VisitOptions = {}) => {
    const expert = await visitors.join(identity, { role: 'expert', ...options });
    await host.client.request('admit', { participantId: expert.participantId, aside: true });
    return { expert, aside: await expert.client.notification('admitted') };
  };
  /** A host with microphone and camera, a guest who hears and sees them, and an expert aside with the host. */
  const gather = async () => {
    const host = await visitors.join('host', { role: 'host' });
    const { producerId: voice } = await host.client.request('produce', microphone);
    const { producerId: picture } = await host.client.request('produce', camera);
    const guest = await comeIn(host, 'guest');
    await untilWay(guest, voice, 'sent');
    return { host, guest, voice, picture, ...(await comeAside(host)) };
  };
  const backInLobby = (expert: Visitor) => expert.client.notification('admitted', ({ stage }) => stage === 'lobby');

  it('is between two: the host sees who has come, and nobody else knows of it', async () => {
    const { host, guest, expert, aside } = await gather();
    expect(aside).to.deep.include({ stage: 'aside', waiting: [] });
    expect(aside.self).to.include({ participantId: expert.participantId, asideWith: host.participantId });
    expect(names(aside.participants)).to.deep.equal(['guest', 'host']);
    expect(aside.participants.find(({ identity }) => identity === 'host')?.asideWith).to.equal(expert.participantId);
    const { participant } = await host.client.notification(
      'participantJoined',
      ({ participant: { identity } }) => identity === 'expert',
    );
    expect(participant.asideWith).to.equal(host.participantId);
    expect(host.client.received('lobbyChanged').at(-1)?.waiting).to.be.empty;
    await guest.client.notification('participantUpdated', (told) => told.participant.asideWith !== null);
    await expert.client.request('produce', microphone);
    await expert.client.request('setMetadata', { metadata: 'secret' });
    await host.client.notification('participantUpdated', (told) => told.participant.metadata === 'secret');
    await host.client.notification('trackPublished', ({ participantId }) => participantId === expert.participantId);
    const seen = await guest.client.request('join', {});
    expect(names(seen.participants)).to.deep.equal(['host']);
    expect(JSON.stringify([seen, guest.client.notifications]))
      .to.not.include('secret')
      .and.not.include('"expert"');
    expect(node.server.registry.getRoom(API_KEY, 'tea')).to.include({ participantCount: 2, waitingCount: 0 });
  });

  it('holds back the sound of the host for all others, whatever they ask for, and no picture', async () => {
    const { host, guest, expert, voice, picture } = await gather();
    expect([wayOf(guest, voice), wayOf(expert, voice)]).to.deep.equal(['held back', 'sent']);
    const consumerId = consumerOf(guest, voice)?.id ?? '';
    for (const paused of [true, false]) await guest.client.request('setConsumerPreferences', { consumerId, paused });
    expect(wayOf(guest, voice)).to.equal('held back');
    await guest.client.request('setConsumerPreferences', {
      consumerId: consumerOf(guest, picture)?.id ?? '',
      paused: false,
    });
    expect(wayOf(guest, picture)).to.equal('sent');
    const late = await comeIn(host, 'late');
    await untilWay(late, voice, 'held back');
    expect(wayOf(late, picture)).to.equal('sent');
    await host.client.request('admit', { participantId: expert.participantId });
    for (const listener of [guest, late, expert]) await untilWay(listener, voice, 'sent');
  });

  it('is followed by the whole room when the host lets the other one in', async () => {
    const { host, guest, expert } = await gather();
    const { producerId } = await expert.client.request('produce', microphone);
    await host.client.notification('newConsumer', ({ consumer }) => consumer.producerId === producerId);
    expect(wayOf(guest, producerId)).to.equal('unknown');
    await host.client.request('admit', { participantId: expert.participantId });
    const admitted = await expert.client.notification('admitted', ({ stage }) => stage === 'joined');
    expect(admitted.self.asideWith).to.equal(null);
    const { participant } = await guest.client.notification(
      'participantJoined',
      (told) => told.participant.participantId === expert.participantId,
    );
    expect(participant.tracks).to.have.length(1);
    await guest.client.notification('newConsumer', ({ consumer }) => consumer.producerId === producerId);
    await host.client.notification(
      'participantUpdated',
      (told) => told.participant.identity === 'expert' && told.participant.asideWith === null,
    );
    await guest.client.notification('participantUpdated', (told) => told.participant.asideWith === null);
    expect(host.client.received('participantJoined').filter((told) => told.participant.identity === 'expert'))
      .to.have //
      .length(1);
    expect(names((await host.client.request('join', {})).participants)).to.deep.equal(['expert', 'guest']);
  });

  it('ends in the lobby, with all that was shown, when the host says so', async () => {
    const { host, guest, expert, voice } = await gather();
    const { producerId } = await expert.client.request('produce', microphone);
    await host.client.request('endAside', { participantId: expert.participantId });
    expect((await backInLobby(expert)).self).to.deep.include({ asideWith: null, tracks: [] });
    const left = await host.client.notification('participantLeft');
    expect(left).to.deep.equal({ participantId: expert.participantId, reason: 'left' });
    await host.client.notification('lobbyChanged', ({ waiting }) => names(waiting).includes('expert'));
    await untilWay(guest, voice, 'sent');
    await untilWay(expert, voice, 'held back');
    expect(wayOf(host, producerId)).to.equal('unknown');
    expect(await expert.client.refusalOf('produce', microphone)).to.include({ code: 'wrongStage' });
    await host.client.request('admit', { participantId: expert.participantId, aside: true });
    await host.client.request('admit', { participantId: expert.participantId });
    await guest.client.notification('participantJoined', (told) => told.participant.identity === 'expert');
  });

  it('ends in the lobby when the host leaves, or comes back by another page', async () => {
    const { host, guest, expert } = await gather();
    await expert.client.request('produce', microphone);
    const again = await visitors.join('host', { role: 'host' });
    await backInLobby(expert);
    const seen = await again.client.request('join', {});
    expect([names(seen.participants), names(seen.waiting)]).to.deep.equal([['guest'], ['expert']]);
    expect(await host.client.refusal()).to.include({ code: 'sessionReplaced' });
    await again.client.request('admit', { participantId: expert.participantId, aside: true });
    await again.client.request('leave', {});
    await waitFor('the lobby', () => expert.client.received('admitted').filter(({ stage }) => stage === 'lobby')[1]);
    expect(JSON.stringify(guest.client.notifications)).to.not.include('"expert"');
  });

  it('goes on over a lost socket of either', async () => {
    const { host, guest, expert, voice } = await gather();
    for (const [identity, lost, role] of [
      ['host', host, 'host'],
      ['expert', expert, 'expert'],
    ] as const) {
      lost.client.cut();
      await waitFor('the loss', () => sessionOf(lost)?.connected === false);
      expect(wayOf(guest, voice)).to.equal('held back');
      const { snapshot } = await visitors.resume(identity, lost, { role });
      expect(snapshot).to.include({ resumed: true, stage: role === 'host' ? 'joined' : 'aside' });
      expect(snapshot.self.asideWith).to.equal((role === 'host' ? expert : host).participantId);
    }
  });

  it('ends when the other one leaves, or comes by another page and waits again', async () => {
    const { host, guest, expert, voice } = await gather();
    const again = await visitors.join('expert', { role: 'expert' });
    expect(again.snapshot.stage).to.equal('lobby');
    await host.client.notification('participantLeft', ({ participantId }) => participantId === expert.participantId);
    await untilWay(guest, voice, 'sent');
    await host.client.request('admit', { participantId: again.participantId, aside: true });
    expect(wayOf(guest, voice)).to.equal('held back');
    await again.client.request('leave', {});
    await untilWay(guest, voice, 'sent');
    expect((await host.client.request('join', {})).self.asideWith).to.equal(null);
  });

  it('takes a seat, and is refused where there is none', async () => {
    await node.server.registry.createRoom(API_KEY, { name: 'small', maxParticipants: 2, lobby: true });
    const host = await visitors.join('host', { role: 'host', room: 'small' });
    const { participantId } = await visitors.join('other', { role: 'expert', room: 'small' });
    const { expert } = await comeAside(host, 'expert', { room: 'small' });
    expect(await host.client.refusalOf('admit', { participantId })).to.include({ code: 'roomFull' });
    await host.client.request('admit', { participantId: expert.participantId });
    expect(await host.client.refusalOf('admit', { participantId, aside: true })).to.include({ code: 'roomFull' });
    expect((await host.client.request('join', {})).self.asideWith).to.equal(null);
  });

  it('is with one person at a time, and for those who may admit', async () => {
    const { host, guest, expert } = await gather();
    const second = await visitors.join('second', { role: 'expert' });
    const wish = { participantId: second.participantId, aside: true };
    expect(await host.client.refusalOf('admit', wish)).to.include({ code: 'limitReached' });
    for (const method of ['admit', 'endAside']) {
      expect(await guest.client.refusalOf(method, wish)).to.include({ code: 'notAllowed' });
    }
    expect(await host.client.refusalOf('endAside', wish)).to.include({ code: 'participantNotFound' });
    const aside = { participantId: expert.participantId, aside: true };
    await host.client.request('endAside', aside);
    await host.client.request('admit', wish);
    expect(await host.client.refusalOf('admit', aside)).to.include({ code: 'limitReached' });
  });

  it('is no business of another host', async () => {
    const { host, expert } = await gather();
    const other = await visitors.join('other', { role: 'host' });
    expect(names(other.snapshot.participants)).to.deep.equal(['guest', 'host']);
    const { participantId } = expert;
    for (const method of ['admit', 'endAside', 'removeParticipant', 'decline']) {
      expect(await other.client.refusalOf(method, { participantId })).to.include({ code: 'participantNotFound' });
    }
    await host.client.request('removeParticipant', { participantId });
    expect(await expert.client.refusal()).to.include({ code: 'participantRemoved' });
    expect(other.client.received('participantLeft')).to.be.empty;
  });

  it('is with one of two hosts who ask at once, and the other one speaks to all', async () => {
    const [one, two] = [await visitors.join('one', { role: 'host' }), await visitors.join('two', { role: 'host' })];
    const { participantId } = await visitors.join('expert', { role: 'expert' });
    const wishes = [one, two].map(({ client }) => client.request('admit', { participantId, aside: true }));
    const answers = await Promise.allSettled(wishes);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    const partners = await Promise.all(
      [one, two].map(async ({ client }) => (await client.request('join', {})).self.asideWith),
    );
    expect(partners).to.deep.equal(answers.map(({ status }) => (status === 'fulfilled' ? participantId : null)));
  });

  it('asks for no stills, which all would see, and sees those that there are', async () => {
    const { host, expert } = await gather();
    const still = { participantId: host.participantId, source: 'camera' } as const;
    expect(await expert.client.refusalOf('requestStill', still)).to.include({ code: 'wrongStage' });
    expect(await expert.client.request('listStills', {})).to.deep.equal({ stills: [] });
    await expert.client.request('produce', camera);
    const own = { participantId: expert.participantId, source: 'camera' } as const;
    expect(await host.client.refusalOf('requestStill', own)).to.include({ code: 'participantNotFound' });
  });

  describe('in real sound', () => {
    let folder: string;
    let certificate: Certificate;
    const open: { close(): void }[] = [];

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'chaxi-test-'));
      certificate = await createCertificate(folder);
    });
    afterEach(() => open.splice(0).forEach((one) => one.close()));
    after(() => rm(folder, { recursive: true, force: true }));

    const hello = () => lightHello(certificate.fingerprint);
    const speak = async ({ client, snapshot }: Visitor, ssrc: number) => {
      const mouth = new Mouth(snapshot.media!.send!, certificate, ssrc);
      open.push(mouth);
      const { rtpParameters } = mouth;
      const { producerId } = await client.request('produce', { kind: 'audio', source: 'microphone', rtpParameters });
      return { mouth, producerId };
    };
    const listen = async ({ client, snapshot }: Visitor, producerId: string) => {
      const isOf = (consumer: { producerId: string }) => consumer.producerId === producerId;
      const consumer =
        snapshot.media?.consumers.find(isOf) ??
        (await client.notification('newConsumer', (data) => isOf(data.consumer))).consumer;
      const ear = new Ear(snapshot.media!.recv!, certificate, [consumer]);
      open.push(ear);
      const resume = () => client.request('setConsumerPreferences', { consumerId: consumer.consumerId, paused: false });
      return { ear, resume };
    };
    const untilHeard = ({ ear }: { ear: Ear }, word: string) => waitFor(word, () => ear.heard.has(word));

    it('reaches nobody else, also in the moments when it begins and ends', async () => {
      const host = await visitors.join('host', { role: 'host', hello: hello() });
      const { mouth: hosts, producerId } = await speak(host, 101);
      hosts.word = 'to all';
      const guest = await comeIn(host, 'guest', { hello: hello() });
      const guests = await listen(guest, producerId);
      await guests.resume();
      await untilHeard(guests, 'to all');
      const expert = await visitors.join('expert', { role: 'expert', hello: hello() });
      const experts = await listen(expert, producerId);

      const { participantId } = expert;
      await host.client.request('admit', { participantId, aside: true });
      hosts.word = 'between us';
      await expert.client.notification('admitted', ({ stage }) => stage === 'aside');
      const { mouth: answers, producerId: answer } = await speak(expert, 202);
      answers.word = 'only to you';
      const answered = await listen(host, answer);
      await answered.resume();
      await untilHeard(experts, 'between us');
      await untilHeard(answered, 'only to you');
      await guests.resume();

      // What is under way when the whole room may hear again was said before.
      for (const mouth of [hosts, answers]) mouth.word = null;
      await host.client.request('admit', { participantId });
      await guest.client.notification('participantJoined', (told) => told.participant.identity === 'expert');
      hosts.word = 'to all again';
      await untilHeard(guests, 'to all again');
      await untilHeard(experts, 'to all again');
      expect([...guests.ear.heard]).to.have.members(['to all', 'to all again']);
    });
  });
});
