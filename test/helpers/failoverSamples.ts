import type { FailoverSample } from '../../bench/scenarios/failoverMetrics.ts';

/** A call whose picture was away for 700 ms, and its sound for 600: by a kill, a drain, and while Redis was away. */
export function failoverSamples(): FailoverSample[] {
  const viewed = {
    ...{ viewer: 'guest' as const, failed: null, untilMs: 2_000 },
    ...{ frameMs: [-30, 0, 700, 1_400, 1_990], frameMadeMs: [-40, -7, 690, 1_390, 1_980] },
    soundMs: [-20, 0, 600, 1_200, 1_800, 1_990],
  };
  const moved = { ...viewed, round: 0, moved: true, toldMs: null, goneMs: null, returnedMs: null, story: '' };
  return [
    { ...moved, part: 'kill', place: 'together' },
    { ...moved, part: 'kill', place: 'apart' },
    { ...moved, part: 'drain', place: 'together' },
    { ...viewed, part: 'away', loss: 'frozen' },
  ];
}
