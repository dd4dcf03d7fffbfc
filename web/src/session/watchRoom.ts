import { ChaxiError, type RemoteParticipant, type Still, type TastingNote } from '../../../client-sdk/src/index.ts';
import type { RoomSession } from './RoomSession.ts';

/** Carries what happens in the room into the session, and says what a person should hear of it. */
export function watchRoom(session: RoomSession): void {
  const { room, audio } = session;
  const refresh = () => session.refresh();
  room
    .on('stateChanged', refresh)
    .on('lobbyEntered', () => void session.waits())
    .on('asideEntered', () => void session.enteredAside())
    .on('joined', () => {
      session.networkAdvice.update();
      void session.entered();
    })
    .on('left', (error) => session.end(error?.code ?? null, hostsWords(error)))
    .on('reconnected', () => {
      session.announce(session.t.notices.reconnected);
      // Before the door and aside the events of that stage ask for what may be seen there.
      if (room.state !== 'joined') return;
      void session.stills.reload();
      void session.notes.entered();
    })
    .on('mediaError', ({ code }) => {
      if (code === 'colorCorrectionFailed') session.cupColor.lost(code);
      // While it reconnects, that media is gone too is no news.
      if (room.state !== 'reconnecting') session.report(code);
    });
  room
    .on('participantJoined', (person) => announceUnlessAside(session, person, session.t.notices.joined(person.name)))
    .on('participantLeft', (person) => announceUnlessAside(session, person, session.t.notices.left(person.name)))
    .on('participantUpdated', refresh)
    .on('roomChanged', refresh)
    .on('roleChanged', (role) => session.roleChanged(role))
    .on('inviteChanged', (invite) => session.invitations.put(invite))
    .on('connectionQualityChanged', ({ isLocal }) => (isLocal ? session.networkAdvice.update() : refresh()))
    .on('activeSpeakersChanged', (speakers) => session.speakersChanged(speakers))
    .on('lobbyChanged', refresh);
  room
    .on('guideChanged', () => session.guide.refresh())
    .on('stepChanged', () => session.guide.refresh())
    .on('noteShared', (note) => announceNote(session, note))
    .on('noteWithdrawn', (teaId, identity) => session.notes.noteWithdrawn(teaId, identity))
    .on('notesSummaryChanged', (summary) => session.notes.summaryChanged(summary))
    .on('notesSaved', () => session.notes.refresh())
    .on('noteRefused', (_teaId, { code }) => {
      session.notes.refresh();
      session.report(code);
    });
  room
    .on('stillAdded', (still) => announceStill(session, still))
    .on('stillRemoved', (stillId) => session.stills.removed(stillId));
  room
    .on('trackPublished', refresh)
    .on('trackUnpublished', refresh)
    .on('trackSubscribed', (track) => {
      audio.add(track);
      refresh();
    })
    .on('trackUnsubscribed', (track) => {
      audio.remove(track);
      refresh();
    })
    .on('trackMuted', (track, { isLocal }) => (isLocal ? session.ownTrackChanged(track) : refresh()))
    .on('trackUnmuted', (track, { isLocal }) => (isLocal ? session.ownTrackChanged(track) : refresh()))
    .on('localTrackPublished', refresh)
    .on('localTrackUnpublished', (track) => session.ownTrackChanged(track))
    .on('audioPlaybackBlocked', refresh)
    .on('audioPlaybackStarted', refresh);
}

/** An error that is no more than its code has the message of the code. */
function hostsWords(error: ChaxiError | null): string | null {
  if (error?.code !== 'admissionDeclined') return null;
  return error.message === new ChaxiError(error.code).message ? null : error.message;
}

/** Who comes to speak with oneself aside has not joined, and leaves nobody; and to who is sent back to the lobby nobody has left. */
function announceUnlessAside(session: RoomSession, { asideWith }: RemoteParticipant, text: string): void {
  const { state, localParticipant } = session.room;
  const isOwnGuest = state !== 'aside' && asideWith === localParticipant.participantId;
  if (isOwnGuest || state === 'lobby') session.refresh();
  else session.announce(text);
}

function announceStill(session: RoomSession, still: Still): void {
  const { room, stills, t } = session;
  stills.added(still);
  const { identity } = room.localParticipant;
  const { requestedBy, takenFrom, stillId, previewUrl } = still;
  const action = { label: t.stills.view, act: () => stills.view(stillId) };
  const { takenByYou, takenOfYou, takenBy } = t.stills;
  const ofYou = takenFrom.identity === identity;
  const text = (ofYou ? takenOfYou : takenBy)(requestedBy.name);
  session.announce(requestedBy.identity === identity ? takenByYou : text, { action, picture: previewUrl ?? undefined });
}

/** Told once: whoever writes on shares each word. */
function announceNote(session: RoomSession, note: TastingNote): void {
  if (session.notes.noteShared(note)) session.announce(session.t.notes.someoneShared(note.name));
}
