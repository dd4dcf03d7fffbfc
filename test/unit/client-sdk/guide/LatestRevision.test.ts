import { expect } from 'chai';
import { LatestRevision } from '../../../../client-sdk/src/guide/LatestRevision.ts';

describe('the latest revision', () => {
  const make = () => new LatestRevision<{ revision: number; title: string }>();
  const oolong = { revision: 3, title: 'Oolong' };

  it('takes what is newer, and not what is older or the same', () => {
    const latest = make();
    expect(latest.take(oolong)).to.equal(true);
    expect(latest.take({ revision: 2, title: 'Sencha' })).to.equal(false);
    expect(latest.take({ revision: 3, title: 'Sencha' })).to.equal(false);
    expect(latest.value).to.equal(oolong);
    expect(latest.take({ revision: 4, title: 'Puer' })).to.equal(true);
    expect(latest.value?.title).to.equal('Puer');
  });

  it('takes the first after a welcome whatever its number, since that node may have lost the count', () => {
    const latest = make();
    latest.take(oolong);
    latest.welcomed();
    expect(latest.told).to.equal(false);
    expect(latest.take({ revision: 1, title: 'Sencha' })).to.equal(true);
    expect(latest.told).to.equal(true);
    expect(latest.take({ revision: 1, title: 'Puer' })).to.equal(false);
    expect(latest.value?.title).to.equal('Sencha');
  });

  it('keeps what it knows over a welcome, and tells that nothing changed when it is told again', () => {
    const latest = make();
    latest.take(oolong);
    latest.welcomed();
    expect(latest.value).to.equal(oolong);
    expect(latest.take({ ...oolong })).to.equal(false);
  });

  it('knows nothing when it was cleared', () => {
    const latest = make();
    latest.take(oolong);
    latest.clear();
    expect([latest.value, latest.told]).to.deep.equal([null, false]);
  });
});
