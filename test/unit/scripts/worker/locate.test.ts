import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedWorkerBin, findWorkerBin, mediasoupVersion } from '../../../../scripts/worker/locate.mjs';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

describe('the place of the media worker', () => {
  const folder = temporaryFolder();
  const { env } = process;
  let before: NodeJS.ProcessEnv;
  beforeEach(() => {
    before = { ...env };
    delete env.MEDIASOUP_WORKER_BIN;
    env.XDG_CACHE_HOME = folder.path;
  });
  afterEach(() => {
    for (const key of Object.keys(env)) if (!(key in before)) delete env[key];
    Object.assign(env, before);
  });

  it('is what MEDIASOUP_WORKER_BIN says', () => {
    env.MEDIASOUP_WORKER_BIN = '/opt/worker';
    expect(findWorkerBin()).to.equal('/opt/worker');
  });

  it('is in the cache, under the version, the platform and the recipe', () => {
    const cached = cachedWorkerBin()!;
    expect(cached).to.match(new RegExp(`mediasoup-worker-${mediasoupVersion()}-${process.platform}-`));
    expect(cached.startsWith(join(folder.path, 'chaxi'))).to.equal(true);
    mkdirSync(dirname(cached), { recursive: true });
    writeFileSync(cached, '');
    expect(findWorkerBin()).to.equal(cached);
  });
});
