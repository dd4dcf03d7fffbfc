import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyPatches } from '../../../../scripts/worker/build.mjs';
import { mediasoupDir } from '../../../../scripts/worker/locate.mjs';
import { patches } from '../../../../scripts/worker/recipe/recipe.mjs';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

describe('the recipe of the media worker', () => {
  const folder = temporaryFolder();

  function copySources(): void {
    for (const { file } of patches) {
      const target = join(folder.path, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, readFileSync(join(mediasoupDir, 'worker', file)));
    }
  }

  it('fits the installed version of mediasoup', () => {
    copySources();
    applyPatches(patches, folder.path);
    for (const { file, replace } of patches) {
      expect(readFileSync(join(folder.path, file), 'utf8')).to.include(replace);
    }
  });

  it('says which text it did not find', () => {
    copySources();
    const { file } = patches[0]!;
    const unknown = [{ file, find: 'a text of another version', replace: '' }];
    expect(() => applyPatches(unknown, folder.path)).to.throw(`${file} has 0 times \`a text of another version\``);
  });

  it('does not guess which of two texts is meant', () => {
    writeFileSync(join(folder.path, 'a.cpp'), 'x = 1; x = 1;');
    expect(() => applyPatches([{ file: 'a.cpp', find: 'x = 1;', replace: '' }], folder.path)).to.throw('2 times');
  });
});
