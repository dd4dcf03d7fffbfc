import { expect } from 'chai';
import { renderCardScene } from '../../../../bench/colour/renderCardScene.ts';
import { readAreas } from '../../../../bench/probes/readColors.ts';
import { differencesOf } from '../../../../bench/scenarios/colourMetrics.ts';
import { CARD_CORNERS, cardAreas, cardUnder, PICTURE, REFERENCE } from '../../../../bench/scenarios/colourScenes.ts';
import { classic24 } from '../../../../client-sdk/src/color/card/classic24.ts';
import { fromLinear } from '../../../../client-sdk/src/color/srgb.ts';

describe('what the bench shows of the colour card', () => {
  it('is read where it was drawn', function () {
    this.timeout(20_000);
    const picture = renderCardScene({ ...PICTURE, card: classic24, corners: CARD_CORNERS });
    for (const difference of differencesOf(REFERENCE, readAreas(picture, cardAreas()))) {
      expect(difference).to.be.below(0.1);
    }
  });

  it('is far from what is published, under every light', () => {
    for (const light of ['2700k', '3200k', 'green', '5000k', '6500k'] as const) {
      const seen = cardUnder(light, 1).patchColors.flatMap((color) =>
        color.map((linear) => fromLinear(Math.min(1, Math.max(0, linear)))),
      );
      const differences = differencesOf(REFERENCE, seen);
      expect(differences.reduce((sum, value) => sum + value, 0) / differences.length, light).to.be.above(8);
    }
  });
});
