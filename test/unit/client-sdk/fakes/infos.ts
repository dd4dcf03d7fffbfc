import { roleGrants } from '../../../../protocol/grants.ts';
import type { ParticipantInfo, TrackInfo } from '../../../../protocol/participants.ts';
import type { Snapshot } from '../../../../protocol/signaling.ts';

export function participantInfo(change: Partial<ParticipantInfo> = {}): ParticipantInfo {
  return {
    participantId: 'someone',
    identity: change.participantId ?? 'someone',
    name: 'Someone',
    role: 'guest',
    metadata: '',
    joinedAt: 1,
    connection: 'connected',
    quality: 'unknown',
    qualityReason: null,
    tracks: [],
    asideWith: null,
    ...change,
  };
}

export function trackInfo(change: Partial<TrackInfo> = {}): TrackInfo {
  return { producerId: 'producer', kind: 'video', source: 'camera', paused: false, ...change };
}

export function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    sessionId: 'session',
    resumeSecret: 'secret',
    resumed: false,
    stage: 'joined',
    room: {
      name: 'tea',
      metadata: '',
      maxParticipants: 10,
      lobby: false,
      locked: false,
      hostName: null,
      lobbyNote: '',
      hostAway: null,
      createdAt: 1,
    },
    self: participantInfo({ participantId: 'self' }),
    grants: { ...roleGrants.guest, publish: ['camera', 'microphone'] },
    participants: [],
    waiting: [],
    media: null,
    ...change,
  };
}
