import { expect } from 'chai';
import { inviteIdOf, readInviteLink } from '../../../../web/src/session/inviteLink.ts';

describe('the link of an invitation', () => {
  it('carries the code, and perhaps a language', () => {
    expect(readInviteLink('#0190.a-b_c')).to.deep.equal({ code: '0190.a-b_c', lang: null });
    expect(readInviteLink('#0190.a-b_c&lang=zh')).to.deep.equal({ code: '0190.a-b_c', lang: 'zh' });
    expect(readInviteLink('')).to.deep.equal({ code: '', lang: null });
  });

  it('has an id that is no secret', () => {
    expect(inviteIdOf('0190.secret')).to.equal('0190');
  });
});
