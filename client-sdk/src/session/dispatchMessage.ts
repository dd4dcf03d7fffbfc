import type { RoomInfo, ServerNotificationData, Snapshot } from '../../../protocol/signaling.ts';
import type { Publisher } from '../media/Publisher.ts';
import type { Subscriber } from '../media/Subscriber.ts';
import type { LocalParticipant } from '../participants/LocalParticipant.ts';
import type { Roster } from '../participants/Roster.ts';
import type { ServerMessage } from '../signaling/SignalingSocket.ts';
import type { Stills } from '../stills/Stills.ts';
import type { TastingTable } from './TastingTable.ts';

export interface MessageTargets {
  local: LocalParticipant;
  roster: Roster;
  subscriber: Subscriber;
  publisher: Publisher;
  stills: Stills;
  table: TastingTable;
  admitted(snapshot: Snapshot): void;
  /** What holds now, for another cause. */
  snapshot(snapshot: Snapshot): void;
  roomChanged(info: RoomInfo): void;
  lobbyChanged(waiting: ServerNotificationData<'lobbyChanged'>['waiting']): void;
}

/** Hands what the server tells to whom it concerns. Messages of a newer server are ignored. */
export function dispatchMessage({ method, data }: ServerMessage, targets: MessageTargets): void {
  const { local, roster, subscriber, publisher, stills, table } = targets;
  switch (method) {
    case 'admitted':
      targets.admitted(data);
      break;
    case 'mediaReset':
    case 'roleChanged':
      targets.snapshot(data);
      break;
    case 'roomChanged':
      targets.roomChanged(data.room);
      break;
    case 'guideChanged':
      table.guide.handleGuide(data);
      break;
    case 'stepChanged':
      table.guide.handleStep(data);
      break;
    case 'noteShared':
      table.notes.handleShared(data.note);
      break;
    case 'noteWithdrawn':
      table.notes.handleWithdrawn(data.teaId, data.identity);
      break;
    case 'notesSummary':
      table.notes.handleSummary(data);
      break;
    case 'inviteChanged':
      table.invites.handleChanged(data.invite);
      break;
    case 'participantJoined':
      roster.add(data.participant);
      break;
    case 'participantLeft':
      roster.remove(data.participantId, data.reason);
      break;
    case 'participantUpdated':
      roster.update(data.participant);
      break;
    case 'trackPublished':
      roster.publish(data.participantId, data.track);
      break;
    case 'trackUnpublished':
      roster.unpublish(data.participantId, data.producerId);
      break;
    case 'trackMuted':
      // Of one's own tracks others can only mute.
      if (data.participantId !== local.participantId) roster.setMuted(data.participantId, data.producerId, data.paused);
      else if (data.paused) publisher.muted(data.producerId);
      break;
    case 'newConsumer':
      subscriber.add(data.consumer);
      break;
    case 'videoResized':
      subscriber.videoResized(data);
      break;
    case 'layersWanted':
      publisher.layersWanted(data);
      break;
    case 'consumerClosed':
      subscriber.removeConsumer(data.consumerId);
      break;
    case 'activeSpeakers':
      roster.setSpeakers(data.participantIds);
      subscriber.viewChanged();
      break;
    case 'connectionQuality':
      roster.updateQualities(data.qualities);
      break;
    case 'lobbyChanged':
      targets.lobbyChanged(data.waiting);
      break;
    case 'stillRequested':
      stills.handleRequested(data);
      break;
    case 'stillAdded':
      stills.handleAdded(data.still);
      break;
    case 'stillFailed':
      stills.handleFailed(data);
      break;
    case 'stillRemoved':
      stills.handleRemoved(data.stillId);
      break;
    case 'welcome':
    case 'moved':
    case 'otherNodes':
    case 'closed':
      // The connection has handled them.
      break;
  }
}
