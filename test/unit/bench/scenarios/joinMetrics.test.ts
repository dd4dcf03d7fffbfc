import { expect } from 'chai';
import { joinMetrics, type JoinSample } from '../../../../bench/scenarios/joinMetrics.ts';
import { JOIN_TIMEOUT_MS } from '../../../../bench/scenarios/joinTime.ts';

function sample(overrides: Partial<JoinSample>): JoinSample {
  return {
    part: 'start',
    start: 'cold',
    rttMs: 0,
    people: 1,
    failed: null,
    firstFrameWidth: 640,
    fullSizeMs: null,
    allVideosMs: null,
    socketMs: 10,
    answerMs: 20,
    iceMs: 40,
    dtlsMs: 50,
    firstPacketMs: 70,
    firstFrameMs: 150,
    displayedMs: 160,
    ...overrides,
  };
}

describe('joinMetrics', () => {
  it('tells each stage of each kind', () => {
    const metrics = joinMetrics([
      sample({}),
      sample({ firstFrameMs: 170 }),
      sample({ start: 'hot', firstFrameMs: 40 }),
    ]);
    expect(metrics['cold.rtt0.firstFrame']).to.deep.include({ unit: 'ms', n: 2, min: 150, p50: 160, max: 170 });
    expect(metrics['cold.rtt0.dtls']?.p50).to.equal(50);
    expect(metrics['hot.rtt0.firstFrame']?.p50).to.equal(40);
  });

  it('finds the number of round trips', () => {
    const joins = [0, 50, 100, 200].map((rttMs) => sample({ rttMs, firstFrameMs: 150 + 6 * rttMs }));
    const metrics = joinMetrics(joins);
    expect(metrics['cold.slope']?.p50).to.be.closeTo(6, 1e-6);
    expect(metrics['cold.intercept']?.p50).to.be.closeTo(150, 1e-6);
    expect(metrics['cold.r2']?.p50).to.be.closeTo(1, 1e-6);
    expect(metrics['cold.slope']?.n).to.equal(4);
  });

  it('has no number of round trips from one round trip time', () => {
    expect(joinMetrics([sample({}), sample({})])).to.not.have.property('cold.slope');
  });

  it('counts a join that failed as its time-out, and as a failure', () => {
    const metrics = joinMetrics([sample({}), sample({ failed: 'no frame', firstFrameMs: null })]);
    expect(metrics['cold.rtt0.firstFrame']?.max).to.equal(JOIN_TIMEOUT_MS);
    expect(metrics.failures).to.deep.include({ n: 2, max: 1 });
  });

  it('compares rooms by their people', () => {
    const metrics = joinMetrics([
      sample({ part: 'people', people: 1, firstFrameMs: 100 }),
      sample({ part: 'people', people: 50, firstFrameMs: 120 }),
    ]);
    expect(metrics['people50.ratioP50']?.p50).to.equal(1.2);
    expect(metrics['people50.ratioP95']?.p50).to.equal(1.2);
    expect(metrics).to.not.have.property('people1.ratioP50');
  });

  it("tells when everyone's picture was there, which takes the time-out where one never came", () => {
    const metrics = joinMetrics([
      sample({ part: 'people', people: 50, allVideosMs: 900 }),
      sample({ part: 'people', people: 50 }),
      sample({}),
    ]);
    expect(metrics['people50.allVideos']).to.deep.include({ n: 2, min: 900, max: JOIN_TIMEOUT_MS });
    expect(metrics).to.not.have.property('cold.rtt0.allVideos');
  });

  it('tells how large the first frame of any join was', () => {
    const metrics = joinMetrics([
      sample({ firstFrameWidth: 480 }),
      sample({ part: 'people', firstFrameWidth: 640 }),
      sample({ part: 'picture', firstFrameWidth: 1_280 }),
      sample({ failed: 'no frame', firstFrameWidth: null, firstFrameMs: null }),
    ]);
    expect(metrics.firstWidth).to.deep.include({ n: 3, min: 480, max: 1_280 });
  });

  it('tells when the picture was whole', () => {
    const metrics = joinMetrics([
      sample({ part: 'picture', fullSizeMs: 900 }),
      sample({ part: 'picture', fullSizeMs: null }),
    ]);
    expect(metrics['picture.fullSize']).to.deep.include({ min: 900, max: JOIN_TIMEOUT_MS });
  });

  it('says nothing of no joins', () => {
    expect(joinMetrics([])).to.deep.equal({});
  });
});
