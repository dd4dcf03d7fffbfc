import type { LeaveReason, ParticipantInfo } from '../../../protocol/participants.ts';
import type { ServerNotification, ServerNotificationData } from '../../../protocol/signaling.ts';
import { isSeenBy } from '../hearingPolicy.ts';
import type { MemberState } from './memberState.ts';

/** A notification with its data. */
export type Told = { [N in ServerNotification]: { name: N; data: ServerNotificationData<N> } }[ServerNotification];

/** Someone becomes `after` who was `before`; null is nobody. */
export interface MemberChange {
  before: MemberState | null;
  after: MemberState | null;
  /** Why, where they leave. */
  reason?: LeaveReason;
}

/** @param viewerId Who is told: someone in the room who has this id; null is everyone whom it does not concern more than others */
export function describeChange({ before, after, reason = 'left' }: MemberChange, viewerId: string | null): Told[] {
  const isSeen = (state: MemberState | null) => state !== null && isSeenBy(speakerOf(state), viewerId);
  if (!after || !isSeen(after)) {
    if (!before || !isSeen(before)) return [];
    return [{ name: 'participantLeft', data: { participantId: before.info.participantId, reason } }];
  }
  if (!before || !isSeen(before)) return [{ name: 'participantJoined', data: { participant: after.info } }];
  return [...describeUpdate(before.info, after.info), ...describeTracks(before, after)];
}

function speakerOf({ stage, visible, info: { asideWith } }: MemberState) {
  return { stage, visible, asideWith };
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
