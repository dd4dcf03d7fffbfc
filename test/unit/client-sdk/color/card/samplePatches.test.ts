import { expect } from 'chai';
import { chaxiCard } from '../../../../../client-sdk/src/color/card/chaxiCard.ts';
import { fitHomography } from '../../../../../client-sdk/src/color/card/geometry.ts';
import { outlineOf } from '../../../../../client-sdk/src/color/card/outlineOf.ts';
import { samplePatches } from '../../../../../client-sdk/src/color/card/samplePatches.ts';
import { placedCard, type Placed } from './scenes.ts';

function sample(options: Placed) {
  const { picture, corners } = placedCard({ cast: [1, 1, 1], ...options });
  const homography = fitHomography(outlineOf(chaxiCard).map((point, index) => [point, corners[index]!] as const))!;
  return samplePatches(picture, chaxiCard, homography);
}

describe('samplePatches', () => {
  it('reads each patch in linear light, through noise', () => {
    for (const [index, patch] of sample({ share: 0.6, degrees: 30, noise: 0.04 }).entries()) {
      for (const [channel, value] of chaxiCard.patches[index]!.color.entries()) {
        expect(patch!.color[channel]!, `patch ${index}`).to.be.closeTo(value, 0.012);
      }
    }
  });

  it('says which patches are clipped', () => {
    const samples = sample({ cast: [1.3, 0.8, 0.8] });
    expect(samples[0]!.clipped).to.equal(1);
    expect(samples[11]!.clipped).to.equal(0);
  });

  it('sees what lies over a part of a patch, and that nothing lies over the others', () => {
    const samples = sample({ share: 0.6, hand: 0.08 });
    const uneven = samples.flatMap((patch, index) => (patch!.unevenness > 1.5 ? [index] : []));
    expect(uneven).to.include(0).and.include(18);
    expect(
      uneven.every((index) => index % 6 === 0),
      `patches ${uneven}`,
    ).to.equal(true);
  });

  it('leaves out what lies outside of the picture', () => {
    const samples = sample({ share: 1.15 });
    expect(samples[0]).to.equal(null);
    expect(samples[8]).not.to.equal(null);
  });
});
