import { expect } from 'chai';
import { VideoGaps } from '../../../../client-sdk/src/media/VideoGaps.ts';
import { statsReport } from '../fakes/statsReport.ts';

describe('VideoGaps', () => {
  function watch(trackId: string) {
    const requests: string[] = [];
    return { requests, video: { trackId, beginAnew: () => void requests.push(trackId) } };
  }
  const video = (
    trackIdentifier: string,
    timestamp: number,
    packetsReceived: number,
    framesDecoded: number,
    kind = 'video',
  ) => ({
    type: 'inbound-rtp',
    kind,
    trackIdentifier,
    timestamp,
    packetsReceived,
    framesDecoded,
    nackCount: packetsReceived,
  });

  it('asks for the picture that does not come back with its packets, and for no other', () => {
    const gaps = new VideoGaps();
    const [stuck, fine] = [watch('stuck'), watch('fine')];
    const watched = [stuck.video, fine.video];
    gaps.take(statsReport([video('stuck', 0, 10, 5), video('fine', 0, 10, 5)]), watched);
    gaps.take(statsReport([video('stuck', 400, 10, 5), video('fine', 400, 20, 10)]), watched);
    gaps.take(statsReport([video('stuck', 800, 10, 5), video('fine', 800, 30, 15)]), watched);
    expect(stuck.requests).to.deep.equal([]);
    gaps.take(statsReport([video('stuck', 1_200, 20, 5), video('fine', 1_200, 40, 20)]), watched);
    expect([stuck.requests, fine.requests]).to.deep.equal([['stuck'], []]);
  });

  it('begins a picture anew that stands although its packets come', () => {
    const gaps = new VideoGaps();
    const { video: watched, requests } = watch('narrow');
    for (const atMs of [0, 400]) gaps.take(statsReport([video('narrow', atMs, 10 + atMs, 5)]), [watched]);
    expect(requests).to.deep.equal([]);
    gaps.take(statsReport([video('narrow', 800, 900, 5)]), [watched]);
    expect(requests).to.deep.equal(['narrow']);
  });

  it('takes a video that it did not watch meanwhile for a new one', () => {
    const gaps = new VideoGaps();
    const { video: watched, requests } = watch('tile');
    gaps.take(statsReport([video('tile', 0, 10, 5)]), [watched]);
    gaps.take(statsReport([video('tile', 400, 10, 5)]), []);
    gaps.take(statsReport([video('tile', 5_000, 20, 5)]), [watched]);
    gaps.take(statsReport([video('tile', 5_400, 30, 5)]), [watched]);
    expect(requests).to.deep.equal([]);
  });

  it('does not look at sound', () => {
    const gaps = new VideoGaps();
    const { video: watched, requests } = watch('sound');
    for (const [atMs, packets] of [
      [0, 10],
      [1_000, 20],
    ] as const) {
      gaps.take(statsReport([video('sound', atMs, packets, 0, 'audio')]), [watched]);
    }
    expect(requests).to.deep.equal([]);
  });
});
