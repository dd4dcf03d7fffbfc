import { expect } from 'chai';
import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { limits } from '../../../protocol/limits.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { readUpgrade } from '../../../server/signaling/upgrade.ts';
import { fixtureHello } from '../../helpers/rtpFixtures.ts';

const encode = (text: string | Buffer) => deflateRawSync(text).toString('base64url');
const hello = encode(JSON.stringify(fixtureHello()));
const url = (query: Record<string, string>) => `/signaling?${new URLSearchParams(query)}`;
const version = String(PROTOCOL_VERSION);
const failure = async (address: string) => {
  const error: unknown = await readUpgrade(address).catch((seen: unknown) => seen);
  return error instanceof ChaxiError ? { code: error.code, path: error.path } : error;
};

describe('the query of an upgrade', () => {
  it('carries token and hello', async () => {
    expect(await readUpgrade(url({ v: version, token: 'abc', hello }))).to.deep.equal({
      token: 'abc',
      hello: fixtureHello(),
      moved: false,
    });
  });

  it('says whether another node sent the client here', async () => {
    expect((await readUpgrade(url({ v: version, hello, moved: '1' }))).moved).to.equal(true);
  });

  it('may lack the token, which is for others to judge', async () => {
    expect((await readUpgrade(url({ v: version, hello }))).token).to.equal('');
  });

  it('carries every hello unchanged', async () => {
    const resume = fc.option(
      fc.record({
        sessionId: fc.string({ minLength: 1, maxLength: 64 }),
        secret: fc.string({ minLength: 1, maxLength: 64 }),
      }),
      { nil: undefined },
    );
    const helloes = fc.record({
      intent: fc.constantFrom('join' as const, 'prepare' as const),
      media: fc.boolean(),
      routerRtpCapabilitiesId: fc.string({ maxLength: 64 }),
      resume,
    });
    await fc.assert(
      fc.asyncProperty(helloes, async (drawn) => {
        const sent = JSON.parse(JSON.stringify(fixtureHello(drawn))) as object;
        const read = await readUpgrade(url({ v: version, hello: encode(JSON.stringify(sent)) }));
        expect(JSON.parse(JSON.stringify(read.hello))).to.deep.equal(sent);
      }),
      { numRuns: 50 },
    );
  });

  const withHello = (text: string | Buffer) => url({ v: version, hello: encode(text) });
  const bomb = deflateRawSync(Buffer.alloc(32 * 1_024 * 1_024, ' ')).toString('base64url');
  const deep = '['.repeat(30_000) + ']'.repeat(30_000);
  const cases: [says: string, address: string, expected: { code: string; path: string }][] = [
    ['is refused without a version', url({ hello }), { code: 'protocolVersion', path: 'v' }],
    ['is refused with another version', url({ v: '0', hello }), { code: 'protocolVersion', path: 'v' }],
    [
      'is refused with a version that only looks right',
      url({ v: `${version}.0`, hello }),
      { code: 'protocolVersion', path: 'v' },
    ],
    ['is refused without a hello', url({ v: version }), { code: 'badRequest', path: 'hello' }],
    [
      'is refused with a hello that is no base64url',
      url({ v: version, hello: '@@@@' }),
      { code: 'badRequest', path: 'hello' },
    ],
    [
      'is refused with a hello that is not compressed',
      url({ v: version, hello: Buffer.from('{}').toString('base64url') }),
      { code: 'badRequest', path: 'hello' },
    ],
    [
      'is refused with half a hello',
      url({ v: version, hello: hello.slice(0, 40) }),
      { code: 'badRequest', path: 'hello' },
    ],
    ['is refused with a hello that is no JSON', withHello('{'), { code: 'badRequest', path: 'hello' }],
    ['is refused with a hello that is null', withHello('null'), { code: 'badRequest', path: 'hello' }],
    ['is refused with a hello that nests deeply', withHello(deep), { code: 'badRequest', path: 'hello' }],
    [
      'is refused with a hello that inflates to 32 MB',
      url({ v: version, hello: bomb }),
      { code: 'messageTooLarge', path: 'hello' },
    ],
    [
      'is refused with a hello one byte too large',
      withHello(' '.repeat(limits.helloBytes + 1)),
      { code: 'messageTooLarge', path: 'hello' },
    ],
    [
      'is refused with a wrong intent, naming the field',
      withHello(JSON.stringify({ ...fixtureHello(), intent: 'spy' })),
      { code: 'badRequest', path: 'hello.intent' },
    ],
    [
      'is refused with a bad resume, naming the field',
      withHello(JSON.stringify({ ...fixtureHello(), resume: { sessionId: 'x' } })),
      { code: 'badRequest', path: 'hello.resume.secret' },
    ],
  ];
  for (const [says, address, expected] of cases) {
    it(says, async () => expect(await failure(address)).to.deep.equal(expected));
  }

  it('never fails with anything but a code', async () => {
    const values = fc.oneof(
      fc.string(),
      fc.base64String().map((text) => text.replaceAll('=', '')),
      fc.json().map(encode),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(version, '2', ''), values, values, async (v, token, drawn) => {
        expect(await failure(url({ v, token, hello: drawn }))).to.have.property('code');
      }),
      { numRuns: 200 },
    );
  });
});
