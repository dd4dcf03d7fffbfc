import type { ConnectionQuality, QualityReason } from '../../../protocol/participants.ts';
import { levels, type Level, type Verdict } from './judgeNetwork.ts';

/** What is shown of a network, and the reports that may change it. */
export interface SmoothedQuality {
  /** Null before there was anything to judge by. */
  level: Level | null;
  reason: QualityReason | null;
  /** Since the last one that did not say so. */
  worse: readonly Verdict[];
  better: readonly Verdict[];
  /** Of the same level, with another reason. */
  otherReason: readonly Verdict[];
}

export const unknownQuality: SmoothedQuality = Object.freeze({
  level: null,
  reason: null,
  worse: [],
  better: [],
  otherReason: [],
});

/** One bad report may be a gust; this many in a row are the weather. At an interval of 2 s it is 4 s. */
const WORSE_AFTER = 2;
/**
 * Slower than it got worse, so that a network at the edge stays on the worse side of it. The first of them still has some of the
 * bad time in it, and does not count for how much better it is.
 */
const BETTER_AFTER = 4;
const OTHER_REASON_AFTER = 3;

const names: readonly ConnectionQuality[] = ['poor', 'fair', 'good'];

export function qualityName({ level }: SmoothedQuality): ConnectionQuality {
  return level === null ? 'unknown' : (names[level] ?? 'unknown');
}

/** One more verdict. What is shown changes when several in a row agree, for the worse sooner than for the better. */
export function smoothQuality(before: SmoothedQuality, verdict: Verdict): SmoothedQuality {
  const { level, reason } = before;
  const shown = { level, reason, worse: [], better: [], otherReason: [] };
  if (verdict.severe && (level === null || verdict.level < level)) return show(verdict);
  // What begins is taken for good until two reports say otherwise.
  if (verdict.level < (level ?? levels.good)) {
    const worse = [...before.worse, verdict];
    return worse.length < WORSE_AFTER ? { ...shown, worse } : show(best(worse));
  }
  if (level === null) return show(verdict);
  if (verdict.level > level) {
    const better = [...before.better, verdict];
    return better.length < BETTER_AFTER ? { ...shown, better } : show(worst(better.slice(1)));
  }
  if (verdict.reason === reason) return shown;
  const otherReason = [...before.otherReason, verdict].slice(-OTHER_REASON_AFTER);
  const agreed = otherReason.length === OTHER_REASON_AFTER && otherReason.every((one) => one.reason === verdict.reason);
  return agreed ? show(verdict) : { ...shown, otherReason };
}

function show({ level, reason }: Verdict): SmoothedQuality {
  return { ...unknownQuality, level, reason };
}

/** The latest of the best: what they agree on at least. */
function best(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((kept, verdict) => (verdict.level >= kept.level ? verdict : kept));
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((kept, verdict) => (verdict.level <= kept.level ? verdict : kept));
}
