import { defaultRouterRtpCapabilities, defaultRouterRtpCapabilitiesId } from '../../protocol/routerRtpCapabilities.ts';
import type { RtpParameters } from '../../protocol/rtp.ts';
import type { Hello } from '../../protocol/signaling.ts';

/** What Chromium sends for a camera in VP8, cut to what matters. */
export function videoParameters(ssrc: number): RtpParameters {
  return {
    mid: String(ssrc % 1_000),
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        parameters: {},
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'transport-cc' }],
      },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 }, rtcpFeedback: [] },
    ],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 }],
    encodings: [{ ssrc, rtx: { ssrc: ssrc + 1 } }],
    rtcp: { cname: 'test', reducedSize: true },
  };
}

/** The same in three sizes. */
export const simulcastParameters: RtpParameters = {
  ...videoParameters(1),
  headerExtensions: [
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 },
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 10 },
  ],
  encodings: ['r0', 'r1', 'r2'].map((rid) => ({ rid, scalabilityMode: 'L1T3' })),
};

export function audioParameters(ssrc: number): RtpParameters {
  return {
    mid: String(ssrc % 1_000),
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 1 },
        rtcpFeedback: [],
      },
    ],
    headerExtensions: [],
    encodings: [{ ssrc }],
    rtcp: { cname: 'test' },
  };
}

export function fixtureHello(overrides: Partial<Hello> = {}): Hello {
  return {
    intent: 'join',
    media: true,
    routerRtpCapabilitiesId: defaultRouterRtpCapabilitiesId,
    rtpCapabilities: defaultRouterRtpCapabilities,
    dtlsFingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
    ...overrides,
  };
}
