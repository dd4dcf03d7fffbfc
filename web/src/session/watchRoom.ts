import type { RoomSession } from './RoomSession.ts';

/** Carries what happens in the room into the session, and says what a person should hear of it. */
export function watchRoom(session: RoomSession): void {
  const { room, audio } = session;
  const refresh = () => session.refresh();
  room
    .on('stateChanged', refresh)
    .on('lobbyEntered', () => session.waits())
    .on('joined', () => void session.entered())
    .on('left', (error) => session.end(error?.code ?? null))
    .on('reconnected', () => session.announce(session.t.notices.reconnected))
    .on('mediaError', ({ code }) => {
      // While it reconnects, that media is gone too is no news.
      if (room.state !== 'reconnecting') session.report(code);
    });
  room
    .on('participantJoined', ({ name }) => session.announce(session.t.notices.joined(name)))
    .on('participantLeft', ({ name }) => session.announce(session.t.notices.left(name)))
    .on('participantUpdated', refresh)
    .on('connectionQualityChanged', refresh)
    .on('activeSpeakersChanged', (speakers) => session.speakersChanged(speakers))
    .on('lobbyChanged', refresh);
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
