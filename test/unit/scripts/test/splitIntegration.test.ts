import { expect } from 'chai';
import { splitIntegration } from '../../../../scripts/test/splitIntegration.mjs';

describe('the integration tests', () => {
  it('run in two halves side by side, but for those of the bench that measure', () => {
    const files = ['bench.ending', 'bench.smoke', 'metrics', 'rooms.lobby', 'stills'].map(
      (name) => `test/integration/${name}.test.ts`,
    );
    const { alone, halves } = splitIntegration(files);
    expect(alone).to.deep.equal([files[1]]);
    expect(halves).to.deep.equal([
      [files[0], files[3]],
      [files[2], files[4]],
    ]);
  });
});
