import { expect } from 'chai';
import { describeNetwork, describeTrouble } from '../../../../web/src/i18n/describeNetwork.ts';
import { messagesIn } from '../../../../web/src/i18n/languages.ts';

describe('the words for a network', () => {
  const [zh, en] = [messagesIn('zh'), messagesIn('en')];
  const good = { quality: 'good', qualityReason: null, connection: 'connected' } as const;
  const poor = { ...good, quality: 'poor', qualityReason: 'bandwidthUp' } as const;

  it('say how it is, and what it suffers from', () => {
    expect(describeNetwork(good, en)).to.equal('Good network');
    expect(describeNetwork(poor, en)).to.equal('Poor network: slow upload');
    expect(describeNetwork(poor, zh)).to.equal('网络较差：上行不足');
  });

  it('stand there unasked where it is poor or away', () => {
    expect(describeTrouble(good, zh)).to.equal(null);
    expect(describeTrouble({ ...good, quality: 'fair', qualityReason: 'loss' }, zh)).to.equal(null);
    expect(describeTrouble(poor, zh)).to.equal('网络较差：上行不足');
    expect(describeTrouble(poor, zh, { brief: true })).to.equal('网络较差');
    expect(describeTrouble({ ...poor, connection: 'reconnecting' }, zh)).to.equal('正在重连');
  });
});
