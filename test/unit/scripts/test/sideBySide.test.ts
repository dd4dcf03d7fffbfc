import { expect } from 'chai';
import { sideBySide } from '../../../../scripts/test/sideBySide.mjs';

describe('the tests of a suite', () => {
  const files = [
    'bench.ending',
    'bench.smoke',
    'color.camera',
    'page.network',
    'page.room',
    'quality',
    'rooms.leak',
  ].map((name) => `test/some/${name}.test.ts`);
  const [ending, smoke, color, network, room, quality, leak] = files;

  it('run two files at a time, but for those that measure', () => {
    expect(sideBySide('integration', files)).to.deep.equal({
      alone: [smoke, leak],
      sideBySide: [ending, color, network, room, quality],
    });
    expect(sideBySide('e2e', files)).to.deep.equal({
      alone: [color, network, quality],
      sideBySide: [ending, smoke, room, leak],
    });
  });

  it('run one after the other where they are short', () => {
    expect(sideBySide('unit', files)).to.deep.equal({ alone: files, sideBySide: [] });
  });
});
