import { expect } from 'chai';
import { patchAreas, patchPicture, type PatchPicture } from '../../../../bench/probes/patchPicture.ts';
import { readAreas } from '../../../../bench/probes/readColors.ts';

const patches: PatchPicture = {
  ...{ width: 64, height: 36, columns: 2, rows: 2 },
  colors: [200, 10, 20, 30, 210, 40, 50, 60, 220, 128, 128, 128],
};

describe('a picture of patches', () => {
  it('is read as it was drawn', () => {
    expect(readAreas(patchPicture(patches), patchAreas(patches))).to.deep.equal(patches.colors);
  });

  it('is read in the middle of each patch, not at its edges', () => {
    const picture = patchPicture(patches);
    const bleeding = (x: number) => Math.abs(x - 32) < 6;
    for (let pixel = 0; pixel < 64 * 36; pixel++)
      if (bleeding(pixel % 64)) picture.data.fill(0, pixel * 4, pixel * 4 + 3);
    expect(readAreas(picture, patchAreas(patches))).to.deep.equal(patches.colors);
  });

  it('averages an area that is not even', () => {
    const picture = patchPicture(patches);
    const whole = { width: 64, height: 36, columns: 1, rows: 1 };
    const [red] = readAreas(picture, patchAreas(whole));
    expect(red).to.be.closeTo((200 + 30 + 50 + 128) / 4, 1e-9);
  });
});
