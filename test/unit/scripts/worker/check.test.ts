import { expect } from 'chai';
import { checkWorker } from '../../../../scripts/worker/check.mjs';
import { findWorkerBin, mediasoupVersion } from '../../../../scripts/worker/locate.mjs';

describe('the check of a media worker', () => {
  it('starts the worker of this machine', async () => {
    expect(await checkWorker(findWorkerBin()!, mediasoupVersion()!)).to.equal(null);
  });

  it('tells why a file is no worker', async () => {
    expect(await checkWorker('/nowhere/worker', '1.0.0')).to.include('ENOENT');
    expect(await checkWorker('/bin/true', '1.0.0')).to.equal('it ended with exit code 0');
  });
});
