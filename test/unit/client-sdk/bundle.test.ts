import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { build } from 'esbuild';

describe('the bundle of the SDK', () => {
  it('carries neither zod nor anything of the server', async () => {
    const { metafile } = await build({
      entryPoints: [fileURLToPath(new URL('../../../client-sdk/src/index.ts', import.meta.url))],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      write: false,
      metafile: true,
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).to.include('client-sdk/src/TastingRoom.ts');
    expect(inputs.filter((input) => /node_modules\/zod|^(server|config|web)\//.test(input))).to.deep.equal([]);
  });
});
