import type { RequestData, RequestMethod, ResponseData } from '../../protocol/signaling.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { nodeTimeMs } from '../base/nodeClock.ts';
import type { MediaSession } from '../media/MediaSession.ts';
import type { InviteDesk } from '../rooms/invites/InviteDesk.ts';
import type { Participant } from '../rooms/Participant.ts';
import type { Room } from '../rooms/Room.ts';

/** Whose request it is, and in which room. */
export interface RequestContext {
  room: Room;
  participant: Participant;
  invites: InviteDesk;
}

type Handler<M extends RequestMethod> = (
  context: RequestContext,
  data: RequestData<M>,
) => ResponseData<M> | Promise<ResponseData<M>>;

const done = {};

/** One handler a request. What it throws becomes the answer. */
export const requestHandlers: { [M in RequestMethod]: Handler<M> } = {
  async join({ room, participant }, { rtpCapabilities }) {
    await room.enter(participant, rtpCapabilities);
    return room.snapshot(participant);
  },
  leave({ room, participant }) {
    // After the answer is on its way, since leaving closes the socket.
    setImmediate(() => room.leave(participant));
    return done;
  },
  async connectTransport({ participant }, { transportId, dtlsParameters }) {
    await assertMedia(participant).connect(transportId, dtlsParameters);
    return done;
  },
  ping: () => ({ timeMs: nodeTimeMs() }),
  async restartIce({ participant }, { transportId, inUse }) {
    return { iceParameters: await assertMedia(participant).restartIce(transportId, inUse) };
  },
  produce({ room, participant }, data) {
    return room.tracks.publish(participant, data);
  },
  subscribe({ room, participant }) {
    return room.tracks.subscribe(participant);
  },
  closeProducer({ room, participant }, { producerId }) {
    room.tracks.unpublish(participant, producerId);
    return done;
  },
  async setProducerPaused({ room, participant }, { producerId, paused }) {
    await room.tracks.setProducerPaused(participant, producerId, paused);
    return done;
  },
  setVideoSize({ room, participant }, data) {
    room.tracks.setVideoSize(participant, data);
    return done;
  },
  async setConsumerPreferences({ room, participant }, data) {
    await room.tracks.setConsumerPreferences(participant, data);
    return done;
  },
  async requestKeyFrame({ room, participant }, data) {
    await room.tracks.requestKeyFrame(participant, data);
    return done;
  },
  async admit({ room, participant }, { participantId, aside }) {
    await room.moderation.admit(participant, participantId, aside);
    return done;
  },
  async admitAll({ room, participant }) {
    return { admitted: await room.moderation.admitAll(participant) };
  },
  async endAside({ room, participant }, { participantId }) {
    await room.moderation.endAside(participant, participantId);
    return done;
  },
  async decline({ room, participant }, { participantId, reason }) {
    await room.moderation.decline(participant, participantId, reason);
    return done;
  },
  async removeParticipant({ room, participant }, { participantId, ban }) {
    if (ban) await room.moderation.ban(participant, participantId);
    else await room.moderation.remove(participant, participantId);
    return done;
  },
  listBans({ room, participant }) {
    return { bans: room.rules.listBans(participant) };
  },
  async liftBan({ room, participant }, { identity }) {
    await room.rules.liftBan(participant, identity);
    return done;
  },
  async setLobbyNote({ room, participant }, { text }) {
    await room.rules.setLobbyNote(participant, text);
    return done;
  },
  async setLocked({ room, participant }, { locked }) {
    await room.rules.setLocked(participant, locked);
    return done;
  },
  async handOver({ room, participant }, { participantId }) {
    await room.hosting.handOver(participant, participantId);
    return done;
  },
  setGuide({ room, participant }, data) {
    return room.tasting.setGuide(participant, data);
  },
  setStep({ room, participant }, data) {
    return room.tasting.setStep(participant, data);
  },
  setTimer({ room, participant }, data) {
    return room.tasting.setTimer(participant, data);
  },
  async saveNote({ room, participant }, change) {
    return { note: await room.tasting.notes.save(participant, change) };
  },
  async shareNote({ room, participant }, data) {
    return { note: await room.tasting.notes.share(participant, data) };
  },
  async listNotes({ room, participant }, data) {
    return { notes: await room.tasting.notes.list(participant, data) };
  },
  summarizeNotes({ room, participant }) {
    return room.tasting.notes.summarize(participant);
  },
  async createInvite({ participant, invites }, data) {
    return { invite: await invites.createBy(participant, data) };
  },
  async listInvites({ participant, invites }) {
    return { invites: await invites.listFor(participant) };
  },
  async revokeInvite({ participant, invites }, { inviteId }) {
    return { invite: await invites.revokeBy(participant, inviteId) };
  },
  setMetadata({ room, participant }, { metadata }) {
    room.setMetadata(participant, metadata);
    return done;
  },
  requestStill({ room, participant }, data) {
    return room.stills.request(participant, data);
  },
  declineStill({ room, participant }, data) {
    room.stills.decline(participant, data);
    return done;
  },
  listStills({ room, participant }, page) {
    return room.stills.list(participant, page);
  },
  async removeStill({ room, participant }, { stillId }) {
    await room.stills.remove(participant, stillId);
    return done;
  },
};

function assertMedia(participant: Participant): MediaSession {
  if (!participant.media) throw new ChaxiError('transportNotFound');
  return participant.media;
}
