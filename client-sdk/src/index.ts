export { bytesOfGuide } from '../../protocol/bytesOfGuide.ts';
export { ChaxiError } from '../../protocol/ChaxiError.ts';
export type { ErrorBody, ChaxiErrorOptions } from '../../protocol/ChaxiError.ts';
export { errorCodes, isErrorCode } from '../../protocol/errorCodes.ts';
export type { ErrorCode } from '../../protocol/errorCodes.ts';
export { sources, sourceKinds, roles } from '../../protocol/grants.ts';
export type { Grants, Role, Source } from '../../protocol/grants.ts';
export type { Guide, GuideInput, StepTimer, TastingStep, Tea, TeaInput } from '../../protocol/guide.ts';
export type { CreateInvite, Invite, InviteState, RedeemedInvite } from '../../protocol/invites.ts';
export type { VideoCodecName } from '../../protocol/mediaCodecs.ts';
export { limits } from '../../protocol/limits.ts';
export { noteAspects } from '../../protocol/noteAspects.ts';
export type { NoteAspect } from '../../protocol/noteAspects.ts';
export type {
  ConnectionQuality,
  LeaveReason,
  ParticipantInfo,
  QualityReason,
  TrackInfo,
} from '../../protocol/participants.ts';
export type { Ban, JoinStart, RoomInfo } from '../../protocol/signaling.ts';
export type { AspectNote, NoteChange, NotesSummary, TastingNote } from '../../protocol/tastingNotes.ts';
export type { ColorCorrection } from './color/ColorCorrection.ts';
export type { Picture } from './color/Picture.ts';
export { canConvertFrames as canCorrectColors } from './color/pipeline/canConvertFrames.ts';
export { CameraControls } from './devices/CameraControls.ts';
export type { CameraControlsEvents } from './devices/CameraControls.ts';
export type {
  CameraCapabilities,
  CameraMode,
  CameraRange,
  CameraSettings,
  HeldFeature,
} from './devices/cameraFeatures.ts';
export { devices } from './devices/devices.ts';
export type {
  CameraCaptureOptions,
  CameraOptions,
  CaptureProfile,
  MicrophoneCaptureOptions,
  MicrophoneOptions,
  PublishOptions,
  ScreenOptions,
} from './devices/captureOptions.ts';
export type { CapturedStill } from './devices/takeStill.ts';
export type { TimerState } from './guide/readTimer.ts';
export type { TastingGuide } from './guide/TastingGuide.ts';
export { redeemInvite } from './invites/redeemInvite.ts';
export type { RedeemInviteOptions } from './invites/redeemInvite.ts';
export type { RoomInvites } from './invites/RoomInvites.ts';
export type { Logger } from './Logger.ts';
export { fetchExport as fetchTastingExport } from './notes/fetchExport.ts';
export type { TastingExport } from './notes/TastingExport.ts';
export type { TastingNotes } from './notes/TastingNotes.ts';
export { LocalParticipant } from './participants/LocalParticipant.ts';
export { Participant } from './participants/Participant.ts';
export { RemoteParticipant } from './participants/RemoteParticipant.ts';
export { defaultReconnectPolicy } from './policies/reconnectPolicy.ts';
export type { ReconnectContext, ReconnectPolicy } from './policies/reconnectPolicy.ts';
export type { RoomEvents, RoomState } from './RoomEvents.ts';
export type { RoomMessages } from './RoomMessages.ts';
export type { JoinTiming } from './session/JoinClock.ts';
export type { LocalTrackStats, RemoteTrackStats, RoomStats, TransportStats } from './stats/RoomStats.ts';
export type { Still, StillPage, StillRequest, StillSource } from './stills/Still.ts';
export { TastingRoom } from './TastingRoom.ts';
export type { TastingRoomOptions } from './TastingRoomOptions.ts';
export { LocalTrack } from './tracks/LocalTrack.ts';
export { RemoteTrack } from './tracks/RemoteTrack.ts';
export { Track } from './tracks/Track.ts';
