import type { ChaxiError } from '../../protocol/ChaxiError.ts';
import type {
  ConnectionQuality,
  LeaveReason,
  ParticipantInfo,
  QualityReason,
  TrackInfo,
} from '../../protocol/participants.ts';
import type { LocalTrack } from './tracks/LocalTrack.ts';
import type { Participant } from './participants/Participant.ts';
import type { RemoteParticipant } from './participants/RemoteParticipant.ts';
import type { RemoteTrack } from './tracks/RemoteTrack.ts';
import type { Still, StillRequest } from './stills/Still.ts';
import type { Track } from './tracks/Track.ts';

/**
 * `idle` → `preparing` → `prepared` → `joining` → (`lobby` → (`aside` →)) `joined` ⇄ `reconnecting`, and `left` from anywhere.
 * `prepare()` may be left out. A room that was left can be joined again.
 */
export type RoomState = 'idle' | 'preparing' | 'prepared' | 'joining' | 'lobby' | 'aside' | 'joined' | 'reconnecting' | 'left';

/** The events of a TastingRoom and their arguments. */
export interface RoomEvents {
  stateChanged: [state: RoomState];
  /** `join()` waits for the host to let this participant in. */
  lobbyEntered: [];
  /** Someone came to or left the lobby; only with the grant `admit`. */
  lobbyChanged: [waiting: readonly ParticipantInfo[]];
  joined: [];
  /** The socket is lost. Media may still flow. */
  reconnecting: [];
  reconnected: [];
  /** The end. Null after an own `leave()`, otherwise why. */
  left: [error: ChaxiError | null];

  participantJoined: [participant: RemoteParticipant];
  participantLeft: [participant: RemoteParticipant, reason: LeaveReason];
  /** Name, metadata or connection of someone changed; also of the local participant. */
  participantUpdated: [participant: Participant];

  /** Someone publishes a track. `trackSubscribed` follows for those who may subscribe. */
  trackPublished: [track: TrackInfo, participant: RemoteParticipant];
  trackUnpublished: [track: TrackInfo, participant: RemoteParticipant];
  /** A remote track is here: `track.attach()` shows or plays it. */
  trackSubscribed: [track: RemoteTrack, participant: RemoteParticipant];
  /** A remote track is gone: `for (const element of track.detach()) element.remove()`. */
  trackUnsubscribed: [track: RemoteTrack, participant: RemoteParticipant];
  /** A track was muted by its publisher or a moderator; also an own one. Follows `trackSubscribed` where it comes muted. */
  trackMuted: [track: Track, participant: Participant];
  trackUnmuted: [track: Track, participant: Participant];
  localTrackPublished: [track: LocalTrack];
  localTrackUnpublished: [track: LocalTrack];

  /** Someone, or oneself, has asked an own camera for a still. It is taken and sent without further doing. */
  stillRequested: [request: StillRequest];
  /** A still was taken and is kept with the room. Those from before are in `listStills()`, and those that came while the socket was away. */
  stillAdded: [still: Still];
  stillRemoved: [stillId: string];

  /** Who speaks now, loudest first. */
  activeSpeakersChanged: [speakers: readonly Participant[]];
  /**
   * The network of someone, or one's own, is better or worse than before, or suffers from something else (`reason`, null where
   * it is `good` or `unknown`). Worse is told after 4 s, or at once where 30 % or more is lost; better after 8 s.
   */
  connectionQualityChanged: [participant: Participant, quality: ConnectionQuality, reason: QualityReason | null];

  /** The browser wants a click before it plays audio: show a button that calls `startAudio()`. */
  audioPlaybackBlocked: [];
  audioPlaybackStarted: [];
  /** A camera, microphone or speaker was plugged in or out. */
  devicesChanged: [devices: readonly MediaDeviceInfo[]];
  /**
   * Something went wrong that no call could throw: media can not reach the server (`mediaFailed`), a camera was
   * unplugged and no other is there (`deviceNotFound`), a track could not be published again, frames can not be corrected any
   * more and go out as the camera gives them (`colorCorrectionFailed`).
   */
  mediaError: [error: ChaxiError];
}

/** @internal How the parts of a room raise its events. */
export type RoomEmit = <Name extends keyof RoomEvents>(name: Name, ...args: RoomEvents[Name]) => void;
