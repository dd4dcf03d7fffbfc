import { expect } from 'chai';
import { JoinClock, type JoinTiming } from '../../../../client-sdk/src/session/JoinClock.ts';

describe('JoinClock', () => {
  function make(...args: [start: JoinTiming['start'], passed: ConstructorParameters<typeof JoinClock>[1]]) {
    const told: JoinTiming[] = [];
    const clock = new JoinClock(...args, (timing) => void told.push(timing));
    return { clock, told };
  }
  const never = Number.MAX_SAFE_INTEGER;

  it('tells once, when all that was to come has come', () => {
    const { clock, told } = make('cold', []);
    const start = performance.now();
    clock.mark('socketMs', start + 10);
    clock.mark('answerMs', start + 20);
    clock.expect(['dtlsMs', 'firstFrameMs']);
    clock.mark('iceMs', start + 30);
    clock.mark('dtlsMs', start + 40);
    expect(told).to.deep.equal([]);
    clock.mark('firstFrameMs', start + 50);
    clock.mark('firstFrameMs', start + 500);
    clock.expect([]);
    expect(told).to.have.lengthOf(1);
    const [timing] = told;
    expect(timing?.start).to.equal('cold');
    expect(timing?.socketMs).to.be.closeTo(10, 2);
    expect(timing?.firstFrameMs).to.be.closeTo(50, 2);
    clock.close();
  });

  it('counts what was passed before the click as zero', () => {
    const { clock, told } = make('hot', ['socketMs', 'iceMs', 'dtlsMs']);
    clock.mark('dtlsMs');
    clock.mark('answerMs');
    clock.expect(['dtlsMs']);
    expect(told[0]).to.include({ start: 'hot', socketMs: 0, iceMs: 0, dtlsMs: 0 });
  });

  it('takes no stage to be later than the one after it, of which a busy page hears first', () => {
    const { clock, told } = make('warm', ['socketMs']);
    const start = performance.now();
    clock.mark('answerMs', start + 10);
    clock.expect(['dtlsMs', 'firstFrameMs']);
    clock.mark('firstFrameMs', start + 50);
    clock.mark('iceMs', start + 60);
    clock.mark('dtlsMs', start + 70);
    const [timing] = told;
    expect(timing?.dtlsMs).to.equal(timing?.firstFrameMs);
    expect(timing?.iceMs).to.equal(timing?.firstFrameMs);
  });

  it('keeps the first time of a stage, and none before the click', () => {
    const { clock } = make('warm', ['socketMs']);
    clock.mark('answerMs', 0);
    clock.mark('answerMs', never);
    expect(clock.timing).to.deep.equal({ start: 'warm', socketMs: 0, answerMs: 0 });
    clock.close();
  });

  it('says nothing after it was closed', () => {
    const { clock, told } = make('cold', []);
    clock.mark('socketMs');
    clock.mark('answerMs');
    clock.close();
    clock.expect([]);
    clock.mark('dtlsMs');
    expect(told).to.deep.equal([]);
  });
});
