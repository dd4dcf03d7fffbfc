import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '../../../config/ConfigError.ts';
import { DEVELOPMENT_KEY_FILE, loadDevelopmentKey } from '../../../config/developmentKey.ts';
import { temporaryFolder } from '../../helpers/temporaryFolder.ts';

describe('loadDevelopmentKey', () => {
  const folder = temporaryFolder();
  const dataDir = () => join(folder.path, 'deep/data');
  const keyFile = () => join(dataDir(), DEVELOPMENT_KEY_FILE);

  it('makes a key that only the own user can read, and leaves nothing else behind', () => {
    const key = loadDevelopmentKey(dataDir());
    expect(key.apiKey).to.match(/^dev-[0-9a-f]{12}$/);
    expect(key.apiSecret).to.have.length.at.least(32);
    expect(statSync(keyFile()).mode & 0o777).to.equal(0o600);
    expect(readdirSync(dataDir())).to.deep.equal([DEVELOPMENT_KEY_FILE]);
  });

  it('gives the same key every time, and another in another folder', () => {
    const key = loadDevelopmentKey(dataDir());
    expect(loadDevelopmentKey(dataDir())).to.deep.equal(key);
    expect(loadDevelopmentKey(folder.path)).to.not.deep.equal(key);
  });

  it('takes from others the right to read it', () => {
    loadDevelopmentKey(dataDir());
    chmodSync(keyFile(), 0o644);
    loadDevelopmentKey(dataDir());
    expect(statSync(keyFile()).mode & 0o777).to.equal(0o600);
  });

  for (const content of ['', '{}', '{"apiKey":"a","apiSecret":"short"}', 'null']) {
    it(`refuses a damaged file (${JSON.stringify(content)}) and says what to do`, () => {
      loadDevelopmentKey(dataDir());
      writeFileSync(keyFile(), content);
      expect(() => loadDevelopmentKey(dataDir())).to.throw(ConfigError, 'delete it');
    });
  }

  it('says why the folder can not be used', () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    expect(() => loadDevelopmentKey(file)).to.throw(ConfigError, /CHAXI_DATA_DIR.*ENOTDIR|EEXIST/);
  });
});
