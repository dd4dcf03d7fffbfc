import { expect } from 'chai';
import { Seal } from '../../../server/cluster/seal.ts';

describe('the seal of a cluster', () => {
  const seal = new Seal('a secret that is long enough for it');

  for (const value of [{ a: 1, 茶: ['é', null] }, [], '', 0, null, 'x'.repeat(100_000)]) {
    it(`opens what it closed: ${JSON.stringify(value).slice(0, 30)}`, () => {
      expect(seal.open('place', seal.close('place', value))).to.deep.equal(value);
    });
  }

  it('closes the same thing differently each time', () => {
    expect(seal.close('place', 1)).to.not.equal(seal.close('place', 1));
  });

  it('opens nothing that another secret closed, that is for another place, or that was changed', () => {
    const sealed = seal.close('place', { a: 1 });
    const bytes = Buffer.from(sealed, 'base64');
    expect(new Seal('another secret that is long enough').open('place', sealed)).to.equal(undefined);
    expect(seal.open('elsewhere', sealed)).to.equal(undefined);
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(seal.open('place', changed.toString('base64')), `byte ${index}`).to.equal(undefined);
    }
  });

  for (const text of ['', 'x', '{}', '茶'.repeat(50), 'A'.repeat(200)]) {
    it(`opens nothing that is none: ${text.slice(0, 12)}`, () => expect(seal.open('place', text)).to.equal(undefined));
  }
});
