import { expect } from 'chai';
import fc from 'fast-check';
import { parseDemoLinks } from '../../../../web/src/session/demoLinks.ts';

describe('demo links', () => {
  it('are read from the answer of the server', () => {
    const links = [
      { role: 'host', url: '/room#token=a' },
      { role: 'guest', url: 'http://127.0.0.1:4480/room#token=b' },
    ];
    expect(parseDemoLinks({ links })).to.deep.equal(links);
  });

  it('leave out unknown roles and what is no address of a page', () => {
    const links = [
      { role: 'emperor', url: '/room' },
      { role: 'host', url: 'javascript:alert(1)' },
      { role: 'host' },
      null,
    ];
    expect(parseDemoLinks({ links })).to.deep.equal([]);
  });

  it('are none for any other answer', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(parseDemoLinks(body)).to.be.an('array');
      }),
    );
  });
});
