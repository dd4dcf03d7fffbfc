import type { types } from 'mediasoup-client';

/** The URIs of the RTP header extensions that the browser has for a kind of media. */
export type SupportedExtensions = (kind: types.MediaKind) => ReadonlySet<string>;

/**
 * Gives an extension that audio and video share to both of them. mediasoup-client reads them from an SDP by their id, so
 * that of two sections with the same extension only the last one keeps it (3.24.1, lib/handlers/sdp/commonUtils.js). A
 * video that is published into a section before an audio then has no `mid`, and the server can not tell whose packets
 * they are.
 */
export function completeHeaderExtensions(
  capabilities: types.RtpCapabilities,
  supported: SupportedExtensions,
): types.RtpCapabilities {
  const known = capabilities.headerExtensions ?? [];
  const missing = known.flatMap((extension) => {
    const kind = extension.kind === 'audio' ? 'video' : 'audio';
    const isShared = supported(kind).has(extension.uri);
    const isThere = known.some((other) => other.kind === kind && other.uri === extension.uri);
    return isShared && !isThere ? [{ ...extension, kind } as const] : [];
  });
  return { ...capabilities, headerExtensions: [...known, ...missing] };
}

/** By the browser's own account (webrtc-pc, section 5.2). Nothing where it gives none. */
export const browserExtensions: SupportedExtensions = (kind) => {
  const extensions = RTCRtpSender.getCapabilities(kind)?.headerExtensions ?? [];
  return new Set(extensions.map(({ uri }) => uri));
};
