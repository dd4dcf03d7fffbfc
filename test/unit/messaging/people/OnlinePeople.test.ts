import { expect } from 'chai';
import { OnlinePeople } from '../../../../server/messaging/people/OnlinePeople.ts';

describe('who is online', () => {
  let timers: Set<() => void>;
  let told: string[];
  let online: OnlinePeople;
  const graceIsOver = () => {
    for (const callback of timers) callback();
    timers.clear();
  };

  beforeEach(() => {
    timers = new Set();
    told = [];
    online = new OnlinePeople({
      changed: (person, isOnline) => told.push(`${person} ${isOnline ? 'came' : 'has gone'}`),
      later: (callback) => {
        timers.add(callback);
        return () => timers.delete(callback);
      },
    });
  });

  it('is told when someone comes, and when the grace is over after they have gone', () => {
    online.set('a', 'li', true);
    expect(told).to.deep.equal(['li came']);
    online.set('a', 'li', false);
    expect(online.has('li')).to.equal(true);
    graceIsOver();
    expect(told).to.deep.equal(['li came', 'li has gone']);
    expect(online.has('li')).to.equal(false);
  });

  it('does not flicker while a page is loaded anew, or goes to another node', () => {
    online.set('a', 'li', true);
    online.set('a', 'li', false);
    online.set('b', 'li', true);
    graceIsOver();
    expect(told).to.deep.equal(['li came']);
    expect([online.of('a'), online.of('b')]).to.deep.equal([[], ['li']]);
  });

  it('stays as long as one node has them', () => {
    online.set('a', 'li', true);
    online.set('b', 'li', true);
    online.set('a', 'li', false);
    graceIsOver();
    expect(told).to.deep.equal(['li came']);
    online.set('b', 'li', false);
    online.set('b', 'li', false);
    graceIsOver();
    expect(told).to.deep.equal(['li came', 'li has gone']);
  });

  it('is what a node says of all its people, in place of what was known', () => {
    online.replace('a', ['li', 'wang']);
    online.replace('a', ['wang', 'chen']);
    graceIsOver();
    expect(told).to.deep.equal(['li came', 'wang came', 'chen came', 'li has gone']);
    online.replace('a', []);
    graceIsOver();
    expect(told.slice(4)).to.have.members(['wang has gone', 'chen has gone']);
  });
});
