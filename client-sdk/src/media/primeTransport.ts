import type { types } from 'mediasoup-client';

/** Unlike those of mediasoup, which counts. */
const PRIMER_MID = 'primer';

/**
 * Connects a receiving transport that has nothing to receive yet. mediasoup-client begins ICE and DTLS with the first
 * consumer only; this one exists on this side alone. So in a room that is still empty the path stands before the first
 * track is published, and a path that is blocked is noticed before anyone waits for a picture.
 */
export async function primeTransport(transport: types.Transport, device: types.Device): Promise<types.Consumer> {
  const opus = device.recvRtpCapabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === 'audio/opus');
  if (!opus) throw new TypeError('no opus');
  const { mimeType, clockRate, channels, preferredPayloadType: payloadType } = opus;
  return transport.consume({
    id: PRIMER_MID,
    producerId: PRIMER_MID,
    kind: 'audio',
    rtpParameters: {
      mid: PRIMER_MID,
      codecs: [
        { mimeType: mimeType as `audio/${string}`, clockRate, channels, payloadType, parameters: {}, rtcpFeedback: [] },
      ],
      headerExtensions: [],
      encodings: [{ ssrc: 1 }],
      rtcp: { cname: PRIMER_MID },
    },
  });
}
