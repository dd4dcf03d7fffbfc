import type { LeaveReason, ParticipantInfo } from '../../../protocol/participants.ts';
import type { ServerNotification, ServerNotificationData } from '../../../protocol/signaling.ts';
import type { MemberState } from './memberState.ts';

/** A notification with its data. */
export type Told = { [N in ServerNotification]: { name: N; data: ServerNotificationData<N> } }[ServerNotification];

/** What those in the room are told when someone on another node becomes `after` who was `before`; null is nobody. */
export function describeChange(
  before: MemberState | null,
  after: MemberState | null,
  reason: LeaveReason = 'left',
): Told[] {
  if (!after?.visible) {
    if (!before?.visible) return [];
    return [{ name: 'participantLeft', data: { participantId: before.info.participantId, reason } }];
  }
  if (!before?.visible) return [{ name: 'participantJoined', data: { participant: after.info } }];
  return [...describeUpdate(before.info, after.info), ...describeTracks(before, after)];
}

function describeUpdate(before: ParticipantInfo, after: ParticipantInfo): Told[] {
  const { participantId, quality, qualityReason } = after;
  const told: Told[] = [];
  if (essence(before) !== essence(after)) told.push({ name: 'participantUpdated', data: { participant: after } });
  if (before.quality !== quality || before.qualityReason !== qualityReason) {
    told.push({ name: 'connectionQuality', data: { qualities: [{ participantId, quality, qualityReason }] } });
  }
  return told;
}

/** All that is not told by a notification of its own. */
function essence(info: ParticipantInfo): string {
  return JSON.stringify({ ...info, tracks: null, quality: null, qualityReason: null });
}

function describeTracks({ info: { tracks: before } }: MemberState, { info }: MemberState): Told[] {
  const { participantId, tracks: after } = info;
  const find = (tracks: ParticipantInfo['tracks'], id: string) => tracks.find(({ producerId }) => producerId === id);
  const gone = before.filter(({ producerId }) => !find(after, producerId));
  return [
    ...gone.map(({ producerId }): Told => ({ name: 'trackUnpublished', data: { participantId, producerId } })),
    ...after.flatMap((track): Told[] => {
      const { producerId, paused } = track;
      const known = find(before, producerId);
      if (!known) return [{ name: 'trackPublished', data: { participantId, track } }];
      if (known.paused === paused) return [];
      return [{ name: 'trackMuted', data: { participantId, producerId, paused } }];
    }),
  ];
}
