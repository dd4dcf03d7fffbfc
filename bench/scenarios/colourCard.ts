import type { VideoCodecName } from '../../protocol/mediaCodecs.ts';
import type { LightName } from '../colour/spectra/lights.ts';
import { callProbe } from '../lib/callProbe.ts';
import type { ColourMethods } from '../probes/colourProbe.ts';
import type { CardSample } from './colourMetrics.ts';
import { withColourPages, type ColourStage } from './colourPages.ts';
import { CARD_CORNERS, cardAreas, cardUnder, REFERENCE } from './colourScenes.ts';
import { rounded } from './colourTransport.ts';

export interface CardShow {
  codec: VideoCodecName;
  light: LightName;
  seed: number;
}

/** The card as the receiver sees it, before and after the publisher's page has read it and corrects its camera. */
export async function measureCard(stage: ColourStage, { codec, light, seed }: CardShow): Promise<CardSample> {
  const show = { card: cardUnder(light, seed) };
  const request = { codec, profile: 'tea', format: 'bt601', show, areas: cardAreas() } as const;
  return withColourPages(stage, { ...request, room: `colour-card-${light}` }, async ({ publisher, receive }) => {
    const before = await receive();
    const claimed = await callProbe<ColourMethods, 'readCard'>(publisher, 'readCard', undefined as never);
    if (!claimed) throw new Error('The card was not found.');
    await callProbe<ColourMethods, 'correct'>(publisher, 'correct', claimed.correction);
    const after = await receive();
    return {
      ...shape({ codec, light }),
      before: rounded(before.drawn),
      after: rounded(after.drawn),
      ...{ claimedBeforeMean: claimed.before.mean, claimedBeforeMax: claimed.before.max },
      ...{ claimedAfterMean: claimed.after.mean, claimedAfterMax: claimed.after.max },
      problems: claimed.problems.join(', '),
      gains: [...claimed.correction.gains],
      matrix: [...claimed.correction.matrix],
      cornersOffPixels: Math.max(
        ...claimed.corners.map(({ x, y }, index) => Math.hypot(x - CARD_CORNERS[index]!.x, y - CARD_CORNERS[index]!.y)),
      ),
    };
  });
}

export function failedCard(shown: CardShow, failed: string): CardSample {
  return { ...shape(shown), failed };
}

function shape({ codec, light }: Omit<CardShow, 'seed'>): CardSample {
  return {
    part: 'card',
    ...{ light, codec, failed: null, reference: REFERENCE, before: [], after: [] },
    ...{ claimedBeforeMean: 0, claimedBeforeMax: 0, claimedAfterMean: 0, claimedAfterMax: 0 },
    ...{ problems: '', gains: [], matrix: [], cornersOffPixels: 0 },
  };
}
