import { expect } from 'chai';
import { timerFace } from '../../../../web/src/guide/timerFace.ts';

describe('the face of the timer', () => {
  const cases: [elapsedMs: number, text: string, isOver: boolean, share: number][] = [
    [0, '0:25', false, 0],
    [1, '0:25', false, 0.00004],
    [1_000, '0:24', false, 0.04],
    [24_999, '0:01', false, 0.99996],
    [25_000, '+0:00', true, 1],
    [25_999, '+0:00', true, 1],
    [26_000, '+0:01', true, 1],
    [90_000, '+1:05', true, 1],
  ];
  for (const [elapsedMs, text, isOver, share] of cases) {
    it(`shows ${text} after ${elapsedMs} ms of 25 s`, () => {
      const face = timerFace({ elapsedMs, durationMs: 25_000 });
      expect(face).to.include({ text, isOver });
      expect(face.share).to.be.closeTo(share, 1e-9);
    });
  }

  it('shows minutes', () => {
    expect(timerFace({ elapsedMs: 0, durationMs: 600_000 }).text).to.equal('10:00');
  });
});
