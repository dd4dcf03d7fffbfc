import { expect } from 'chai';
import { PlayoutDelays } from '../../../../client-sdk/src/media/PlayoutDelays.ts';
import { statsReport } from '../fakes/statsReport.ts';

describe('PlayoutDelays', () => {
  const receiver = (id: string, target: { jitterBufferTarget?: number | null } = { jitterBufferTarget: null }) =>
    ({ track: { id }, ...target }) as unknown as RTCRtpReceiver;
  /** After so many seconds of 50 packets each, of which a part came late; 480 samples a packet, half a second of buffer in all. */
  const audio = (trackIdentifier: string, seconds: number, late: number, change: object = {}) => ({
    type: 'inbound-rtp',
    kind: 'audio',
    trackIdentifier,
    timestamp: seconds * 1_000,
    packetsReceived: seconds * 50,
    packetsDiscarded: seconds * late,
    totalSamplesReceived: seconds * 48_000,
    concealedSamples: seconds * late * 960,
    silentConcealedSamples: 0,
    jitterBufferDelay: seconds * 48_000 * 0.2,
    jitterBufferEmittedCount: seconds * 48_000,
    ...change,
  });

  it('lets the sound wait whose packets come late, and no other', () => {
    const delays = new PlayoutDelays();
    const [bad, good] = [receiver('bad'), receiver('good')];
    for (const seconds of [0, 1]) {
      delays.take(statsReport([audio('bad', seconds, 5), audio('good', seconds, 0)]), [bad, good]);
    }
    expect([bad.jitterBufferTarget, good.jitterBufferTarget]).to.deep.equal([350, null]);
  });

  it('judges once a second, however often it is told', () => {
    const delays = new PlayoutDelays();
    const bad = receiver('bad');
    for (let tenth = 0; tenth <= 20; tenth++) delays.take(statsReport([audio('bad', tenth / 10, 5)]), [bad]);
    expect(bad.jitterBufferTarget).to.equal(500);
  });

  it('lets the frames wait of a video that loses packets', () => {
    const delays = new PlayoutDelays();
    const bad = receiver('bad');
    for (const seconds of [0, 1]) {
      const counters = { packetsReceived: seconds * 130, nackCount: seconds * 33, totalFreezesDuration: 0 };
      const video = {
        type: 'inbound-rtp',
        kind: 'video',
        trackIdentifier: 'bad',
        timestamp: seconds * 1_000,
        ...counters,
      };
      const path = { type: 'candidate-pair', selected: true, currentRoundTripTime: 0.05 };
      delays.take(statsReport([path, video]), [bad]);
    }
    expect(bad.jitterBufferTarget).to.equal(380);
  });

  it('minds neither silence that was made up nor who is gone', () => {
    const delays = new PlayoutDelays();
    const silent = receiver('silent');
    for (const seconds of [0, 1]) {
      const report = [
        audio('silent', seconds, 5, { silentConcealedSamples: seconds * 5 * 960 }),
        audio('gone', seconds, 5),
      ];
      delays.take(statsReport(report), [silent]);
    }
    expect(silent.jitterBufferTarget).to.equal(null);
  });

  it('leaves a browser alone that can not be told', () => {
    const delays = new PlayoutDelays();
    const old = receiver('old', {});
    for (const seconds of [0, 1]) delays.take(statsReport([audio('old', seconds, 5)]), [old]);
    expect(old).to.not.have.property('jitterBufferTarget');
  });
});
