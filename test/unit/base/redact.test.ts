import { expect } from 'chai';
import fc from 'fast-check';
import { redact, redactText } from '../../../server/base/redact.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJsaSJ9.c2lnbmF0dXJl';

describe('redact', () => {
  for (const [text, expected] of [
    ['/signaling?v=1&token=abc&hello=def', '/signaling?v=1&token=[hidden]&hello=[hidden]'],
    ['TOKEN=abc', 'TOKEN=[hidden]'],
    ['Authorization: Basic c2hvcDpzZWNyZXQ=', 'Authorization: Basic [hidden]'],
    ['bearer abcdefgh', 'bearer [hidden]'],
    [`link /room#${JWT}!`, 'link /room#[hidden]!'],
    [`/room#token=${JWT}`, '/room#token=[hidden]'],
    [`GET /stills/${'aB3_-'.repeat(8)}xyz 200`, 'GET /stills/[hidden] 200'],
    ['PUT /stills/uploads/01a204e2', 'PUT /stills/uploads/01a204e2'],
    ['/attachments/01a2?expires=17&signature=aB3_-x', '/attachments/01a2?expires=17&signature=[hidden]'],
    ['the token is not valid', 'the token is not valid'],
    ['Basic tea', 'Basic tea'],
    ['', ''],
  ] as const) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, () => {
      expect(redactText(text)).to.equal(expected);
    });
  }

  for (const key of [
    'token',
    'accessToken',
    'secret',
    'api_secret',
    'apiKeys',
    'resumeSecret',
    'Authorization',
    'cookie',
    'set-cookie',
    'password',
    'credential',
    'iceParameters',
    'dtlsParameters',
  ]) {
    it(`hides what is under ${key}, at any depth and of any type`, () => {
      expect(JSON.stringify(redact({ a: [{ [key]: 'hunter2' }], [key]: { x: ['hunter2'] } }))).to.not.include(
        'hunter2',
      );
    });
  }

  it('keeps what is no secret', () => {
    const value = { roomId: 'tea', count: 1, list: ['a', null, true], nested: { source: 'camera' } };
    expect(redact(value)).to.deep.equal(value);
  });

  it('makes errors readable, with code and cause, without their secrets', () => {
    const error = new Error('bad token=abc', {
      cause: Object.assign(new TypeError('inner'), { code: 'E', secret: 'x' }),
    });
    const result = redact({ error });
    expect(result).to.have.nested.property('error.message', 'bad token=[hidden]');
    expect(result).to.have.nested.property('error.stack').that.includes('redact.test.ts').and.not.includes('abc');
    expect(result).to.have.nested.property('error.cause.code', 'E');
    expect(result).to.have.nested.property('error.cause.secret', '[hidden]');
  });

  it('copes with cycles, depth, bytes, dates, maps, sets and what JSON does not know', () => {
    const cycle: Record<string, unknown> = { name: 'a' };
    cycle.self = cycle;
    expect(redact(cycle)).to.deep.equal({ name: 'a', self: '[circular]' });
    expect(redact(Buffer.from('secret'))).to.equal('[6 bytes]');
    expect(redact(new Date(0))).to.equal('1970-01-01T00:00:00.000Z');
    expect(redact(new Date(NaN))).to.equal(null);
    expect(redact(new Map([['token', 'abc']]))).to.deep.equal({ token: '[hidden]' });
    expect(redact(new Set([1, 2]))).to.deep.equal([1, 2]);
    expect(redact({ big: 1n })).to.deep.equal({ big: '1' });
    let deep: unknown = 'end';
    for (let depth = 0; depth < 100; depth += 1) {
      deep = [deep];
    }
    expect(JSON.stringify(redact(deep))).to.include('[too deep]');
  });

  it('gives something that JSON can write, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }), (value) => {
        JSON.stringify(redact(value));
      }),
    );
  });

  it('does not change what it was given', () => {
    const value = Object.freeze({ token: 'a', list: Object.freeze([Object.freeze({ secret: 'b' })]) });
    redact(value);
    expect(value.token).to.equal('a');
  });
});
