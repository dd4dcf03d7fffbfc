import type { ErrorCode } from '../../../client-sdk/src/index.ts';

/** What can help after a room was left or never entered: another try with the same link, a fresh page, or nothing. */
export type Remedy = 'rejoin' | 'reload' | 'none';

const remedies: Readonly<Record<ErrorCode, Remedy>> = {
  badRequest: 'reload',
  unknownMethod: 'reload',
  tokenMissing: 'none',
  tokenInvalid: 'none',
  tokenExpired: 'none',
  credentialsInvalid: 'none',
  notAllowed: 'none',
  originNotAllowed: 'none',
  roomFull: 'rejoin',
  admissionDeclined: 'none',
  participantRemoved: 'none',
  notFound: 'none',
  roomNotFound: 'rejoin',
  participantNotFound: 'rejoin',
  transportNotFound: 'rejoin',
  producerNotFound: 'rejoin',
  consumerNotFound: 'rejoin',
  stillNotFound: 'rejoin',
  wrongStage: 'rejoin',
  roomExists: 'rejoin',
  sourceTaken: 'rejoin',
  sessionReplaced: 'rejoin',
  cameraUnavailable: 'rejoin',
  stillsFull: 'rejoin',
  roomClosed: 'none',
  messageTooLarge: 'reload',
  pictureTooLarge: 'rejoin',
  mediaNotSupported: 'none',
  pictureNotSupported: 'rejoin',
  protocolVersion: 'reload',
  limitReached: 'rejoin',
  rateLimited: 'rejoin',
  internal: 'rejoin',
  mediaUnavailable: 'rejoin',
  storageUnavailable: 'rejoin',
  serverDraining: 'rejoin',
  stillTimeout: 'rejoin',
  requestTimeout: 'rejoin',
  browserUnsupported: 'none',
  insecureContext: 'none',
  cameraDenied: 'rejoin',
  microphoneDenied: 'rejoin',
  screenDenied: 'rejoin',
  deviceNotFound: 'rejoin',
  deviceInUse: 'rejoin',
  cameraSettingRefused: 'rejoin',
  colorCorrectionFailed: 'rejoin',
  serverUnreachable: 'rejoin',
  connectionLost: 'rejoin',
  mediaFailed: 'rejoin',
  invalidState: 'reload',
};

/** `null` stands for leaving by one's own will. */
export function remedyFor(code: ErrorCode | null): Remedy {
  return code === null ? 'rejoin' : remedies[code];
}
