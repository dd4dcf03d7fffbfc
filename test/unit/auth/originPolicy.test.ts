import { expect } from 'chai';
import { isOriginAllowed } from '../../../server/auth/originPolicy.ts';

describe('isOriginAllowed', () => {
  const server = { host: '127.0.0.1:4480', publicUrl: null, corsOrigins: [] };

  for (const [title, context, allowed] of [
    ['what is not a browser', { ...server, origin: undefined }, true],
    ['its own page', { ...server, origin: 'http://127.0.0.1:4480' }, true],
    ['its own page behind a proxy that ends TLS', { ...server, origin: 'https://127.0.0.1:4480' }, true],
    ['its own page under a name in capitals', { ...server, host: 'TEA.example', origin: 'https://tea.example' }, true],
    ['its public page', { ...server, publicUrl: 'https://tea.example', origin: 'https://tea.example' }, true],
    [
      'a page of the configuration',
      { ...server, corsOrigins: ['https://shop.example'], origin: 'https://shop.example' },
      true,
    ],
    ['any page when all are allowed', { ...server, corsOrigins: ['*'], origin: 'https://evil.example' }, true],
    ['another page', { ...server, origin: 'https://evil.example' }, false],
    ['another port of the same host', { ...server, origin: 'http://127.0.0.1:8080' }, false],
    [
      'a name that begins like the own',
      { ...server, host: 'tea.example', origin: 'https://tea.example.evil.example' },
      false,
    ],
    [
      'a page of the configuration over http',
      { ...server, corsOrigins: ['https://shop.example'], origin: 'http://shop.example' },
      false,
    ],
    ['a page without an origin (sandbox, file)', { ...server, origin: 'null' }, false],
    ['nonsense', { ...server, origin: '!' }, false],
    ['a page when the host is not known', { ...server, host: undefined, origin: 'http://127.0.0.1:4480' }, false],
  ] as const) {
    it(`${allowed ? 'admits' : 'refuses'} ${title}`, () => {
      expect(isOriginAllowed(context)).to.equal(allowed);
    });
  }
});
