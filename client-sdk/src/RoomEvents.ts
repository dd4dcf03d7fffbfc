import type { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Grants, Role } from '../../protocol/grants.ts';
import type { Guide, TastingStep } from '../../protocol/guide.ts';
import type { Invite } from '../../protocol/invites.ts';
import type {
  ConnectionQuality,
  LeaveReason,
  ParticipantInfo,
  QualityReason,
  TrackInfo,
} from '../../protocol/participants.ts';
import type { RoomInfo } from '../../protocol/signaling.ts';
import type { NotesSummary, TastingNote } from '../../protocol/tastingNotes.ts';
import type { LocalTrack } from './tracks/LocalTrack.ts';
import type { Participant } from './participants/Participant.ts';
import type { RemoteParticipant } from './participants/RemoteParticipant.ts';
import type { RemoteTrack } from './tracks/RemoteTrack.ts';
import type { Still, StillRequest } from './stills/Still.ts';
import type { Track } from './tracks/Track.ts';

/**
 * `idle` → `preparing` → `prepared` → `joining` → (`lobby` ⇄ (`aside` →)) `joined` ⇄ `reconnecting`, and `left` from anywhere.
 * `prepare()` may be left out. A room that was left can be joined again.
 */
export type RoomState =
  'idle' | 'preparing' | 'prepared' | 'joining' | 'lobby' | 'aside' | 'joined' | 'reconnecting' | 'left';

/** The events of a TastingRoom and their arguments. */
export interface RoomEvents {
  stateChanged: [state: RoomState];
  /** `join()` waits for the host to let this participant in; also after it spoke aside. */
  lobbyEntered: [];
  /** Someone came to or left the lobby; only with the grant `admit`. */
  lobbyChanged: [waiting: readonly ParticipantInfo[]];
  /**
   * The host wants to speak with this participant alone first: it hears and sees the room, what it publishes goes to the host (`asideWith`) alone,
   * and nobody else knows of it. `joined` or `lobbyEntered` follows.
   */
  asideEntered: [];
  joined: [];
  /** The socket is lost. Media may still flow. */
  reconnecting: [];
  reconnected: [];
  /** What holds for the room changed (`info`): it was locked, the host left a word for those who wait, or is away. */
  roomChanged: [info: RoomInfo];
  /** Hosting was handed over, to oneself or by oneself. What one may not publish any more was unpublished. */
  roleChanged: [role: Role, grants: Grants];
  /** The end. Null after an own `leave()`, otherwise why. */
  left: [error: ChaxiError | null];

  participantJoined: [participant: RemoteParticipant];
  participantLeft: [participant: RemoteParticipant, reason: LeaveReason];
  /** Name, role, metadata, connection or `asideWith` of someone changed; also of the local participant. */
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

  /** The guide was written, changed or taken away. Told from the lobby on, also of the one that was there before. */
  guideChanged: [guide: Guide | null];
  /** Another tea, infusion or state of the timer; again when a running timer can be shown, as of `guide.timer()`. */
  stepChanged: [step: TastingStep];
  /** Someone else shared a note, or changed one that is shared. */
  noteShared: [note: TastingNote];
  noteWithdrawn: [teaId: string, identity: string];
  /** All own notes are on the server. */
  notesSaved: [];
  /** What was written of a tea will never be taken by the server, and is dropped: the tea was taken out of the guide, … */
  noteRefused: [teaId: string, error: ChaxiError];
  /** How far everyone is; at most once a second, to who asked by `notes.summary()`. */
  notesSummaryChanged: [summary: NotesSummary];
  /** An invitation is new or has another state; to who asked by `invites.list()`. */
  inviteChanged: [invite: Invite];

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
