/** The connections that libraries made in this page, so that what they do can be looked at from outside. */
export const peerConnections: RTCPeerConnection[] = [];

/** To be called before any library runs. */
export function observePeerConnections(): void {
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      peerConnections.push(this);
    }
  };
}

/** SSRC of the stream that a received track comes from; null before its first frame. */
export function ssrcOf(track: MediaStreamTrack): number | null {
  return receiverOf(track)?.getSynchronizationSources()[0]?.source ?? null;
}

/** The receiver of a track. */
export function receiverOf(track: MediaStreamTrack): RTCRtpReceiver | null {
  const receivers = peerConnections
    .filter(({ connectionState }) => connectionState !== 'closed')
    .flatMap((connection) => connection.getReceivers());
  return receivers.find((receiver) => receiver.track.id === track.id) ?? null;
}

/** The sender of a track. */
export function senderOf(track: MediaStreamTrack): RTCRtpSender | null {
  const senders = peerConnections
    .filter(({ connectionState }) => connectionState !== 'closed')
    .flatMap((connection) => connection.getSenders());
  return senders.find((sender) => sender.track === track) ?? null;
}
