import { expect } from 'chai';
import { videoWithheld, type WatchedLayers } from '../../../../server/rooms/quality/videoWithheld.ts';

const watched = (change: Partial<WatchedLayers> = {}): WatchedLayers => ({
  kind: 'video',
  type: 'simulcast',
  paused: false,
  producerPaused: false,
  preferredLayers: { spatialLayer: 2 },
  currentLayers: { spatialLayer: 2 },
  score: { producerScores: [10, 10, 10] },
  ...change,
});

describe('what is withheld of the videos that someone watches', () => {
  const small = { currentLayers: { spatialLayer: 0 } };
  const cases: [what: string, consumers: WatchedLayers[], expected: string][] = [
    ['where there is none', [], 'nothing'],
    ['in the size that was asked for', [watched()], 'nothing'],
    ['in a small size that was asked for', [watched({ ...small, preferredLayers: { spatialLayer: 0 } })], 'nothing'],
    ['in a smaller size', [watched(small)], 'layers'],
    [
      'in a smaller size, since its publisher sends no other',
      [watched({ ...small, score: { producerScores: [9, 0, 0] } })],
      'nothing',
    ],
    ['smaller than the publisher still sends', [watched({ ...small, score: { producerScores: [9, 9, 0] } })], 'layers'],
    ['not at all', [watched({ currentLayers: undefined })], 'video'],
    ['not at all beside one that is small', [watched(small), watched({ currentLayers: undefined })], 'video'],
    [
      'not at all, since its publisher sends nothing',
      [watched({ currentLayers: undefined, score: { producerScores: [0, 0, 0] } })],
      'nothing',
    ],
    ['paused by the one who watches', [watched({ currentLayers: undefined, paused: true })], 'nothing'],
    ['muted', [watched({ currentLayers: undefined, producerPaused: true })], 'nothing'],
    [
      'in one size only',
      [watched({ type: 'simple', preferredLayers: undefined, currentLayers: undefined })],
      'nothing',
    ],
    ['as sound', [watched({ kind: 'audio', type: 'simple', currentLayers: undefined })], 'nothing'],
  ];
  for (const [what, consumers, expected] of cases) {
    it(`is ${expected} of a video ${what}`, () => expect(videoWithheld(consumers)).to.equal(expected));
  }
});
