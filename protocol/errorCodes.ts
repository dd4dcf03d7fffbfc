/**
 * Every error a user of Chaxi can meet, in one table. `status` is the HTTP status of a server error and 0 for an error
 * that only the SDK raises. `message` says what happened and what to do; docs/errors.md is checked against this table.
 */
export const errorCodes = {
  badRequest: { status: 400, message: 'The request is not valid. Correct the field that is named and send it again.' },
  unknownMethod: { status: 400, message: 'The server does not know this method. Check the name in docs/protocol.md.' },
  tokenMissing: { status: 401, message: 'No access token was given. Ask your backend for one and pass it as `token`.' },
  tokenInvalid: {
    status: 401,
    message: 'The access token is not valid. Make a new one with the API key and secret of this server.',
  },
  tokenExpired: { status: 401, message: 'The access token has expired. Ask for a new link or a new token.' },
  credentialsInvalid: {
    status: 401,
    message: 'The API key or secret is wrong. Check the credentials of your backend.',
  },
  notAllowed: { status: 403, message: 'The grants of this token do not allow that. Ask the host for another role.' },
  originNotAllowed: {
    status: 403,
    message: 'This page may not use the server. Add its origin to `http.corsOrigins` in the configuration.',
  },
  roomFull: {
    status: 403,
    message: 'The room is full. Wait until someone leaves, or ask the host to raise the limit.',
  },
  admissionDeclined: { status: 403, message: 'The host did not let you in. Ask the host before you try again.' },
  participantRemoved: { status: 403, message: 'You were removed from the room by the host.' },
  participantBanned: { status: 403, message: 'You were sent out of this room and can not come back. Ask the shop.' },
  roomLocked: { status: 403, message: 'The room is locked: nobody can come in right now. Ask the host to open it.' },
  notFound: { status: 404, message: 'There is nothing at this address. Check the path in the API description.' },
  roomNotFound: { status: 404, message: 'There is no such room. Create it first, or check its name.' },
  participantNotFound: { status: 404, message: 'That participant is not in the room. It may have left.' },
  transportNotFound: { status: 404, message: 'That transport does not exist. It may have been replaced; join again.' },
  producerNotFound: { status: 404, message: 'That producer does not exist. It may have been closed already.' },
  consumerNotFound: { status: 404, message: 'That consumer does not exist. It may have been closed already.' },
  stillNotFound: { status: 404, message: 'That still does not exist. It may have been removed, or has come already.' },
  conversationNotFound: {
    status: 404,
    message: 'There is no such conversation, or you are not a member of it. Ask its host to add you.',
  },
  teaNotFound: { status: 404, message: 'That tea is not in the guide of this room. It may have been taken out.' },
  inviteNotFound: { status: 404, message: 'There is no such invitation. Check that the whole link was copied.' },
  messageNotFound: { status: 404, message: 'That message does not exist. It may have been deleted.' },
  attachmentNotFound: {
    status: 404,
    message: 'That file does not exist, or the link to it has expired. Open the message again.',
  },
  wrongStage: { status: 409, message: 'This request does not fit the stage of the session. Join the room first.' },
  roomExists: { status: 409, message: 'A room with this name exists. Choose another name, or use the existing room.' },
  sourceTaken: { status: 409, message: 'This source is published already. Unpublish it before you publish it again.' },
  sessionReplaced: { status: 409, message: 'The same person joined from another page, which replaces this session.' },
  cameraUnavailable: {
    status: 409,
    message: 'The camera could not take the picture. It may be muted or off; ask again when it shows something.',
  },
  stillsFull: { status: 409, message: 'As many stills are kept as may be. Remove some before you ask for more.' },
  guideConflict: {
    status: 409,
    message: 'Someone else changed the guide meanwhile. Look at what it is now and make your change again.',
  },
  roomClosed: { status: 410, message: 'The room was closed.' },
  inviteExpired: { status: 410, message: 'This invitation has expired. Ask for a new one.' },
  inviteRevoked: { status: 410, message: 'This invitation was taken back. Ask who sent it.' },
  inviteUsedUp: {
    status: 410,
    message: 'This invitation was opened on as many devices as it is for. Use the first one, or ask for a new link.',
  },
  messageTooLarge: { status: 413, message: 'The message is too large. See the limits in docs/protocol.md.' },
  pictureTooLarge: {
    status: 413,
    message: 'The picture is larger than this server takes. Send a smaller one, or raise `stills.maxBytes`.',
  },
  fileTooLarge: {
    status: 413,
    message: 'The file is larger than this server takes. Send a smaller one, or raise `messages.maxFileBytes`.',
  },
  fileNotSupported: {
    status: 415,
    message: 'Files of this kind are not taken, or the file is not what its message says. Send another one.',
  },
  mediaNotSupported: { status: 415, message: 'The server can not handle these RTP parameters or this codec.' },
  pictureNotSupported: {
    status: 415,
    message: 'The picture is no JPEG, PNG or WebP, or it is damaged. Take it again.',
  },
  protocolVersion: { status: 426, message: 'The page speaks another version of the protocol. Reload it.' },
  attachmentsFull: {
    status: 409,
    message: 'As many files are kept as may be. Delete messages with files before you send more.',
  },
  limitReached: { status: 429, message: 'A limit of this session is reached. Close something before you open more.' },
  rateLimited: { status: 429, message: 'Too many requests. Slow down and try again in a few seconds.' },
  internal: { status: 500, message: 'The server failed in a way it did not foresee. Its log has the details.' },
  mediaUnavailable: { status: 503, message: 'No media worker is available right now. Try again in a second.' },
  nodeUnavailable: {
    status: 503,
    message: 'The node that has to do this does not answer. `npx chaxi nodes` shows which nodes there are.',
  },
  clusterUnavailable: {
    status: 503,
    message: 'Redis, which the nodes of this cluster share, can not be reached. Try again in a few seconds.',
  },
  storageUnavailable: {
    status: 503,
    message:
      'The server could not read or keep that now: its disk may be full. Its log has the details; try again later.',
  },
  serverDraining: { status: 503, message: 'The server is about to stop. Connect again in a few seconds.' },
  stillTimeout: {
    status: 504,
    message: 'The picture did not arrive in time. Check the network of the camera and ask again.',
  },
  requestTimeout: { status: 504, message: 'The server did not answer in time. Check the network and try again.' },
  browserUnsupported: {
    status: 0,
    message: 'This browser can not do WebRTC. Use a current Chrome, Edge, Firefox or Safari.',
  },
  insecureContext: { status: 0, message: 'Camera and microphone need a page served over https or from localhost.' },
  cameraDenied: { status: 0, message: 'The use of the camera was denied. Allow it in the address bar and try again.' },
  microphoneDenied: {
    status: 0,
    message: 'The use of the microphone was denied. Allow it in the address bar and try again.',
  },
  screenDenied: { status: 0, message: 'The screen was not shared. Choose a window or screen to share it.' },
  deviceNotFound: { status: 0, message: 'No such device was found. Connect a camera or microphone and try again.' },
  deviceInUse: { status: 0, message: 'The device is used by another program. Close that program and try again.' },
  cameraSettingRefused: {
    status: 0,
    message: 'The camera did not take this setting. Leave it to the camera, or choose another value.',
  },
  colorCorrectionFailed: {
    status: 0,
    message:
      'The colours of the video can no longer be corrected. It goes on as the camera gives it; correct it again.',
  },
  serverUnreachable: { status: 0, message: 'The server can not be reached. Check the network and the address.' },
  connectionLost: { status: 0, message: 'The connection was lost and could not be restored.' },
  mediaFailed: {
    status: 0,
    message: 'Media can not reach the server. A firewall may block UDP and TCP to its media ports.',
  },
  invalidState: {
    status: 0,
    message: 'This call does not fit the state of the room. See the documentation of the call.',
  },
} as const;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}
