import { defaultRouterRtpCapabilities, defaultRouterRtpCapabilitiesId } from '../../protocol/routerRtpCapabilities.ts';
import type { RtpCapabilities, RtpParameters } from '../../protocol/rtp.ts';
import type { Hello } from '../../protocol/signaling.ts';

export const VP8_PAYLOAD_TYPE = 101;
export const OPUS_PAYLOAD_TYPE = 100;

/** Of clients that send no congestion feedback and repair nothing: Opus and VP8, without header extensions. */
const rtpCapabilities: RtpCapabilities = {
  codecs: defaultRouterRtpCapabilities.codecs
    .filter(({ mimeType }) => /^(audio\/opus|video\/VP8)$/i.test(mimeType))
    .map((codec) => ({
      ...codec,
      rtcpFeedback: codec.rtcpFeedback?.filter(({ type, parameter }) => type === 'nack' && parameter === 'pli'),
    })),
  headerExtensions: [],
};

/** Enters at once, with everything that a server needs to connect both transports. */
export function lightHello(fingerprint: string): Hello {
  return {
    intent: 'join',
    media: true,
    routerRtpCapabilitiesId: defaultRouterRtpCapabilitiesId,
    rtpCapabilities,
    dtlsFingerprints: [{ algorithm: 'sha-256', value: fingerprint }],
  };
}

/** Of what light publishers send. */
export function lightRtpParameters(kind: 'audio' | 'video', mid: string, ssrc: number): RtpParameters {
  const codec =
    kind === 'video'
      ? {
          mimeType: 'video/VP8',
          payloadType: VP8_PAYLOAD_TYPE,
          clockRate: 90_000,
          rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
        }
      : { mimeType: 'audio/opus', payloadType: OPUS_PAYLOAD_TYPE, clockRate: 48_000, channels: 2, rtcpFeedback: [] };
  return {
    mid,
    codecs: [{ ...codec, parameters: {} }],
    headerExtensions: [],
    encodings: [{ ssrc }],
    rtcp: { cname: `light${ssrc}`, reducedSize: true },
  };
}
