import { expect } from 'chai';
import type { types } from 'mediasoup';
import type { AccessTokenClaims } from '../../../protocol/accessToken.ts';
import type { ErrorBody } from '../../../protocol/ChaxiError.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { sources, type Source } from '../../../protocol/grants.ts';
import type { ServerNotificationData } from '../../../protocol/signaling.ts';
import type { RoomRouter } from '../../../server/media/RoomRouter.ts';
import { levels } from '../../../server/rooms/quality/judgeNetwork.ts';
import { LocalTrack } from '../../../server/rooms/LocalTrack.ts';
import { Participant, type Connection } from '../../../server/rooms/Participant.ts';
import { fixtureHello } from '../../helpers/rtpFixtures.ts';

class FakeConnection implements Connection {
  readonly rttMs = undefined;

  measureRtt(): void {}
  readonly told: string[] = [];
  closedWith: ErrorBody | null | undefined = undefined;

  notify(name: string): void {
    this.told.push(name);
  }

  close(error: ErrorBody | null): void {
    this.closedWith = error;
  }
}

const participant = (claims: Partial<AccessTokenClaims> = {}) =>
  new Participant({ iss: 'shop', sub: 'li', exp: 0, room: 'tea', role: 'guest', ...claims }, fixtureHello());
const track = (id: string, source: Source) =>
  new LocalTrack({
    producer: { id, kind: 'video', rtpParameters: {} } as types.Producer,
    router: {} as RoomRouter,
    source,
    paused: false,
    size: undefined,
  });
const snapshot = {} as ServerNotificationData<'welcome'>;
const speakers = { participantIds: [] };
const codeOf = (call: () => unknown) => {
  try {
    call();
  } catch (error) {
    return error instanceof ChaxiError ? error.code : error;
  }
  return undefined;
};

describe('a participant', () => {
  it('is known by its identity where the token gives no name', () => {
    expect(participant().info).to.include({ identity: 'li', name: 'li', metadata: '', connection: 'reconnecting' });
    expect(participant({ name: 'Li Hua', metadata: '{}' }).info).to.include({ name: 'Li Hua', metadata: '{}' });
  });

  it('knows a socket that was given up for a later one', () => {
    const guest = participant();
    const attempts = [undefined, 2, 4, 3, 4, undefined, 1, 5];
    expect(attempts.map((attempt) => guest.isLatest(attempt))).to.deep.equal([
      true,
      true,
      true,
      false,
      true,
      true,
      false,
      true,
    ]);
  });

  it('has ids and a secret that no other session has', () => {
    const [a, b] = [participant(), participant()];
    for (const key of ['id', 'sessionId', 'resumeSecret'] as const) expect(a[key]).to.not.equal(b[key]);
  });

  it('is visible once it has joined and the others were told, unless it is hidden', () => {
    const [guest, observer] = [participant(), participant({ role: 'observer' })];
    expect(guest.visible).to.equal(false);
    guest.stage = observer.stage = 'joined';
    expect([guest.takesSeat, guest.visible, observer.takesSeat]).to.deep.equal([true, false, false]);
    guest.announced = observer.announced = true;
    expect([guest.visible, observer.visible]).to.deep.equal([true, false]);
    guest.close(null);
    expect([guest.visible, guest.joined]).to.deep.equal([false, false]);
  });

  it('has for good what the token gives, and only while hosting is handed over what comes with that', () => {
    const [owner, friend] = [
      participant({ role: 'host', grants: { stills: false } }),
      participant({ grants: { publish: ['camera'] } }),
    ];
    expect([owner.lastingGrants, friend.lastingGrants]).to.deep.equal([owner.grants, friend.grants]);
    [owner.role, friend.role] = ['expert', 'host'];
    expect(friend.grants).to.include({ admit: true, moderate: true, lead: true, invite: true });
    expect(friend.lastingGrants).to.deep.equal(participant({ grants: { publish: ['camera'] } }).grants);
    expect(owner.lastingGrants).to.include({
      admit: false,
      invite: false,
      stills: false,
      lookAhead: true,
      notes: true,
    });
  });

  describe('sources', () => {
    it('can be published once each, and again when they are free', () => {
      const guest = participant();
      const release = guest.reserveSource('camera');
      expect(codeOf(() => guest.reserveSource('camera'))).to.equal('sourceTaken');
      release();
      guest.tracks.set('1', track('1', 'camera'));
      expect(codeOf(() => guest.reserveSource('camera'))).to.equal('sourceTaken');
      guest.tracks.clear();
      expect(codeOf(() => guest.reserveSource('camera'))).to.equal(undefined);
    });

    it('can be published at once side by side', () => {
      const guest = participant();
      for (const source of sources) expect(codeOf(() => guest.reserveSource(source))).to.equal(undefined);
    });

    it('need a grant each', () => {
      const guest = participant({ grants: { publish: ['microphone'] } });
      expect(codeOf(() => guest.reserveSource('camera'))).to.equal('notAllowed');
      expect(codeOf(() => guest.reserveSource('microphone'))).to.equal(undefined);
    });

    it('are none for who is hidden, whatever the token says', () => {
      const guest = participant({ grants: { publish: ['camera'], hidden: true } });
      expect(codeOf(() => guest.reserveSource('camera'))).to.equal('notAllowed');
    });
  });

  describe('connections', () => {
    it('hear nothing before their welcome, and nothing that was for one before', () => {
      const guest = participant();
      const [first, second] = [new FakeConnection(), new FakeConnection()];
      guest.attach(first);
      guest.notify('activeSpeakers', speakers);
      guest.welcome(first, snapshot);
      guest.notify('activeSpeakers', speakers);
      guest.attach(second);
      guest.notify('activeSpeakers', speakers);
      guest.welcome(first, snapshot);
      guest.notify('activeSpeakers', speakers);
      expect(first.told).to.deep.equal(['welcome', 'activeSpeakers']);
      expect(second.told).to.be.empty;
      guest.welcome(second, snapshot);
      expect(second.told).to.deep.equal(['welcome']);
    });

    it('are closed without a word by the next one, and with a reason at the end', () => {
      const guest = participant();
      const [first, second] = [new FakeConnection(), new FakeConnection()];
      guest.attach(first);
      guest.attach(second);
      expect(first.closedWith).to.equal(null);
      const error = new ChaxiError('participantRemoved').toBody();
      guest.close(error);
      expect(second.closedWith).to.equal(error);
      expect(guest.connected).to.equal(false);
    });

    it('can only be lost where they are the present one', () => {
      const guest = participant();
      const [first, second] = [new FakeConnection(), new FakeConnection()];
      guest.attach(first);
      guest.attach(second);
      expect(guest.detach(first)).to.equal(false);
      expect(guest.connected).to.equal(true);
      expect(guest.detach(second)).to.equal(true);
      expect(guest.info.connection).to.equal('reconnecting');
    });

    it('are closed once, however often the participant is', () => {
      const guest = participant();
      const connection = new FakeConnection();
      guest.attach(connection);
      guest.close(null);
      guest.close(new ChaxiError('roomClosed').toBody());
      expect(connection.closedWith).to.equal(null);
    });
  });

  it('has a network of unknown quality until there is something to judge by', () => {
    const guest = participant();
    expect(guest.info).to.include({ quality: 'unknown', qualityReason: null });
    guest.network = { ...guest.network, level: levels.fair, reason: 'delay' };
    expect(guest.info).to.include({ quality: 'fair', qualityReason: 'delay' });
  });
});
