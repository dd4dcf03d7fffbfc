import { expect } from 'chai';
import { EventEmitter } from 'node:events';
import { interruption } from '../../../../bench/lib/interruption.ts';

describe('the interruption of a run', () => {
  let source: EventEmitter;
  let now: number;
  let givenUp: number;
  let run: ReturnType<typeof interruption>;

  beforeEach(() => {
    source = new EventEmitter();
    now = 50_000;
    givenUp = 0;
    run = interruption({ source, nowMs: () => now, giveUp: () => givenUp++ });
  });

  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    it(`aborts by ${name}`, () => {
      expect(run.signal.aborted).to.equal(false);
      source.emit(name);
      expect(run.signal.aborted).to.equal(true);
      expect(givenUp).to.equal(0);
    });
  }

  it('takes what comes right after for the same one, as npm sends it', () => {
    source.emit('SIGINT');
    source.emit('SIGINT');
    now += 900;
    source.emit('SIGHUP');
    expect(givenUp).to.equal(0);
  });

  it('gives up by another one later', () => {
    source.emit('SIGINT');
    source.emit('SIGINT');
    now += 1_100;
    source.emit('SIGINT');
    expect(givenUp).to.equal(1);
  });

  it('leaves the signals alone once it is released', () => {
    run.release();
    source.emit('SIGINT');
    expect(run.signal.aborted).to.equal(false);
    expect(source.eventNames()).to.deep.equal([]);
  });
});
