import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashFolder } from '../../../scripts/hashFolder.mjs';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';

describe('the hash of a folder', () => {
  const folder = temporaryFolder();

  it('changes with a name, a content and a place, and not with what is skipped', () => {
    const write = (name: string, text: string) => {
      mkdirSync(dirname(join(folder.path, name)), { recursive: true });
      writeFileSync(join(folder.path, name), text);
      return hashFolder(folder.path, ['dist']);
    };
    const hashes = [write('a', '1'), write('a', '2'), write('b/a', '2'), write('b/c', '2')];
    expect(new Set(hashes).size).to.equal(hashes.length);
    expect(write('dist/x', '1')).to.equal(hashes.at(-1));
    expect(hashes[0]).to.match(/^[0-9a-f]{12}$/);
  });
});
