import { expect } from 'chai';
import type { ConnectionQuality, QualityReason } from '../../../../client-sdk/src/index.ts';
import { NetworkAdvice } from '../../../../web/src/session/NetworkAdvice.ts';

describe('advice about one’s own network', () => {
  function make() {
    const self: { quality: ConnectionQuality; qualityReason: QualityReason | null } = {
      quality: 'unknown',
      qualityReason: null,
    };
    const advice = new NetworkAdvice(self);
    const become = (quality: ConnectionQuality, qualityReason: QualityReason | null = null) => {
      Object.assign(self, { quality, qualityReason });
      advice.update();
    };
    return { advice, become };
  }

  it('is given while the network is poor, and not before it is', () => {
    const { advice, become } = make();
    expect(advice.reason).to.equal(null);
    become('fair', 'delay');
    expect(advice.reason).to.equal(null);
    become('poor', 'bandwidthUp');
    expect(advice.reason).to.equal('bandwidthUp');
    become('good');
    expect(advice.reason).to.equal(null);
  });

  it('is not given again while the same bad time goes on', () => {
    const { advice, become } = make();
    become('poor', 'loss');
    advice.dismiss();
    become('poor', 'bandwidthUp');
    expect(advice.reason).to.equal(null);
  });

  it('is given again in the next bad time', () => {
    const { advice, become } = make();
    become('poor', 'loss');
    advice.dismiss();
    become('fair', 'loss');
    become('poor', 'loss');
    expect(advice.reason).to.equal('loss');
  });

  it('tells the page each time', () => {
    const { advice, become } = make();
    let told = 0;
    advice.subscribe(() => (told += 1));
    become('poor', 'loss');
    advice.dismiss();
    expect(told).to.equal(2);
  });
});
