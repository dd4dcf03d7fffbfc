import type { TransportOptions } from '../../protocol/signaling.ts';
import type { RtpParameters } from '../../protocol/rtp.ts';

/** One media section: what flows, and its parameters as mediasoup has them. */
export interface SdpMedia {
  kind: 'audio' | 'video';
  mid: string;
  rtpParameters: RtpParameters;
}

/**
 * What a mediasoup transport would say of itself in SDP, for clients that speak SDP only. `direction` is seen from the server.
 */
export function transportSdp(
  { iceParameters, iceCandidates, dtlsParameters }: TransportOptions,
  media: readonly SdpMedia[],
  direction: 'sendonly' | 'recvonly',
): string {
  const candidates = iceCandidates
    .filter(({ protocol }) => protocol === 'udp')
    .map(
      ({ foundation, priority, address, port }) =>
        `a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`,
    );
  // RFC 8842 section 5: active opens the handshake.
  const setup = dtlsParameters.role === 'client' ? 'active' : 'passive';
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const sections = media.map(({ kind, mid, rtpParameters }, index) => {
    const { codecs, encodings, rtcp } = rtpParameters;
    const ssrc = encodings?.[0]?.ssrc;
    return [
      `m=${kind} 7 UDP/TLS/RTP/SAVPF ${codecs.map(({ payloadType }) => payloadType).join(' ')}`,
      'c=IN IP4 127.0.0.1',
      `a=mid:${mid}`,
      `a=${direction}`,
      'a=rtcp-mux',
      'a=rtcp-rsize',
      ...codecs.flatMap(({ mimeType, payloadType, clockRate, channels, rtcpFeedback }) => [
        `a=rtpmap:${payloadType} ${mimeType.split('/')[1]}/${clockRate}${channels && channels > 1 ? `/${channels}` : ''}`,
        ...(rtcpFeedback ?? []).map(({ type, parameter }) =>
          `a=rtcp-fb:${payloadType} ${type} ${parameter ?? ''}`.trimEnd(),
        ),
      ]),
      ...(direction === 'sendonly' && ssrc ? [`a=ssrc:${ssrc} cname:${rtcp?.cname ?? 'chaxi'}`] : []),
      `a=ice-ufrag:${iceParameters.usernameFragment}`,
      `a=ice-pwd:${iceParameters.password}`,
      `a=fingerprint:sha-256 ${fingerprint?.value}`,
      `a=setup:${setup}`,
      // All is bundled on the first section's transport.
      ...(index === 0 ? [...candidates, 'a=end-of-candidates'] : []),
    ];
  });
  return [
    ...['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', 'a=ice-lite'],
    `a=group:BUNDLE ${media.map(({ mid }) => mid).join(' ')}`,
    'a=msid-semantic: WMS *',
    ...sections.flat(),
    '',
  ].join('\r\n');
}
