import { expect } from 'chai';
import { expectedPackages } from '../../../../scripts/setup/packagesStep.mjs';

const linux = { platform: 'linux', arch: 'x64' };

function namesOn(system: typeof linux, packages: Record<string, object>): string[] {
  return expectedPackages({ packages }, system).map(([path]) => path);
}

describe('the packages that npm must install', () => {
  it('are those of the lock file with their versions, without the root and the workspaces', () => {
    const packages = {
      '': { version: '0.1.0' },
      'client-sdk': { version: '0.1.0' },
      'node_modules/@chaxi/client': { link: true },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a/node_modules/b': { version: '2.0.0' },
    };
    expect(expectedPackages({ packages }, linux)).to.deep.equal([
      ['node_modules/a', '1.0.0'],
      ['node_modules/a/node_modules/b', '2.0.0'],
    ]);
  });

  it('leave out optional binaries of other systems', () => {
    const packages = {
      'node_modules/here': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
      'node_modules/other-os': { version: '1.0.0', optional: true, os: ['darwin'] },
      'node_modules/other-cpu': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['arm64'] },
      'node_modules/not-here': { version: '1.0.0', optional: true, os: ['!linux'] },
      'node_modules/not-there': { version: '1.0.0', optional: true, os: ['!win32'] },
    };
    expect(namesOn(linux, packages)).to.deep.equal(['node_modules/here', 'node_modules/not-there']);
  });

  it('leave out the optional ones that versions of npm disagree about', () => {
    const packages = {
      'node_modules/musl': { version: '1.0.0', optional: true, os: ['linux'], libc: ['musl'] },
      'node_modules/wasm': { version: '1.0.0', optional: true },
    };
    expect(namesOn(linux, packages)).to.deep.equal([]);
  });
});
