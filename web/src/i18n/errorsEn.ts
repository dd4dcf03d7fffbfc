import type { ErrorTexts } from './messages.ts';

const internalFault = 'This is a fault of the program, not yours. Join again; if it stays, tell the shop.';

export const errorsEn: ErrorTexts = {
  badRequest: { what: 'The server did not understand that step', how: internalFault },
  unknownMethod: { what: 'This page and the server are of different versions', how: 'Reload the page and try again.' },
  tokenMissing: { what: 'This link is not complete', how: 'Open the whole link from the shop, or ask for a new one.' },
  tokenInvalid: {
    what: 'This link is not valid',
    how: 'Check that all of it was copied, or ask the shop for a new one.',
  },
  tokenExpired: { what: 'This link has expired', how: 'Ask the shop for a new link.' },
  credentialsInvalid: {
    what: 'The shop’s credentials are wrong',
    how: 'Ask the shop to check the keys of its server.',
  },
  notAllowed: {
    what: 'Your role does not allow that',
    how: 'If you need it, ask the host for a link with another role.',
  },
  originNotAllowed: {
    what: 'This web page may not use the room',
    how: 'The shop has to add this page’s address to http.corsOrigins of its server.',
  },
  roomFull: { what: 'The room is full', how: 'Try again when someone has left, or ask the host for a seat.' },
  admissionDeclined: {
    what: 'The host did not let you in this time',
    how: 'Talk to the host, then open the link again.',
  },
  participantRemoved: {
    what: 'The host removed you from the room',
    how: 'If you wonder why, contact the host directly.',
  },
  participantBanned: {
    what: 'You were sent out of this room',
    how: 'You can not come back into it. If you wonder why, contact the shop.',
  },
  roomLocked: {
    what: 'The room is locked',
    how: 'Nobody can come in right now. Ask the host to open it, then try again.',
  },
  notFound: { what: 'There is nothing at this address', how: 'Check the link, or ask the shop for a new one.' },
  roomNotFound: {
    what: 'There is no such room yet',
    how: 'It may be too early, or the tasting is over. Check with the shop and try again.',
  },
  participantNotFound: { what: 'That person is no longer here', how: 'Nothing to do: the list updates by itself.' },
  transportNotFound: { what: 'The media connection is gone', how: 'Join again.' },
  producerNotFound: { what: 'That picture or sound has ended', how: 'Switch it on again if you still need it.' },
  consumerNotFound: { what: 'That picture or sound has ended', how: 'It comes back by itself when it is on again.' },
  conversationNotFound: {
    what: 'You are not part of this conversation',
    how: 'It may have been closed. Ask the shop to add you again.',
  },
  teaNotFound: {
    what: 'That tea is not in the guide any more',
    how: 'The host may have taken it out. Choose another one.',
  },
  guideConflict: {
    what: 'Someone else changed the guide meanwhile',
    how: 'Look at what it is now, then make your change again.',
  },
  inviteNotFound: {
    what: 'There is no such invitation',
    how: 'Check that the whole link was copied, or ask for a new one.',
  },
  inviteExpired: { what: 'This invitation has expired', how: 'Ask who invited you for a new link.' },
  inviteRevoked: { what: 'This invitation was taken back', how: 'Ask who invited you whether there is a new one.' },
  inviteUsedUp: {
    what: 'This invitation is used up',
    how: 'Open it on the device on which you opened it before, or ask for a new link.',
  },
  messageNotFound: { what: 'That message is no longer there', how: 'Nothing needs to be done.' },
  attachmentNotFound: { what: 'That file can not be opened any more', how: 'Ask its sender to send it again.' },
  stillNotFound: { what: 'That still is no longer there', how: 'If you need it, take another one.' },
  wrongStage: { what: 'That step came too early or too late', how: 'Join again, then retry.' },
  roomExists: { what: 'A room with this name exists', how: 'Choose another name, or use the existing room.' },
  sourceTaken: { what: 'That picture or sound is already on', how: 'Switch it off first, then on again.' },
  sessionReplaced: {
    what: 'You joined from another page',
    how: 'Continue there. To come back to this page, join again.',
  },
  cameraUnavailable: {
    what: 'The camera could not take the picture',
    how: 'It may be muted or off. Ask again when it shows something.',
  },
  attachmentsFull: { what: 'The shop can keep no more files', how: 'Tell the shop, then send it again.' },
  fileTooLarge: { what: 'The file is too large', how: 'Send a smaller one.' },
  fileNotSupported: { what: 'Files of this kind can not be sent', how: 'Send it as a picture or as a PDF.' },
  stillsFull: { what: 'The room can keep no more stills', how: 'Ask the host to remove some, then take a new one.' },
  roomClosed: { what: 'The tasting is over', how: 'Thank you for coming. You can close this page.' },
  messageTooLarge: { what: 'What was sent is too large', how: internalFault },
  pictureTooLarge: {
    what: 'The picture is too large for the server',
    how: 'Choose a lower resolution, or ask the shop to raise the limit.',
  },
  mediaNotSupported: {
    what: 'The server does not support this browser’s video',
    how: 'Use a current Chrome, Edge, Firefox or Safari.',
  },
  pictureNotSupported: { what: 'The picture is damaged or of another format', how: 'Take it again.' },
  protocolVersion: { what: 'This page is out of date', how: 'Reload it.' },
  limitReached: { what: 'Too many pictures or sounds are on', how: 'Switch one off before you add another.' },
  rateLimited: { what: 'That was too often', how: 'Wait a few seconds, then try again.' },
  internal: { what: 'The server had an unexpected failure', how: 'Try again in a moment; if it stays, tell the shop.' },
  mediaUnavailable: { what: 'Audio and video are not available right now', how: 'Try again in a few seconds.' },
  nodeUnavailable: { what: 'A part of the service does not answer', how: 'Try again in a few seconds.' },
  clusterUnavailable: { what: 'A part of the service can not be reached', how: 'Try again in a few seconds.' },
  storageUnavailable: {
    what: 'The server can not keep or find stills right now',
    how: 'Try again in a while; if it stays, tell the shop.',
  },
  serverDraining: { what: 'The server is restarting', how: 'Try again in a few seconds.' },
  stillTimeout: {
    what: 'The picture did not arrive in time',
    how: 'The network of the camera may be slow. Try once more.',
  },
  requestTimeout: { what: 'The server did not answer in time', how: 'Check your network and try again.' },
  browserUnsupported: {
    what: 'This browser can not make video calls',
    how: 'Open the same link in a current Chrome, Edge, Firefox or Safari.',
  },
  insecureContext: {
    what: 'Camera and microphone do not work at an insecure address',
    how: 'Open the link that begins with https.',
  },
  cameraDenied: {
    what: 'The browser was not allowed to use the camera',
    how: 'Click the icon beside the address, allow the camera, then try again.',
  },
  microphoneDenied: {
    what: 'The browser was not allowed to use the microphone',
    how: 'Click the icon beside the address, allow the microphone, then try again.',
  },
  screenDenied: { what: 'The screen is not shared', how: 'To share it, click again and choose a window or a screen.' },
  deviceNotFound: { what: 'No camera or microphone was found', how: 'Connect one, then try again.' },
  deviceInUse: { what: 'Another program uses the device', how: 'Close that program, then try again.' },
  cameraSettingRefused: {
    what: 'The camera did not take this setting',
    how: 'Leave it to the camera, or choose another value.',
  },
  colorCorrectionFailed: {
    what: 'The colours of the cup are no longer corrected',
    how: 'Everyone sees them as the camera gives them. Correct them again.',
  },
  serverUnreachable: { what: 'The server can not be reached', how: 'Check your network, then try again.' },
  connectionLost: { what: 'The connection was lost', how: 'Check your network, then join again.' },
  mediaFailed: {
    what: 'Audio and video can not get through',
    how: 'A firewall may block them. Try another network, such as a phone hotspot.',
  },
  invalidState: { what: 'The page lost its place', how: 'Reload it.' },
};
