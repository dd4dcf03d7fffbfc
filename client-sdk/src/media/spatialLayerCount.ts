import type { ConsumerInfo } from '../../../protocol/signaling.ts';

/** How many sizes of a video can be chosen from. mediasoup names them in the consumer's scalability mode: L2T3 has two. */
export function spatialLayerCount(info: Pick<ConsumerInfo, 'type' | 'rtpParameters'>): number {
  if (info.type === 'simple') return 1;
  const mode = info.rtpParameters.encodings[0]?.scalabilityMode;
  return Number(/^[LS](\d)/.exec(mode ?? '')?.[1] ?? 1);
}
