import { expect } from 'chai';
import { FixedWindowStore } from '../../../server/http/FixedWindowStore.ts';

describe('FixedWindowStore', () => {
  let nowMs = 0;
  let store: FixedWindowStore;
  beforeEach(() => {
    nowMs = 1_000_000;
    store = new FixedWindowStore(60_000, () => nowMs);
  });

  it('counts each address for itself and says when the count ends', () => {
    expect(store.increment('a')).to.deep.equal({ totalHits: 1, resetTime: new Date(nowMs + 60_000) });
    nowMs += 59_999;
    expect(store.increment('a').totalHits).to.equal(2);
    expect(store.increment('b').totalHits).to.equal(1);
  });

  it('begins again with the next window', () => {
    store.increment('a');
    nowMs += 60_000;
    expect(store.increment('a')).to.deep.equal({ totalHits: 1, resetTime: new Date(nowMs + 60_000) });
  });

  it('takes a request back, but never below none', () => {
    store.increment('a');
    store.increment('a');
    store.decrement('a');
    expect(store.increment('a').totalHits).to.equal(2);
    store.decrement('b');
    expect(store.increment('b').totalHits).to.equal(1);
  });

  it('forgets an address when asked to', () => {
    store.increment('a');
    store.resetKey('a');
    expect(store.increment('a').totalHits).to.equal(1);
  });
});
