import { expect } from 'chai';
import { prebuiltUrl } from '../../../../scripts/worker/prebuilt.mjs';

describe('the official worker binary', () => {
  it('is asked for by the name that mediasoup gives it', () => {
    const pkg = { version: '3.27.1', repository: { url: 'git+https://code.example/media/soup.git' } };
    const system = { platform: 'linux', arch: 'x64', release: '6.1.0-9-amd64' };
    const name = '3.27.1/mediasoup-worker-3.27.1-linux-x64-kernel6.tgz';
    expect(prebuiltUrl(pkg, system)).to.equal(`https://code.example/media/soup/releases/download/${name}`);
    expect(prebuiltUrl(pkg, system, 'https://mirror.example')).to.equal(`https://mirror.example/${name}`);
  });
});
