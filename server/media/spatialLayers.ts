import { parseScalabilityMode, type types } from 'mediasoup';

/** In how many sizes a video is sent: the streams of simulcast, or the spatial layers of SVC. */
export function spatialLayers({ encodings }: types.RtpParameters): number {
  const [first, ...others] = encodings ?? [];
  return others.length > 0 ? others.length + 1 : parseScalabilityMode(first?.scalabilityMode).spatialLayers;
}
