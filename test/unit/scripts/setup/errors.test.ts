import { expect } from 'chai';
import { adviceFor } from '../../../../scripts/setup/errors.mjs';
import { excerpt } from '../../../../scripts/setup/run.mjs';

describe('the advice after a failed setup', () => {
  for (const [output, advice] of [
    ['npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write', /disk is full/],
    ['/tmp/cc1.s: fatal error: No space left on device', /disk is full/],
    ['npm error network request to a registry failed, reason: getaddrinfo EAI_AGAIN', /network/],
    ["Err:1 Temporary failure resolving 'a.mirror'", /network/],
    ['npm error code EUSAGE', /npm install/],
    ['npm error code EACCES', /who owns/],
    ['c++: fatal error: Killed signal terminated program cc1plus', /memory/],
  ] as const) {
    it(`knows what to do about: ${output.split('\n')[0]}`, () => {
      expect(adviceFor(output)).to.match(advice);
    });
  }

  it('is silent about what it does not know', () => {
    expect(adviceFor('src/a.cpp:1:1: error: expected a declaration')).to.equal(undefined);
  });

  it('stands below the first and the last lines of the output', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const shown = excerpt(['npm warn EBADENGINE Unsupported engine', ...lines]).split('\n');
    expect(shown[0]).to.equal('line 0');
    expect(shown).to.include('…');
    expect(shown.at(-1)).to.equal('line 99');
    expect(shown.length).to.be.lessThan(40);
  });
});
