import type { VideoCodecName } from '../../protocol/mediaCodecs.ts';
import type { ReceivedColors } from '../probes/colourProbe.ts';
import { patchAreas } from '../probes/patchPicture.ts';
import type { PictureFormat } from '../probes/PictureSource.ts';
import type { TransportSample } from './colourMetrics.ts';
import { withColourPages, type ColourStage } from './colourPages.ts';
import { REFERENCE, referencePatches } from './colourScenes.ts';

export interface TransportWay {
  codec: VideoCodecName;
  source: PictureFormat;
  profile: 'standard' | 'tea';
}

/** The chart's colours through the SDK, the server and a codec. */
export async function measureTransport(
  stage: ColourStage,
  { codec, source, profile }: TransportWay,
): Promise<TransportSample> {
  const patches = referencePatches();
  const request = { codec, profile, format: source, show: { patches }, areas: patchAreas(patches) };
  return withColourPages(
    stage,
    { ...request, room: `colour-${codec}-${source}-${profile}` },
    async ({ local, receive }) => {
      const { codec: usedCodec, ...received } = await receive();
      if (usedCodec?.toLowerCase() !== `video/${codec}`) throw new Error(`${usedCodec} came instead of ${codec}.`);
      return { ...shape({ codec, source, profile }), local: rounded(local), usedCodec, ...roundedColors(received) };
    },
  );
}

export function failedTransport(way: TransportWay, failed: string): TransportSample {
  return { ...shape(way), failed };
}

function shape(way: TransportWay): TransportSample {
  return {
    part: 'transport',
    ...way,
    failed: null,
    reference: REFERENCE,
    ...{ local: [], drawn: [], copied: [], shown: [], usedCodec: null },
    ...{ format: null, matrix: null, primaries: null, transfer: null, fullRange: null, bitrateBps: 0 },
  };
}

function roundedColors({ drawn, copied, shown, bitrateBps, ...rest }: Omit<ReceivedColors, 'codec'>) {
  return {
    ...rest,
    ...{ drawn: rounded(drawn), copied: rounded(copied), shown: rounded(shown) },
    bitrateBps: Math.round(bitrateBps),
  };
}

/** A hundredth of a byte is more than a measurement tells. */
export function rounded(bytes: readonly number[]): number[] {
  return bytes.map((value) => Math.round(value * 100) / 100);
}
