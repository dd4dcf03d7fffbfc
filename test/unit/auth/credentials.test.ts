import { expect } from 'chai';
import fc from 'fast-check';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { verifyCredentials } from '../../../server/auth/credentials.ts';

const apiKeys = { shop: 'a-secret:with:colons-and-more-characters', other: 'x'.repeat(32) };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('verifyCredentials', () => {
  it('knows a shop by its key and secret', () => {
    expect(verifyCredentials(basic(`shop:${apiKeys.shop}`), apiKeys)).to.equal('shop');
    expect(verifyCredentials(basic(`other:${apiKeys.other}`).replace('Basic', 'basic'), apiKeys)).to.equal('other');
  });

  for (const [title, header] of [
    ['no header', undefined],
    ['an empty header', ''],
    ['another scheme', 'Bearer abc'],
    ['no base64', 'Basic !!!'],
    ['no colon', basic('shop')],
    ['nothing', basic('')],
    ['an unknown key', basic(`nobody:${apiKeys.shop}`)],
    ['a key that objects have by birth', basic('constructor:x')],
    ['an unknown key with an empty secret', basic('nobody:')],
    ['a wrong secret', basic('shop:wrong')],
    ['an empty secret', basic('shop:')],
    ['a part of the secret', basic(`shop:${apiKeys.shop.slice(0, -1)}`)],
    ["another shop's secret", basic(`shop:${apiKeys.other}`)],
  ] as const) {
    it(`refuses ${title}`, () => {
      expect(() => verifyCredentials(header, apiKeys))
        .to.throw(ChaxiError)
        .with.property('code', 'credentialsInvalid');
    });
  }

  it('refuses whatever else there is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => verifyCredentials(text, apiKeys)).to.throw(ChaxiError);
        expect(() => verifyCredentials(basic(text), apiKeys)).to.throw(ChaxiError);
      }),
    );
  });
});
