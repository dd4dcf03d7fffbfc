import { expect } from 'chai';
import fc from 'fast-check';
import { peekToken, readRoomLink } from '../../../../web/src/session/roomLink.ts';

const tokenWith = (claims: unknown) => `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

describe('room link', () => {
  it('carries token, server and language in its fragment', () => {
    expect(readRoomLink('#token=a.b.c&url=https%3A%2F%2Ftea.example&lang=zh')).to.deep.equal({
      token: 'a.b.c',
      url: 'https://tea.example',
      lang: 'zh',
    });
  });

  it('may be empty', () => {
    expect(readRoomLink('')).to.deep.equal({ token: '', url: null, lang: null });
  });
});

describe('peek into a token', () => {
  it('reads room, name and role, also in Chinese', () => {
    const token = tokenWith({ room: '武夷正岩', sub: 'guest-1', name: '王怡', role: 'guest' });
    expect(peekToken(token)).to.deep.equal({ room: '武夷正岩', name: '王怡', role: 'guest', publishes: true });
  });

  it('takes the identity where there is no name', () => {
    expect(peekToken(tokenWith({ room: 'r', sub: 'guest-1', role: 'guest' }))?.name).to.equal('guest-1');
  });

  it('knows that an observer shows nothing', () => {
    expect(peekToken(tokenWith({ role: 'observer' }))?.publishes).to.equal(false);
  });

  it('lets grants decide over the role', () => {
    expect(peekToken(tokenWith({ role: 'observer', grants: { publish: ['microphone'] } }))?.publishes).to.equal(true);
    expect(peekToken(tokenWith({ role: 'guest', grants: { publish: [] } }))?.publishes).to.equal(false);
  });

  it('leaves out what it does not know', () => {
    expect(peekToken(tokenWith({ room: 7, role: 'emperor' }))).to.deep.equal({
      room: '',
      name: '',
      role: null,
      publishes: true,
    });
  });

  for (const token of ['', 'a', 'a.b.c', 'a.!!!.c', tokenWith(null), tokenWith('text')]) {
    it(`is null for "${token}"`, () => {
      expect(peekToken(token)).to.equal(null);
    });
  }

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(tokenWith)), (token) => {
        expect(() => peekToken(token)).not.to.throw();
      }),
    );
  });
});
