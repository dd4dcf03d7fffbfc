import { expect } from 'chai';
import { backgrounds, type BackgroundName } from '../../../../bench/colour/backgrounds.ts';
import { renderCardScene, type CardScene } from '../../../../bench/colour/renderCardScene.ts';
import { classic24 } from '../../../../client-sdk/src/color/card/classic24.ts';
import type { Picture } from '../../../../client-sdk/src/color/Picture.ts';
import { toLinear } from '../../../../client-sdk/src/color/srgb.ts';

const scene: CardScene = {
  card: classic24,
  width: 320,
  height: 240,
  // 40 pixels a patch, the card's left top patch from 50 to 90.
  corners: [
    { x: 45.2, y: 25.2 },
    { x: 294.8, y: 25.2 },
    { x: 294.8, y: 194.8 },
    { x: 45.2, y: 194.8 },
  ],
};

function linearAt({ width, data }: Picture, x: number, y: number): number[] {
  const at = (y * width + x) * 4;
  return [...data.subarray(at, at + 3)].map(toLinear);
}

describe('renderCardScene', () => {
  it('paints every patch where it lies, in its colour', () => {
    const picture = renderCardScene(scene);
    for (const [index, { color }] of classic24.patches.entries()) {
      const found = linearAt(picture, 70 + 40 * (index % 6), 50 + 40 * Math.floor(index / 6));
      for (const [channel, value] of color.entries()) {
        expect(found[channel]!, `patch ${index}`).to.be.closeTo(Math.max(0, value), 0.004);
      }
    }
  });

  it('paints the frame between the patches, and what lies behind the card', () => {
    const picture = renderCardScene({ ...scene, frameColor: [0.1, 0.2, 0.3], background: () => [0.5, 0.4, 0.3] });
    expect(linearAt(picture, 90, 50)[2]).to.be.closeTo(0.3, 0.004);
    expect(linearAt(picture, 5, 5)[0]).to.be.closeTo(0.5, 0.004);
  });

  it('lets light fall off, glare lie upon the card and a hand before it', () => {
    const dim = renderCardScene({ ...scene, light: (x) => [x, x, x] });
    expect(linearAt(dim, 70, 170)[0]).to.be.closeTo((0.88 * 70) / 320, 0.01);
    const glaring = renderCardScene({ ...scene, glare: () => 0.1 });
    expect(linearAt(glaring, 270, 170)[0]).to.be.closeTo(0.131, 0.004);
    const hand = { quad: scene.corners, color: [0.4, 0.2, 0.1] as const };
    expect(linearAt(renderCardScene({ ...scene, covers: [hand] }), 70, 50)[0]).to.be.closeTo(0.4, 0.004);
  });

  it('has the noise that was asked for, the same for the same seed', () => {
    const grey = { ...scene, background: () => [0.5, 0.5, 0.5] as const, noise: 0.05, seed: 3 };
    const picture = renderCardScene(grey);
    expect(renderCardScene(grey).data).to.deep.equal(picture.data);
    expect(renderCardScene({ ...grey, seed: 4 }).data).not.to.deep.equal(picture.data);
    const values = Array.from(
      { length: 320 * 20 },
      (_, index) => linearAt(picture, index % 320, Math.floor(index / 320))[1]!,
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(mean).to.be.closeTo(0.5, 0.005);
    expect(deviation).to.be.closeTo(0.05 * Math.sqrt(0.5), 0.003);
  });

  it('blurs edges and leaves the middle of a patch', () => {
    const sharp = renderCardScene(scene);
    const soft = renderCardScene({ ...scene, blur: 2 });
    expect(linearAt(soft, 70, 170)[0]).to.be.closeTo(linearAt(sharp, 70, 170)[0]!, 0.005);
    expect(linearAt(soft, 90, 170)[0]).to.be.above(linearAt(sharp, 90, 170)[0]! + 0.1);
  });

  it('has a table to lay the card on, of any kind', () => {
    for (const name of Object.keys(backgrounds) as BackgroundName[]) {
      const background = backgrounds[name](320, 240, 1);
      const colors = new Set(Array.from({ length: 100 }, (_, index) => String(background(index * 3, index * 2))));
      expect(colors.size, name).to.be.above(1);
    }
  });
});
