import { expect } from 'chai';
import { connectionDelay } from '../../../../../client-sdk/src/messaging/connection/connectionPolicy.ts';
import type { ErrorCode } from '../../../../../protocol/errorCodes.ts';

describe('connectionPolicy', () => {
  const delays = (code: ErrorCode, random = 0) =>
    [0, 1, 2, 3, 8, 1_000].map((attempt) => connectionDelay({ attempt, code, freshToken: false }, random));

  it('tries at once, then with growing delays, and for ever', () => {
    expect(delays('connectionLost')).to.deep.equal([0, 300, 600, 1_200, 30_000, 30_000]);
  });

  it('adds up to half of the delay, so that not all come at once', () => {
    expect(delays('serverUnreachable', 1)).to.deep.equal([0, 450, 900, 1_800, 45_000, 45_000]);
  });

  for (const code of [
    'serverDraining',
    'rateLimited',
    'storageUnavailable',
    'internal',
    'tokenMissing',
    'limitReached',
  ] as const) {
    it(`tries again after ${code}`, () => expect(delays(code)).not.to.include(null));
  }

  for (const code of ['tokenInvalid', 'notAllowed', 'protocolVersion', 'originNotAllowed', 'tokenExpired'] as const) {
    it(`ends with ${code}`, () => expect(new Set(delays(code))).to.deep.equal(new Set([null])));
  }

  it('asks for another token where one has expired, but not for ever', () => {
    const expired = [0, 1, 2, 3].map((attempt) =>
      connectionDelay({ attempt, code: 'tokenExpired', freshToken: true }, 0),
    );
    expect(expired).to.deep.equal([0, 300, 600, null]);
  });
});
