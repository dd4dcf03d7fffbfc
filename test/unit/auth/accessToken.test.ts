import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import {
  createAccessToken,
  verifyAccessToken,
  verifyMessagingToken,
  type AccessTokenOptions,
} from '../../../server/auth/accessToken.ts';

const SECRET = 'a-secret-of-more-than-thirty-two-characters';
const apiKeys = Object.freeze({ shop: SECRET, other: `${SECRET}-other` });
const options: Readonly<AccessTokenOptions> = Object.freeze({
  apiKey: 'shop',
  apiSecret: SECRET,
  room: 'tea',
  identity: 'li',
  role: 'guest',
});
const inAnHour = () => Math.floor(Date.now() / 1_000) + 3_600;
const claims = (): Record<string, unknown> => ({ iss: 'shop', sub: 'li', exp: inAnHour(), room: 'tea', role: 'guest' });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT as any library would make it, or as nobody should. */
function handmade(header: unknown, payload: unknown, secret = SECRET): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(ChaxiError);
    return (error as ChaxiError).code;
  }
  return 'no error';
}

describe('access tokens', () => {
  it('carry all claims from the shop to the server', async () => {
    const token = await createAccessToken({
      ...options,
      name: '李师傅',
      metadata: '{"cup":1}',
      grants: { publish: ['camera'], hidden: true },
      ttlSeconds: 60,
    });
    const verified = await verifyAccessToken(token, apiKeys);
    expect(verified.tenant).to.equal('shop');
    expect(verified.claims).to.deep.include({
      iss: 'shop',
      sub: 'li',
      room: 'tea',
      role: 'guest',
      name: '李师傅',
      metadata: '{"cup":1}',
      grants: { publish: ['camera'], hidden: true },
    });
    expect(verified.claims.exp).to.be.closeTo(Date.now() / 1_000 + 60, 5);
  });

  it('are good for messages without a room, and then for no room', async () => {
    const token = await createAccessToken({ ...options, room: undefined, role: 'host', counter: true });
    const { tenant, claims } = await verifyMessagingToken(token, apiKeys);
    expect(tenant).to.equal('shop');
    expect(claims).to.deep.include({ sub: 'li', role: 'host', counter: true });
    expect(claims.room).to.equal(undefined);
    expect(await codeOf(verifyAccessToken(token, apiKeys))).to.equal('tokenInvalid');
  });

  it('for a room serve messages too, and do not stand at the counter', async () => {
    const { claims } = await verifyMessagingToken(await createAccessToken(options), apiKeys);
    expect(claims).to.include({ sub: 'li', room: 'tea', role: 'guest', counter: false });
    expect(await codeOf(verifyMessagingToken(handmade({ alg: 'HS256' }, { ...claims, sub: '' }), apiKeys))).to.equal(
      'tokenInvalid',
    );
  });

  it('are good for an hour unless said otherwise', async () => {
    const { claims } = await verifyAccessToken(await createAccessToken(options), apiKeys);
    expect(claims.exp).to.be.closeTo(Date.now() / 1_000 + 3_600, 5);
  });

  it('survive any names, and name the bad field of options that can not be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (room, identity) => {
        try {
          const token = await createAccessToken({ ...options, room, identity });
          const { claims } = await verifyAccessToken(token, apiKeys);
          expect([claims.room, claims.sub]).to.deep.equal([room, identity]);
        } catch (error) {
          expect(error).to.be.instanceOf(ChaxiError).with.property('code', 'badRequest');
          expect((error as ChaxiError).path).to.be.oneOf(['room', 'sub']);
        }
      }),
    );
  });

  for (const [title, change] of [
    ['an unknown role', { role: 'admin' }],
    ['an empty room', { room: '' }],
    ['a room that paths take for a step', { room: '..' }],
    ['half a second', { ttlSeconds: 0.5 }],
    ['an unknown source', { grants: { publish: ['window'] } }],
  ] as const) {
    it(`are not made for ${title}`, async () => {
      expect(await codeOf(createAccessToken({ ...options, ...change } as AccessTokenOptions))).to.equal('badRequest');
    });
  }

  describe('are accepted', () => {
    for (const [title, header, makeChange] of [
      ['with the type JWT', { alg: 'HS256', typ: 'JWT' }, () => ({})],
      ['with the type in small letters', { alg: 'HS256', typ: 'jwt' }, () => ({})],
      ['without a type', { alg: 'HS256' }, () => ({})],
      ['with claims that Chaxi does not know', { alg: 'HS256' }, () => ({ jti: 'x', aud: 'y', extra: { a: 1 } })],
      ['up to 5 seconds after their time', { alg: 'HS256' }, () => ({ exp: inAnHour() - 3_603 })],
      ['up to 5 seconds before their time', { alg: 'HS256' }, () => ({ nbf: inAnHour() - 3_597 })],
    ] as const) {
      it(title, async () => {
        expect((await verifyAccessToken(handmade(header, { ...claims(), ...makeChange() }), apiKeys)).tenant).to.equal(
          'shop',
        );
      });
    }
  });

  describe('are refused', () => {
    const head = { alg: 'HS256', typ: 'JWT' };
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const rsaSigned = (): string => {
      const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims())}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    };
    const hmac512 = (): string => {
      const signed = `${encode({ alg: 'HS512', typ: 'JWT' })}.${encode(claims())}`;
      return `${signed}.${createHmac('sha512', SECRET).update(signed).digest('base64url')}`;
    };
    const cases: readonly (readonly [string, () => string | null | undefined, string])[] = [
      ['when there is none', () => undefined, 'tokenMissing'],
      ['when it is null', () => null, 'tokenMissing'],
      ['when it is empty', () => '', 'tokenMissing'],
      ['when it is no JWT', () => 'abc', 'tokenInvalid'],
      ['when it has three parts of nothing', () => '..', 'tokenInvalid'],
      ['without a signature', () => `${encode(head)}.${encode(claims())}.`, 'tokenInvalid'],
      ['with algorithm none', () => `${encode({ alg: 'none' })}.${encode(claims())}.`, 'tokenInvalid'],
      ['with algorithm none and a signature', () => handmade({ alg: 'none' }, claims()), 'tokenInvalid'],
      ['with RS256', rsaSigned, 'tokenInvalid'],
      ['with HS512', hmac512, 'tokenInvalid'],
      ['when signed with another secret', () => handmade(head, claims(), 'x'.repeat(32)), 'tokenInvalid'],
      ["when signed with another key's secret", () => handmade(head, claims(), apiKeys.other), 'tokenInvalid'],
      ['with an unknown key', () => handmade(head, { ...claims(), iss: 'nobody' }), 'tokenInvalid'],
      [
        'with a key that objects have by birth',
        () => handmade(head, { ...claims(), iss: 'constructor' }),
        'tokenInvalid',
      ],
      ['without a key', () => handmade(head, { ...claims(), iss: undefined }), 'tokenInvalid'],
      ['with a key that is no text', () => handmade(head, { ...claims(), iss: 5 }), 'tokenInvalid'],
      ['of another type', () => handmade({ alg: 'HS256', typ: 'at+jwt' }, claims()), 'tokenInvalid'],
      ['with a critical extension', () => handmade({ ...head, crit: ['x'], x: 1 }, claims()), 'tokenInvalid'],
      ['without an end', () => handmade(head, { ...claims(), exp: undefined }), 'tokenInvalid'],
      ['with a bad role', () => handmade(head, { ...claims(), role: 'king' }), 'tokenInvalid'],
      ['without a room', () => handmade(head, { ...claims(), room: undefined }), 'tokenInvalid'],
      ['before their time', () => handmade(head, { ...claims(), nbf: inAnHour() }), 'tokenInvalid'],
      ['after their time', () => handmade(head, { ...claims(), exp: inAnHour() - 3_610 }), 'tokenExpired'],
      [
        'as forged, not as expired, when both',
        () => handmade(head, { ...claims(), exp: 1 }, 'x'.repeat(32)),
        'tokenInvalid',
      ],
    ];
    for (const [title, make, code] of cases) {
      it(`${title} (${code})`, async () => {
        expect(await codeOf(verifyAccessToken(make(), apiKeys))).to.equal(code);
      });
    }

    it('when any character was changed', async () => {
      const token = await createAccessToken(options);
      // The last character of a signature has bits that decoding drops.
      await fc.assert(
        fc.asyncProperty(fc.nat(token.length - 2), fc.constantFrom('A', '_', '.', '!', '9'), async (at, character) => {
          fc.pre(token[at] !== character);
          const changed = token.slice(0, at) + character + token.slice(at + 1);
          expect(await codeOf(verifyAccessToken(changed, apiKeys))).to.equal('tokenInvalid');
        }),
      );
    });

    it('without telling why', async () => {
      const messages = await Promise.all(
        [handmade(head, claims(), 'x'.repeat(32)), handmade(head, { ...claims(), iss: 'nobody' }), 'abc'].map((token) =>
          verifyAccessToken(token, apiKeys).then(
            () => 'accepted',
            (error: unknown) => JSON.stringify((error as ChaxiError).toBody()),
          ),
        ),
      );
      expect(new Set(messages).size).to.equal(1);
    });
  });
});
