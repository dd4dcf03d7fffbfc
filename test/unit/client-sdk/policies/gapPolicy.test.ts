import { expect } from 'chai';
import { nextGap, type VideoGap, type VideoLook } from '../../../../client-sdk/src/policies/gapPolicy.ts';

describe('the policy for gaps in a video', () => {
  const never: VideoGap = { flowedAtMs: 1_000, askedAtMs: null };
  const asked: VideoGap = { flowedAtMs: 2_000, askedAtMs: 2_000 };
  const cases: [what: string, gap: VideoGap, look: VideoLook, expected: VideoGap, ask: boolean][] = [
    ['waits while nothing comes', never, { atMs: 9_000, flows: false, misses: false, decodes: false }, never, false],
    [
      'asks when packets come again without a picture',
      never,
      { atMs: 1_700, flows: true, misses: true, decodes: false },
      { flowedAtMs: 1_700, askedAtMs: 1_700 },
      true,
    ],
    [
      'does not ask where nothing is missing, as of a screen that did not change',
      never,
      { atMs: 1_700, flows: true, misses: false, decodes: false },
      { flowedAtMs: 1_700, askedAtMs: null },
      false,
    ],
    [
      'does not ask when the picture is there at once',
      never,
      { atMs: 1_700, flows: true, misses: true, decodes: true },
      { flowedAtMs: 1_700, askedAtMs: null },
      false,
    ],
    [
      'leaves a picture that stands for a moment to retransmissions',
      never,
      { atMs: 1_400, flows: true, misses: true, decodes: false },
      { flowedAtMs: 1_400, askedAtMs: null },
      false,
    ],
    [
      'does not repeat itself at once',
      asked,
      { atMs: 2_400, flows: true, misses: true, decodes: false },
      { flowedAtMs: 2_400, askedAtMs: 2_000 },
      false,
    ],
    [
      'asks again after a second',
      asked,
      { atMs: 3_000, flows: true, misses: true, decodes: false },
      { flowedAtMs: 3_000, askedAtMs: 3_000 },
      true,
    ],
    [
      'has forgotten it when the picture is back',
      asked,
      { atMs: 2_400, flows: true, misses: true, decodes: true },
      { flowedAtMs: 2_400, askedAtMs: null },
      false,
    ],
  ];
  for (const [what, gap, look, expected, ask] of cases) {
    it(what, () => expect(nextGap(gap, look)).to.deep.equal({ gap: expected, ask }));
  }
});
