import { codecNames } from '../../protocol/mediaCodecs.ts';
import { routerRtpCapabilities, routerRtpCapabilitiesId } from '../../server/media/routerCapabilities.ts';

/** protocol/routerRtpCapabilities.ts: mediasoup's answer as data, so that a page can load its device before it connects. */
export function routerCapabilitiesFile(): string {
  const capabilities = routerRtpCapabilities(codecNames);
  return `// Written by scripts/generate.ts from protocol/mediaCodecs.ts and mediasoup; do not edit.
import type { RtpCapabilities } from './rtp.ts';

/** Id of the capabilities below. */
export const defaultRouterRtpCapabilitiesId = '${routerRtpCapabilitiesId(capabilities)}';

/** RTP capabilities of a router with every codec of protocol/mediaCodecs.ts. */
export const defaultRouterRtpCapabilities: RtpCapabilities = ${JSON.stringify(capabilities)};
`;
}
