import { expect } from 'chai';
import type { LeaveReason, ParticipantInfo, TrackInfo } from '../../../../protocol/participants.ts';
import { describeChange, type Told } from '../../../../server/rooms/span/describeChange.ts';
import type { MemberState } from '../../../../server/rooms/span/memberState.ts';

const cup: TrackInfo = { producerId: 'cup', kind: 'video', source: 'teaCloseUp', paused: false };
const voice: TrackInfo = { producerId: 'voice', kind: 'audio', source: 'microphone', paused: false };
const state = (info: Partial<ParticipantInfo> = {}, differences: Partial<MemberState> = {}): MemberState => ({
  info: {
    participantId: 'p',
    identity: 'li',
    name: 'Li',
    role: 'guest',
    metadata: '',
    joinedAt: 1,
    connection: 'connected',
    quality: 'unknown',
    qualityReason: null,
    tracks: [cup],
    asideWith: null,
    ...info,
  },
  stage: 'joined',
  visible: true,
  takesSeat: true,
  enteredAt: 1,
  media: [],
  ...differences,
});
const hidden = state({}, { visible: false });
const aside = state({ asideWith: 'host' }, { stage: 'aside', visible: false });
const describeTo =
  (viewerId: string | null) =>
  (before: MemberState | null, after: MemberState | null, reason?: LeaveReason): Told[] =>
    describeChange({ before, after, reason }, viewerId);
const toAll = describeTo(null);
const names = (...change: Parameters<typeof toAll>) => toAll(...change).map(({ name }) => name);

describe('what is told of someone on another node', () => {
  it('is nothing where nothing that others see has changed', () => {
    expect(names(state(), state())).to.deep.equal([]);
    expect(names(null, hidden)).to.deep.equal([]);
    expect(names(hidden, hidden)).to.deep.equal([]);
    expect(names(hidden, null)).to.deep.equal([]);
    expect(names(null, null)).to.deep.equal([]);
    expect(names(state(), state({}, { enteredAt: 2 }))).to.deep.equal([]);
  });

  it('is that they came, with all that they have, and that they left, with the reason', () => {
    for (const before of [null, hidden]) {
      expect(toAll(before, state())).to.deep.equal([
        { name: 'participantJoined', data: { participant: state().info } },
      ]);
    }
    for (const after of [null, hidden]) {
      expect(toAll(state(), after, 'replaced')).to.deep.equal([
        { name: 'participantLeft', data: { participantId: 'p', reason: 'replaced' } },
      ]);
    }
  });

  it('is what became of their tracks', () => {
    expect(toAll(state(), state({ tracks: [voice] }))).to.deep.equal([
      { name: 'trackUnpublished', data: { participantId: 'p', producerId: 'cup' } },
      { name: 'trackPublished', data: { participantId: 'p', track: voice } },
    ]);
    expect(toAll(state(), state({ tracks: [{ ...cup, paused: true }] }))).to.deep.equal([
      { name: 'trackMuted', data: { participantId: 'p', producerId: 'cup', paused: true } },
    ]);
  });

  it('is how good their network is', () => {
    const after = state({ quality: 'poor', qualityReason: 'loss' });
    const qualities = [{ participantId: 'p', quality: 'poor', qualityReason: 'loss' }];
    expect(toAll(state(), after)).to.deep.equal([{ name: 'connectionQuality', data: { qualities } }]);
  });

  for (const [key, value] of [
    ['metadata', 'oolong'],
    ['name', 'Li Hua'],
    ['connection', 'reconnecting'],
  ] as const) {
    it(`is their ${key}`, () => {
      const after = state({ [key]: value });
      expect(toAll(state(), after)).to.deep.equal([{ name: 'participantUpdated', data: { participant: after.info } }]);
    });
  }

  it('is all of it, where all changed while nobody heard', () => {
    const after = state({ metadata: 'x', quality: 'good', tracks: [{ ...cup, paused: true }, voice] });
    expect(names(state(), after)).to.deep.equal([
      'participantUpdated',
      'connectionQuality',
      'trackMuted',
      'trackPublished',
    ]);
  });

  it('is of someone aside for the partner alone, until they have joined', () => {
    const lobby = state({ tracks: [] }, { stage: 'lobby', visible: false });
    const muted = state({ asideWith: 'host', tracks: [{ ...cup, paused: true }] }, { stage: 'aside', visible: false });
    const steps: [MemberState | null, MemberState | null, partner: string[], others: string[]][] = [
      [lobby, aside, ['participantJoined'], []],
      [aside, muted, ['trackMuted'], []],
      [aside, state(), ['participantUpdated'], ['participantJoined']],
      [aside, lobby, ['participantLeft'], []],
      [aside, null, ['participantLeft'], []],
    ];
    for (const [before, after, partner, others] of steps) {
      expect(describeTo('host')(before, after).map(({ name }) => name)).to.deep.equal(partner);
      expect(describeTo('guest')(before, after)).to.deep.equal(toAll(before, after));
      expect(names(before, after)).to.deep.equal(others);
    }
  });

  it('is of a host who speaks aside that they do', () => {
    const speaking = state({ asideWith: 'expert' });
    expect(toAll(state(), speaking)).to.deep.equal([
      { name: 'participantUpdated', data: { participant: speaking.info } },
    ]);
  });
});
