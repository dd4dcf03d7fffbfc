import { expect } from 'chai';
import {
  audioBackMs,
  audioShares,
  framesPerSecond,
  frozenShare,
  videoBackMs,
  type Heard,
} from '../../../../bench/scenarios/continuity.ts';

/** Frames at even distances. */
const every = (stepMs: number, fromMs: number, toMs: number) =>
  Array.from({ length: Math.floor((toMs - fromMs) / stepMs) + 1 }, (_, index) => fromMs + index * stepMs);

describe('framesPerSecond', () => {
  it('counts the frames of the window alone', () => {
    expect(framesPerSecond(every(100, -1_000, 3_000), 0, 2_000)).to.equal(10);
    expect(framesPerSecond([], 0, 2_000)).to.equal(0);
  });
});

describe('frozenShare', () => {
  it('is nothing where frames follow each other within 200 ms', () => {
    expect(frozenShare(every(200, -200, 10_200), 0, 10_000)).to.equal(0);
  });

  it('counts the whole length of a longer gap', () => {
    const frames = [...every(100, -100, 4_000), ...every(100, 4_500, 10_100)];
    expect(frozenShare(frames, 0, 10_000)).to.be.closeTo(0.05, 1e-9);
  });

  it('counts of a gap that reaches over an end the part inside', () => {
    const frames = [-900, ...every(100, 100, 9_900), 10_300];
    expect(frozenShare(frames, 0, 10_000)).to.be.closeTo((100 + 100) / 10_000, 1e-9);
  });

  it('takes a short gap at an end for none', () => {
    expect(frozenShare([-50, ...every(100, 100, 9_900), 10_050], 0, 10_000)).to.equal(0);
  });

  it('is all of it where no frame comes', () => {
    expect(frozenShare([], 0, 10_000)).to.equal(1);
    expect(frozenShare([-5_000], 0, 10_000)).to.equal(1);
  });
});

describe('videoBackMs', () => {
  it('is the first frame after which the picture goes on for a second', () => {
    const frames = [-5_000, 300, ...every(100, 900, 15_000)];
    expect(videoBackMs(frames, 0, 15_000)).to.equal(900);
  });

  it('does not take a frame that slipped through, nor a second that is cut off', () => {
    expect(videoBackMs([100, 200, 300, ...every(100, 14_500, 15_100)], 0, 15_000)).to.equal(15_000);
  });

  it('does not look at what comes after that second', () => {
    expect(videoBackMs([...every(100, 0, 1_300), 9_000], 0, 15_000)).to.equal(0);
  });
});

/** A reading every 100 ms, with a share of each concealed. */
const heard = (concealedOf: (atMs: number) => number, silent = 0): Heard => {
  const atMs = every(100, -1_000, 15_000);
  return {
    atMs,
    samples: atMs.map(() => 4_800),
    concealed: atMs.map((at) => 4_800 * concealedOf(at)),
    silent: atMs.map((at) => 4_800 * concealedOf(at) * silent),
  };
};

describe('audioShares', () => {
  it('are those of what was played in the window', () => {
    const shares = audioShares(
      heard((atMs) => (atMs > 0 && atMs <= 5_000 ? 0.2 : 1), 0.5),
      0,
      5_000,
    );
    expect(shares.concealed).to.be.closeTo(0.2, 1e-9);
    expect(shares.silent).to.be.closeTo(0.1, 1e-9);
  });

  it('are all where nothing was played', () => {
    expect(audioShares({ atMs: [], samples: [], concealed: [], silent: [] }, 0, 1_000)).to.deep.equal({
      concealed: 1,
      silent: 1,
    });
  });
});

describe('audioBackMs', () => {
  it('is the first reading after which hardly anything is made up for a second', () => {
    expect(
      audioBackMs(
        heard((atMs) => (atMs <= 700 ? 1 : 0.05)),
        0,
        15_000,
      ),
    ).to.equal(700);
  });

  it('is the whole window where it stays as it was, or nothing is played', () => {
    expect(
      audioBackMs(
        heard(() => 0.5),
        0,
        15_000,
      ),
    ).to.equal(15_000);
    expect(audioBackMs({ atMs: [], samples: [], concealed: [], silent: [] }, 0, 15_000)).to.equal(15_000);
    const stopped = heard(() => 0);
    expect(audioBackMs({ ...stopped, samples: stopped.samples.map(() => 0) }, 0, 15_000)).to.equal(15_000);
  });
});
