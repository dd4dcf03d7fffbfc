import { expect } from 'chai';
import { mock } from 'node:test';
import { PacedCalls } from '../../../server/base/PacedCalls.ts';

describe('PacedCalls', () => {
  let calls: string[];
  let paced: PacedCalls;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    calls = [];
    paced = new PacedCalls({ intervalMs: 1_000, run: (key) => void calls.push(key) });
  });
  afterEach(() => {
    paced.close();
    mock.timers.reset();
  });

  it('call at once, and of what is asked meanwhile once when the interval is over', () => {
    for (let times = 0; times < 5; times += 1) paced.ask('tea');
    expect(calls).to.deep.equal(['tea']);
    mock.timers.tick(999);
    expect(calls).to.have.length(1);
    mock.timers.tick(1);
    expect(calls).to.have.length(2);
    mock.timers.tick(5_000);
    expect(calls).to.have.length(2);
  });

  it('hold the interval after a call that waited too', () => {
    paced.ask('tea');
    paced.ask('tea');
    mock.timers.tick(1_000);
    paced.ask('tea');
    expect(calls).to.have.length(2);
    mock.timers.tick(1_000);
    expect(calls).to.have.length(3);
  });

  it('do not hold up one key for another', () => {
    paced.ask('tea');
    paced.ask('cup');
    expect(calls).to.deep.equal(['tea', 'cup']);
  });

  it('call nobody after they are closed', () => {
    paced.ask('tea');
    paced.ask('tea');
    paced.close();
    mock.timers.tick(5_000);
    expect(calls).to.have.length(1);
  });
});
