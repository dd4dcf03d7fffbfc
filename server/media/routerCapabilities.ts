import { createHash } from 'node:crypto';
import type { types } from 'mediasoup';
import { generateRouterRtpCapabilities } from 'mediasoup/ortc';
import { mediaCodecs, type CodecName } from '../../protocol/mediaCodecs.ts';
import { rtpCapabilitiesSchema, type RtpCapabilities } from '../../protocol/rtp.ts';

/** A router's codecs in mediasoup's form; a copy, because mediasoup completes what it is given. */
export function routerCodecs(names: readonly CodecName[]): types.RouterRtpCodecCapability[] {
  return names.map((name) => structuredClone<types.RouterRtpCodecCapability>(mediaCodecs[name]));
}

/** What every router with these codecs can do: known before there is a worker, and the same for all rooms. */
export function routerRtpCapabilities(names: readonly CodecName[]): RtpCapabilities {
  return rtpCapabilitiesSchema.parse(generateRouterRtpCapabilities(routerCodecs(names)));
}

/** Names capabilities by their content, so that a client can say which ones it has loaded: 16 hexadecimal digits. */
export function routerRtpCapabilitiesId(capabilities: RtpCapabilities): string {
  return createHash('sha256').update(canonicalJson(capabilities)).digest('hex').slice(0, 16);
}

/** JSON with the keys of every object in order, so that equal content gives equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
