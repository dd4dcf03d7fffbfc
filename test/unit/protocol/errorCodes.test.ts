import { expect } from 'chai';
import { errorCodes, isErrorCode } from '../../../protocol/errorCodes.ts';

describe('error codes', () => {
  for (const [code, { status, message }] of Object.entries(errorCodes)) {
    it(`${code} has a status and a message in whole sentences`, () => {
      expect(code).to.match(/^[a-z]+([A-Z][a-z]+)*$/);
      expect(status).to.satisfy((value: number) => value === 0 || (value >= 400 && value < 600));
      expect(message).to.match(/^[A-Z].*\.$/);
    });
  }

  it('are told from what is none', () => {
    expect(isErrorCode('roomFull')).to.equal(true);
    for (const other of ['', 'roomfull', 'constructor', '__proto__', 'toString', 7, null, undefined, ['roomFull']]) {
      expect(isErrorCode(other)).to.equal(false);
    }
  });
});
