import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import type { types } from 'mediasoup';
import type { Source } from '../../../protocol/grants.ts';
import type { Connection, Subscription } from '../../../server/rooms/Participant.ts';
import type { Logger } from '../../../server/base/logger.ts';
import type { MediaSession } from '../../../server/media/MediaSession.ts';
import type { RoomRouter } from '../../../server/media/RoomRouter.ts';
import { LocalTrack } from '../../../server/rooms/LocalTrack.ts';
import { Participant } from '../../../server/rooms/Participant.ts';
import { Subscriptions } from '../../../server/rooms/Subscriptions.ts';
import { fixtureHello } from '../../helpers/rtpFixtures.ts';
import { waitFor } from '../../helpers/waitFor.ts';

const LARGEST = 2;

describe('Subscriptions', () => {
  /** A room with the video of a host in three sizes, of which one viewer watches the smallest. */
  function make(hostRttMs = 0, source: Source = 'camera') {
    const claims = { iss: 'shop', exp: 0, room: 'tea' };
    const host = new Participant({ ...claims, sub: 'host', role: 'host' }, fixtureHello());
    const wanted: number[] = [];
    const connection = {
      rttMs: hostRttMs,
      measureRtt: () => undefined,
      notify: (name: string, data: { spatialLayers?: number }) =>
        void (name === 'layersWanted' && wanted.push(data.spatialLayers ?? -1)),
      close: () => undefined,
    } as Connection;
    host.attach(connection);
    host.welcome(connection, {} as never);
    const rtpParameters = { encodings: [{ rid: 'r0' }, { rid: 'r1' }, { rid: 'r2' }] };
    const producer = { id: 'video', kind: 'video', closed: false, rtpParameters, observer: new EventEmitter() };
    const track = new LocalTrack({
      producer: producer as unknown as types.Producer,
      router: {} as RoomRouter,
      source,
      paused: false,
      size: undefined,
    });
    track.layersWanted = 1;
    host.tracks.set('video', track);
    const sessions: Participant[] = [host];
    const subscriptions = new Subscriptions({
      routerRtpCapabilitiesId: '',
      sessions: () => sessions,
      remote: () => [],
      logger: {} as Logger,
    });
    subscriptions.demand.add(host, track);
    /** Someone who has no consumer, one that is made for them, and what its worker was told, in order. */
    const meet = (identity: string) => {
      const participant = new Participant({ ...claims, sub: identity, role: 'guest' }, fixtureHello());
      const commands: string[] = [];
      const consumer = {
        id: `consumer of ${identity}`,
        producerId: 'video',
        kind: 'video',
        type: 'simulcast',
        closed: false,
        currentLayers: undefined,
        observer: new EventEmitter(),
        on: () => {},
        setPreferredLayers: ({ spatialLayer }: types.ConsumerLayers) =>
          Promise.resolve(void commands.push(`layer ${spatialLayer}`)),
        resume: () => Promise.resolve(void commands.push('resume')),
        pause: () => Promise.resolve(void commands.push('pause')),
        requestKeyFrame: () => Promise.resolve(void commands.push('key frame')),
      };
      return { participant, commands, consumer: consumer as unknown as types.Consumer };
    };
    /** Someone with a consumer that is paused, as made before they entered. */
    const prepare = (identity: string) => {
      const { participant, commands, consumer } = meet(identity);
      const subscription: Subscription = {
        consumer,
        publisher: host,
        paused: true,
        withheld: false,
        layers: { spatialLayer: LARGEST },
        track,
      };
      participant.subscriptions.set(consumer.id, subscription);
      subscriptions.demand.watch(subscription);
      sessions.push(participant);
      return { participant, commands, consumerId: consumer.id };
    };
    return { subscriptions, host, track, wanted, meet, prepare };
  }

  it('begins with the size that is sent where the larger ones still rest, and climbs', async () => {
    const { subscriptions, wanted, prepare } = make();
    const { participant, commands } = prepare('newcomer');
    subscriptions.expect(participant);
    expect(wanted).to.deep.equal([3]);
    subscriptions.resumeAll(participant);
    expect(commands).to.deep.equal(['layer 0', 'resume']);
    await waitFor('the largest to be preferred', () => commands.includes('layer 2'));
    expect(wanted).to.deep.equal([3]);
  });

  it('asks the worker for nothing but to resume where all sizes are there already', async () => {
    const { subscriptions, prepare } = make();
    const first = prepare('first');
    subscriptions.resumeAll(first.participant);
    await waitFor('the sizes to be there', () => subscriptions.demand.waking('video') === null);
    const second = prepare('second');
    subscriptions.resumeAll(second.participant);
    expect(second.commands).to.deep.equal(['resume']);
  });

  it('counts on the way to a publisher who is far away', async () => {
    const { subscriptions, prepare } = make(500);
    const { participant } = prepare('newcomer');
    subscriptions.resumeAll(participant);
    expect(subscriptions.demand.waking('video')?.remainingMs).to.be.within(100, 550);
    const late = prepare('a moment later');
    subscriptions.resumeAll(late.participant);
    expect(late.commands).to.deep.equal(['layer 0', 'resume']);
  });

  it('stops climbing for someone who looks away, and takes it up again', async () => {
    const { subscriptions, prepare } = make();
    const { participant, commands, consumerId } = prepare('newcomer');
    subscriptions.resumeAll(participant);
    await subscriptions.setPreferences(participant, { consumerId, paused: true });
    // By the first attempt of a climb that began later, this one would have made its own.
    const later = make();
    const other = later.prepare('another');
    later.subscriptions.resumeAll(other.participant);
    await waitFor('another climb to try', () => other.commands.includes('layer 2'));
    expect(commands).to.deep.equal(['layer 0', 'resume', 'pause']);
    await subscriptions.setPreferences(participant, { consumerId, paused: false });
    expect(commands.slice(3)).to.deep.equal(['layer 2', 'resume']);
  });

  it('empties what could be sent again of a picture that is begun anew, and never resumes one that is paused', async () => {
    const { subscriptions, prepare } = make();
    const { participant, commands, consumerId } = prepare('viewer');
    await subscriptions.requestKeyFrame(participant, { consumerId, discardSent: true });
    expect(commands.splice(0), 'while it is paused').to.deep.equal(['key frame']);
    await subscriptions.setPreferences(participant, { consumerId, paused: false });
    commands.splice(0);
    await subscriptions.requestKeyFrame(participant, { consumerId, discardSent: true });
    expect(commands.splice(0)).to.deep.equal(['pause', 'resume']);
    await subscriptions.requestKeyFrame(participant, { consumerId });
    expect(commands).to.deep.equal(['key frame']);
  });

  it('holds back what someone may not have, whatever they ask for, and sends it again at once after', async () => {
    // A word aside holds back sound alone; whatever would be held back goes the same way.
    const { subscriptions, host, prepare } = make(0, 'microphone');
    const { participant, commands, consumerId } = prepare('listener');
    const partner = prepare('partner');
    for (const one of [participant, partner.participant]) subscriptions.resumeAll(one);
    for (const all of [commands, partner.commands]) all.splice(0);
    host.asideWith = partner.participant.id;
    await subscriptions.reconsider();
    await subscriptions.reconsider();
    expect(commands.splice(0)).to.deep.equal(['pause']);
    expect(partner.commands).to.deep.equal([]);
    for (const paused of [false, true, false]) await subscriptions.setPreferences(participant, { consumerId, paused });
    await subscriptions.requestKeyFrame(participant, { consumerId, discardSent: true });
    subscriptions.resumeAll(participant);
    expect(commands.splice(0)).to.not.include('resume');
    host.asideWith = null;
    await subscriptions.reconsider();
    expect(commands.filter((command) => !command.startsWith('layer'))).to.deep.equal(['resume']);
  });

  it('leaves paused what its subscriber has paused, when they may have it again', async () => {
    const { subscriptions, host, prepare } = make(0, 'microphone');
    const { participant, commands, consumerId } = prepare('listener');
    host.asideWith = 'someone else';
    await subscriptions.setPreferences(participant, { consumerId, paused: true });
    await subscriptions.reconsider();
    host.asideWith = null;
    await subscriptions.reconsider();
    expect(commands).to.not.include('resume');
  });

  it('sends nothing to who was sent back to the lobby while a consumer was made', async () => {
    const { subscriptions, host, track, meet } = make();
    const { participant, commands, consumer } = meet('expert');
    participant.clientMedia.routerRtpCapabilitiesId = '';
    participant.stage = 'aside';
    const consume = async () => {
      participant.stage = 'lobby';
      return consumer;
    };
    participant.media = { consume } as Partial<MediaSession> as MediaSession;
    await subscriptions.subscribeTo([{ publisher: host, track }], participant);
    expect(participant.consumerInfos.map(({ paused }) => paused)).to.deep.equal([true]);
    expect(commands).to.deep.equal(['pause']);
  });
});
