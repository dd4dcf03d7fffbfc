import { expect } from 'chai';
import { firstLook, nextGap, type VideoGap, type VideoLook } from '../../../../client-sdk/src/policies/gapPolicy.ts';

describe('the policy for gaps in a video', () => {
  const never: VideoGap = { decodedAtMs: 1_000, asked: null };
  const once = { times: 1, lastAtMs: 2_000 };
  const asked: VideoGap = { decodedAtMs: 1_000, asked: once };
  const cases: [what: string, gap: VideoGap, look: VideoLook, expected: VideoGap, ask: boolean][] = [
    ['waits while nothing comes', never, { atMs: 9_000, flows: false, misses: false, decodes: false }, never, false],
    [
      'asks when packets come again without a picture',
      never,
      { atMs: 1_700, flows: true, misses: true, decodes: false },
      { decodedAtMs: 1_000, asked: { times: 1, lastAtMs: 1_700 } },
      true,
    ],
    [
      'does not ask where nothing is missing, as of a screen that did not change',
      never,
      { atMs: 1_700, flows: true, misses: false, decodes: false },
      { decodedAtMs: 1_000, asked: null },
      false,
    ],
    [
      'does not ask when the picture is there at once',
      never,
      { atMs: 1_700, flows: true, misses: true, decodes: true },
      { decodedAtMs: 1_700, asked: null },
      false,
    ],
    [
      'leaves a picture that stands for a moment to retransmissions',
      never,
      { atMs: 1_400, flows: true, misses: true, decodes: false },
      { decodedAtMs: 1_000, asked: null },
      false,
    ],
    [
      'waits longer where each retransmission takes long',
      never,
      { atMs: 2_400, flows: true, misses: true, decodes: false, rttMs: 200 },
      { decodedAtMs: 1_000, asked: null },
      false,
    ],
    [
      'does not repeat itself at once',
      asked,
      { atMs: 2_400, flows: true, misses: true, decodes: false },
      { decodedAtMs: 1_000, asked: once },
      false,
    ],
    [
      'asks again after a second and a half',
      asked,
      { atMs: 3_500, flows: true, misses: true, decodes: false },
      { decodedAtMs: 1_000, asked: { times: 2, lastAtMs: 3_500 } },
      true,
    ],
    [
      'does not begin anew with another gap before the picture was back',
      asked,
      { atMs: 3_400, flows: true, misses: true, decodes: false },
      { decodedAtMs: 1_000, asked: once },
      false,
    ],
    [
      'has forgotten it when the picture is back',
      asked,
      { atMs: 2_400, flows: true, misses: true, decodes: true },
      { decodedAtMs: 2_400, asked: null },
      false,
    ],
  ];
  for (const [what, gap, look, expected, ask] of cases) {
    it(what, () => expect(nextGap(gap, look)).to.deep.equal({ gap: expected, ask }));
  }

  it('asks ever more seldom for a picture that does not come, and at last no more', () => {
    let gap = firstLook(0);
    const askedAt: number[] = [];
    for (let atMs = 1_000; atMs < 300_000; atMs += 500) {
      const next = nextGap(gap, { atMs, flows: true, misses: true, decodes: false });
      gap = next.gap;
      if (next.ask) askedAt.push(atMs);
    }
    expect(askedAt).to.deep.equal([1_000, 2_500, 5_500, 11_500, 23_500, 47_500]);
  });
});
