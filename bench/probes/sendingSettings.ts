import { peerConnections } from './peerConnections.ts';

/** How a sender sends, so that another can send in the same way. */
export interface SendingSettings {
  encoding: RTCRtpEncodingParameters;
  degradationPreference?: RTCDegradationPreference;
  /** What the bandwidth estimation begins with, in kbps; Chromium takes it from the remote description. */
  startBitrateKbps?: number;
}

// Chromium knows this member; TypeScript's library has it for setting only in some versions.
type Parameters = RTCRtpSendParameters & { degradationPreference?: RTCDegradationPreference };

export function readSendingSettings(sender: RTCRtpSender): SendingSettings {
  const { encodings, degradationPreference } = sender.getParameters() as Parameters;
  const connection = peerConnections.find((candidate) => candidate.getSenders().includes(sender));
  const start = /x-google-start-bitrate=(\d+)/.exec(connection?.remoteDescription?.sdp ?? '')?.[1];
  return {
    encoding: encodings[0] ?? {},
    degradationPreference,
    startBitrateKbps: start === undefined ? undefined : Number(start),
  };
}

export async function applyDegradationPreference(
  sender: RTCRtpSender,
  { degradationPreference }: SendingSettings,
): Promise<void> {
  if (!degradationPreference) return;
  const parameters: Parameters = { ...sender.getParameters(), degradationPreference };
  await sender.setParameters(parameters);
}

/** Puts the start bitrate into an answer, for the codec that stands first in its video section. */
export function withStartBitrate(sdp: string, { startBitrateKbps }: SendingSettings): string {
  const payloadType = /^m=video \d+ \S+ (\d+)/m.exec(sdp)?.[1];
  if (startBitrateKbps === undefined || payloadType === undefined) return sdp;
  const rtpmap = new RegExp(`^(a=rtpmap:${payloadType} .*)$`, 'm');
  return sdp.replace(rtpmap, `$1\r\na=fmtp:${payloadType} x-google-start-bitrate=${startBitrateKbps}`);
}
