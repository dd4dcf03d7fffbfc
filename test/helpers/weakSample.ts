import type { WeakPeer } from '../../bench/options.ts';
import { isEvent, weakConditions, type ConditionName, type WeakEnd } from '../../bench/scenarios/weakConditions.ts';
import type { TastingSample } from '../../bench/scenarios/tastingFigures.ts';

interface Wanted {
  peer: WeakPeer;
  condition: ConditionName;
  /** Between two frames. */
  stepMs: number;
  end?: WeakEnd;
  /** When frames begin; from before the window by default. */
  backMs?: number;
}

/** A tasting of 10 s whose frames come evenly, a tenth of its sound made up. */
export function weakSample({ peer, condition, stepMs, end = 'up', backMs }: Wanted): TastingSample {
  const toMs = 10_000;
  const beginMs = backMs ?? -2_000;
  const frameMs = Array.from(
    { length: Math.ceil((toMs + 500 - beginMs) / stepMs) },
    (_, index) => beginMs + index * stepMs,
  );
  const audioMs = Array.from({ length: 120 }, (_, index) => -1_000 + index * 100);
  return {
    ...{ part: 'tasting', peer, end, condition, round: 0, failed: null, fromMs: 0, toMs },
    ...{ frameMs, frameWidths: frameMs.map(() => 640), frameAgesMs: frameMs.map(() => 80) },
    audioMs,
    audioSamples: audioMs.map(() => 4_800),
    audioConcealed: audioMs.map(() => (isEvent(weakConditions[condition]) ? 0 : 480)),
    audioSilent: audioMs.map(() => 0),
    ...{ sentBps: 1, receivedBps: 1, resentShare: 0, audioReceivedBps: 1, keyFrames: 1, framesEncoded: 1 },
    ...{ nacks: 0, plis: 0, framesDropped: 0, availableBps: 1, relayLost: 0, relayOverflowed: 0 },
  };
}
