import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { filesLeftOut, runsOnThreeNodes, testsLeftOut } from '../../../../scripts/test/threeNodes.mjs';

describe('the integration tests that run on three nodes', () => {
  const files = readdirSync(new URL('../../../integration/', import.meta.url));

  it('are all but those for which there is a reason', () => {
    expect(runsOnThreeNodes('test/integration/rooms.lobby.test.ts')).to.equal(true);
    expect(runsOnThreeNodes('test/integration/rooms.leak.test.ts')).to.equal(false);
  });

  it('have reasons for files that there are, and for tests of files that run', () => {
    for (const beginning of Object.keys(filesLeftOut)) {
      expect(
        files.some((file) => file.startsWith(beginning)),
        beginning,
      ).to.equal(true);
    }
    expect(files.filter(runsOnThreeNodes)).to.include.members(Object.keys(testsLeftOut));
  });
});
