import { expect } from 'chai';
import { InviteCodes } from '../../../server/auth/InviteCodes.ts';

const apiKeys = Object.freeze({ shop: 'a-secret-of-more-than-thirty-two-characters', other: 'o'.repeat(40) });
const address = Object.freeze({ tenant: 'shop', inviteId: '01a204e2-7c3e-7000-8000-000000000000' });

describe('InviteCodes', () => {
  const codes = new InviteCodes(apiKeys);
  const code = codes.make(address);

  it('reads what it made, and what another node with the same secret made', () => {
    expect(code).to.match(/^01a204e2-7c3e-7000-8000-000000000000\.[A-Za-z0-9_-]{22}$/);
    expect(codes.read(code)).to.deep.equal(address);
    expect(new InviteCodes(apiKeys).read(code)).to.deep.equal(address);
  });

  it('tells the tenants apart, also where two have the same secret', () => {
    const same = new InviteCodes({ shop: apiKeys.shop, twin: apiKeys.shop });
    const ofTwin = same.make({ ...address, tenant: 'twin' });
    expect(same.read(ofTwin)).to.deep.equal({ ...address, tenant: 'twin' });
    expect(codes.make({ ...address, tenant: 'other' })).to.not.equal(code);
  });

  it('reads nothing else', () => {
    const [inviteId, signature = ''] = code.split('.');
    const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const wrong = [
      '',
      '.',
      inviteId!,
      `${inviteId}.`,
      `${inviteId}.${changed}`,
      `${code}A`,
      code.slice(0, -1),
      `${code}.${signature}`,
      `01a204e2-7c3e-7000-8000-000000000001.${signature}`,
      `${inviteId}.${'茶'.repeat(22)}`,
    ];
    for (const guess of wrong) expect(codes.read(guess), guess).to.equal(undefined);
  });

  it('reads nothing of a tenant whose key was taken away, or has another secret', () => {
    expect(new InviteCodes({ other: apiKeys.other }).read(code)).to.equal(undefined);
    expect(new InviteCodes({ shop: apiKeys.other }).read(code)).to.equal(undefined);
  });
});
