import type { types } from 'mediasoup-client';

type Capabilities = types.RtpCapabilities;
type HeaderExtension = NonNullable<Capabilities['headerExtensions']>[number];

/** What a handler of mediasoup-client 3.24 asks of its device, for each track that it sends. */
interface SendingHandler {
  _getSendExtendedRtpCapabilities?: (native: Capabilities) => types.ExtendedRtpCapabilities;
}

/** URIs of the RTP header extensions that a browser sends for a kind of media; undefined where it does not tell. */
export type ExtensionsOf = (kind: 'audio' | 'video') => readonly string[] | undefined;

const browserExtensions: ExtensionsOf = (kind) =>
  globalThis.RTCRtpSender?.getCapabilities?.(kind)?.headerExtensions.map(({ uri }) => uri);

/**
 * Gives each kind of media the header extensions that both have. mediasoup-client keeps those of an offer by their id
 * alone, so an id that audio and video share (RFC 8843 section 9.2 wants that) counts for the last section's kind. A track
 * that is published again takes the place of the one before, which may stand before a section of the other kind; it
 * would then be sent without its mid, and the server could not tell whose it is.
 */
export function keepHeaderExtensions(handler: types.HandlerInterface, extensionsOf = browserExtensions): void {
  const sending = handler as unknown as SendingHandler;
  const original = sending._getSendExtendedRtpCapabilities;
  if (!original) return;
  sending._getSendExtendedRtpCapabilities = (native) =>
    original({ ...native, headerExtensions: completeExtensions(native.headerExtensions ?? [], extensionsOf) });
}

/** Each extension for every kind that the browser has it for. */
export function completeExtensions(
  extensions: readonly HeaderExtension[],
  extensionsOf: ExtensionsOf,
): HeaderExtension[] {
  return extensions.flatMap((extension) => {
    const others = (['audio', 'video'] as const).filter(
      (kind) => kind !== extension.kind && extensionsOf(kind)?.includes(extension.uri),
    );
    return [extension, ...others.map((kind) => ({ ...extension, kind }))];
  });
}
