import { expect } from 'chai';
import {
  AttachmentSigner,
  type AttachmentPermission,
} from '../../../../server/messaging/attachments/AttachmentSigner.ts';

const apiKeys = Object.freeze({ shop: 'a-secret-of-more-than-thirty-two-characters', other: 'o'.repeat(40) });
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const permission: AttachmentPermission = Object.freeze({
  tenant: 'shop',
  attachmentId: '01a204e2-7c3e-7000-8000-000000000000',
  use: 'file',
  expires: inSeconds(3_600),
});

describe('AttachmentSigner', () => {
  const signer = new AttachmentSigner(apiKeys);
  const signature = signer.sign(permission);

  it('permits what it signed, and what another node with the same secret signed', () => {
    expect(signature).to.match(/^[A-Za-z0-9_-]{43}$/);
    expect(signer.permits(permission, signature)).to.equal(true);
    expect(new AttachmentSigner(apiKeys).permits(permission, signature)).to.equal(true);
  });

  for (const [what, change] of [
    ['another file', { attachmentId: '01a204e2-7c3e-7000-8000-000000000001' }],
    ['another use', { use: 'upload' }],
    ['the preview', { use: 'preview' }],
    ['a longer time', { expires: permission.expires + 1 }],
    ['another tenant', { tenant: 'other' }],
    ['a tenant that is not there', { tenant: 'nobody' }],
    ['a tenant of a name that every object has', { tenant: 'constructor' }],
  ] as const) {
    it(`permits no ${what} by that`, () => {
      expect(signer.permits({ ...permission, ...change }, signature)).to.equal(false);
    });
  }

  it('permits nothing by another signature', () => {
    const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    for (const wrong of ['', 'x', changed, signature.slice(1), `${signature}AAAA`, '茶'.repeat(43)]) {
      expect(signer.permits(permission, wrong), wrong).to.equal(false);
    }
  });

  it('permits nothing when the time is over, but for clocks that differ a little', () => {
    const until = (seconds: number) => {
      const expired = { ...permission, expires: inSeconds(seconds) };
      return signer.permits(expired, signer.sign(expired));
    };
    expect([until(-2), until(-8)]).to.deep.equal([true, false]);
  });

  it('signs with what comes of the secret, not with the secret, and with no other', () => {
    const others = new AttachmentSigner({ shop: 'another-secret-of-more-than-thirty-two-chars' });
    expect(others.permits(permission, signature)).to.equal(false);
    expect(() => signer.sign({ ...permission, tenant: 'nobody' })).to.throw(TypeError);
  });
});
