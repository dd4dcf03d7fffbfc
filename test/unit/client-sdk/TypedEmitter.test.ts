import { expect } from 'chai';
import { TypedEmitter } from '../../../client-sdk/src/TypedEmitter.ts';

interface Events {
  poured: [cups: number];
  emptied: [];
}

class Pot extends TypedEmitter<Events> {
  pour(cups: number): void {
    this.emit('poured', cups);
  }
}

describe('TypedEmitter', () => {
  const reported: unknown[] = [];
  const before = globalThis.reportError;

  beforeEach(() => {
    reported.length = 0;
    globalThis.reportError = (error) => void reported.push(error);
  });
  afterEach(() => {
    globalThis.reportError = before;
  });

  it('calls listeners in the order in which they were added', () => {
    const seen: string[] = [];
    new Pot()
      .on('poured', (cups) => void seen.push(`first ${cups}`))
      .on('poured', (cups) => void seen.push(`second ${cups}`))
      .pour(2);
    expect(seen).to.deep.equal(['first 2', 'second 2']);
  });

  it('calls the others although one throws, and reports what it threw', () => {
    const seen: number[] = [];
    const failure = new Error('spilled');
    new Pot()
      .on('poured', () => {
        throw failure;
      })
      .on('poured', (cups) => void seen.push(cups))
      .pour(1);
    expect(seen).to.deep.equal([1]);
    expect(reported).to.deep.equal([failure]);
  });

  it('calls a listener of once only once, and not at all after off', () => {
    const seen: string[] = [];
    const kept = () => void seen.push('kept');
    const removed = () => void seen.push('removed');
    const pot = new Pot().once('poured', kept).once('poured', removed).off('poured', removed);
    pot.pour(1);
    pot.pour(1);
    expect(seen).to.deep.equal(['kept']);
    expect(pot.listenerCount('poured')).to.equal(0);
  });

  it('lets a listener remove another while it is called', () => {
    const seen: string[] = [];
    const pot = new Pot();
    const second = () => void seen.push('second');
    pot.on('poured', () => pot.off('poured', second)).on('poured', second);
    pot.pour(1);
    pot.pour(1);
    expect(seen).to.deep.equal(['second']);
  });
});
