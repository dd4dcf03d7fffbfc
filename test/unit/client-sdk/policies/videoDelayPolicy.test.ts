import { expect } from 'chai';
import {
  nextVideoDelay,
  untouchedVideoDelay,
  type VideoArrival,
  type VideoDelay,
} from '../../../../client-sdk/src/policies/videoDelayPolicy.ts';

const PACKETS = 130;

/** A second in which this share was asked for again. */
const lossy = (lossRatio: number, given: Partial<VideoArrival> = {}): VideoArrival => ({
  packets: PACKETS,
  nacks: (PACKETS * lossRatio) / (1 - lossRatio),
  frozenMs: 0,
  rttMs: 20,
  ...given,
});

function after(seconds: number, arrival: VideoArrival, from: VideoDelay = untouchedVideoDelay): VideoDelay {
  let delay = from;
  for (let second = 0; second < seconds; second++) delay = nextVideoDelay(delay, arrival);
  return delay;
}

describe('the wait of frames for retransmissions', () => {
  for (const [lossRatio, rttMs, targetMs] of [
    [0, 20, null],
    [0.01, 200, null],
    [0.05, 20, 150],
    [0.1, 20, 250],
    [0.2, 20, 350],
    [0.3, 20, 450],
    [0.05, 200, 430],
    [0.2, 200, 830],
    [0.3, 200, 1_000],
    [0.9, 500, 1_000],
  ] as const) {
    it(`is ${targetMs ?? 'the browser’s own'} ms at ${lossRatio * 100} % loss and ${rttMs} ms`, () => {
      expect(after(1, lossy(lossRatio, { rttMs })).targetMs).to.equal(targetMs);
    });
  }

  it('assumes a round trip where it is not known', () => {
    expect(after(1, lossy(0.2, { rttMs: undefined })).targetMs).to.equal(430);
  });

  it('grows where the picture stands still all the same, but not without end', () => {
    expect(after(2, lossy(0.1, { frozenMs: 300 })).targetMs).to.equal(450);
    expect(after(50, lossy(0.1, { frozenMs: 300 })).targetMs).to.equal(650);
  });

  it('does not grow for a picture that stands still without loss', () => {
    expect(after(10, lossy(0, { frozenMs: 500 })).targetMs).to.equal(null);
  });

  it('is kept while it is needed, and taken back slowly after', () => {
    const needed = after(30, lossy(0.2));
    expect(needed.targetMs).to.equal(350);
    expect(after(10, lossy(0), needed).targetMs).to.equal(350);
    expect(after(11, lossy(0), needed).targetMs).to.equal(300);
    expect(after(30, lossy(0), needed)).to.deep.equal(untouchedVideoDelay);
  });

  it('is taken back to nothing from however little', () => {
    expect(after(60, lossy(0), { targetMs: 40, extraMs: 0, goodSeconds: 0 })).to.deep.equal(untouchedVideoDelay);
  });

  it('does not follow each change of the loss', () => {
    let delay = after(1, lossy(0.2));
    for (let second = 0; second < 20; second++) delay = nextVideoDelay(delay, lossy(second % 5 === 0 ? 0.2 : 0.1));
    expect(delay.targetMs).to.equal(350);
  });

  it('judges nothing by a video that is paused', () => {
    const before = after(1, lossy(0.2));
    expect(after(60, { packets: 3, nacks: 0, frozenMs: 0, rttMs: 20 }, before)).to.deep.equal(before);
  });
});
