import { expect } from 'chai';
import { tokenClaims } from '../../../../../client-sdk/src/messaging/connection/tokenClaims.ts';
import { createAccessToken } from '../../../../../server/auth/accessToken.ts';

describe('tokenClaims', () => {
  it('reads whose token it is, in whatever script', async () => {
    const token = await createAccessToken({
      apiKey: 'teahouse',
      apiSecret: 'a-secret-of-the-tests-that-is-long-enough',
      identity: 'lu-yu',
      name: '陸羽 ~?',
      counter: true,
      role: 'host',
    });
    expect(tokenClaims(token)).to.deep.equal({
      apiKey: 'teahouse',
      identity: 'lu-yu',
      name: '陸羽 ~?',
      counter: true,
    });
  });

  for (const token of ['', 'tea', 'a.b.c', `a.${btoa('{"iss":1}')}.c`]) {
    it(`takes no ${token || 'empty text'}`, () => {
      expect(() => tokenClaims(token))
        .to.throw()
        .with.property('code', 'tokenInvalid');
    });
  }
});
