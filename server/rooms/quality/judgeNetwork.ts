import type { NetworkReport, UplinkReport } from '../../../protocol/networkReport.ts';
import type { QualityReason } from '../../../protocol/participants.ts';

/** Worse is less. */
export const levels = { poor: 0, fair: 1, good: 2 } as const;
export type Level = (typeof levels)[keyof typeof levels];

/** What one report says of a network. */
export interface Verdict {
  level: Level;
  /** Null where the level is good. */
  reason: QualityReason | null;
  /** So bad that nobody should wait for a second report. */
  severe: boolean;
}

export interface NetworkFacts {
  report: NetworkReport;
  /** The shortest round trip of this network so far; undefined while there is none. */
  baseRoundTripTimeMs: number | undefined;
  /** What is shown of it now; null while nothing is. */
  shown: Level | null;
  /** Watched videos that the server sends smaller than asked for: some of them, or one not at all. */
  withheld: 'nothing' | 'layers' | 'video';
}

interface Threshold {
  fair: number;
  poor: number;
}

/**
 * Conversational speech tolerates a loss of 3 % (ITU-T G.1010, table I.1). Peer to peer, VP8 with retransmission gets through
 * 10 % with hardly a frame less, and at 20 % every third is gone (FIELD.md of the project).
 */
const LOSS_RATIO: Threshold = { fair: 0.03, poor: 0.1 };
/** Real-time video collapses near this. */
const SEVERE_LOSS_RATIO = 0.3;
/**
 * One way, of which ITU-T G.114 wants at most 150 ms from mouth to ear and allows 400. Poor is what leaves less than 100 ms of
 * the 400 for the other person's way and everything within the two devices.
 */
const ONE_WAY_MS: Threshold = { fair: 150, poor: 300 };
/** To leave a level a figure must be this much better than what led there: one that lies right at a threshold stays put. */
const EASE = 0.75;
/** Share of the time in which an encoder was held back. */
const LIMITED_RATIO = 0.5;
/** With less than this of what the encodings want, only the smallest picture is left, or few frames a second. */
const POOR_BANDWIDTH_SHARE = 0.25;
const DROPPED_FRAMES: Threshold = { fair: 0.2, poor: 0.5 };
/** A round trip that has grown by this much, and to twice its length, waits in a queue: the link is full. */
const QUEUE_MS = 100;
/** What is felt so clearly that a fair link is a poor one. */
const FELT = { freezeRatio: 0.2, concealedRatio: 0.1 } as const;

/** Which of two causes that weigh the same is told: the first is what the others follow from. */
const precedence: readonly QualityReason[] = ['loss', 'bandwidthUp', 'bandwidthDown', 'delay', 'cpu'];

interface Finding {
  level: Level;
  reason: QualityReason;
}

/** What a report says of the network; null where there is nothing to judge by. */
export function judgeNetwork(facts: NetworkFacts): Verdict | null {
  const { up, down } = facts.report;
  if (!up && !down) return null;
  if (up?.blocked || down?.blocked) return { level: levels.poor, reason: 'loss', severe: true };
  const findings = [...judgeUp(facts), ...judgeDown(facts), ...judgeDelay(facts)];
  const level = Math.min(levels.good, ...findings.map((finding) => finding.level)) as Level;
  const reasons = findings.filter((finding) => finding.level === level).map(({ reason }) => reason);
  return {
    level,
    reason: level === levels.good ? null : (precedence.find((reason) => reasons.includes(reason)) ?? null),
    severe: Math.max(up?.lossRatio ?? 0, down?.lossRatio ?? 0) >= SEVERE_LOSS_RATIO,
  };
}

function judgeUp(facts: NetworkFacts): Finding[] {
  const { up } = facts.report;
  if (!up) return [];
  const { lossRatio = 0, cpuLimitedRatio = 0 } = up;
  return [
    { level: rate(lossRatio, LOSS_RATIO, facts), reason: isQueueing(facts) ? 'bandwidthUp' : 'loss' },
    { level: bandwidthUp(up), reason: 'bandwidthUp' },
    { level: cpuLimitedRatio >= LIMITED_RATIO ? levels.fair : levels.good, reason: 'cpu' },
  ];
}

function bandwidthUp({ bandwidthLimitedRatio = 0, wantedBps = 0, availableBps = Infinity }: UplinkReport): Level {
  // An encoder may also be held back by the bitrate that it was given, which is no fault of the network.
  if (bandwidthLimitedRatio < LIMITED_RATIO || availableBps >= wantedBps) return levels.good;
  return availableBps < wantedBps * POOR_BANDWIDTH_SHARE ? levels.poor : levels.fair;
}

function judgeDown(facts: NetworkFacts): Finding[] {
  const { down } = facts.report;
  if (!down) return [];
  const { lossRatio = 0, freezeRatio = 0, concealedRatio = 0, droppedFrameRatio = 0 } = down;
  const isFelt = freezeRatio >= FELT.freezeRatio || concealedRatio >= FELT.concealedRatio;
  const withheld = { nothing: levels.good, layers: levels.fair, video: levels.poor }[facts.withheld];
  const findings: Finding[] = [
    { level: rate(lossRatio, LOSS_RATIO, facts), reason: isQueueing(facts) ? 'bandwidthDown' : 'loss' },
    { level: withheld, reason: 'bandwidthDown' },
    { level: rate(droppedFrameRatio, DROPPED_FRAMES, facts), reason: 'cpu' },
  ];
  // Alone it says nothing: the publisher's network may be the one to blame.
  return isFelt
    ? findings.map((finding) => (finding.level === levels.fair ? { ...finding, level: levels.poor } : finding))
    : findings;
}

function judgeDelay(facts: NetworkFacts): Finding[] {
  const { up, down } = facts.report;
  const oneWayMs = Math.max((up?.roundTripTimeMs ?? 0) / 2 + (up?.jitterMs ?? 0), (down?.roundTripTimeMs ?? 0) / 2);
  const level = rate(oneWayMs, ONE_WAY_MS, facts);
  if (!isQueueing(facts)) return [{ level, reason: 'delay' }];
  // A delay that comes from a full link goes when there is less on it.
  const limitedUp = up !== null && bandwidthUp(up) < levels.good;
  return [{ level, reason: limitedUp ? 'bandwidthUp' : facts.withheld === 'nothing' ? 'delay' : 'bandwidthDown' }];
}

function isQueueing({ report: { up, down }, baseRoundTripTimeMs: baseMs = Infinity }: NetworkFacts): boolean {
  const nowMs = Math.max(up?.roundTripTimeMs ?? 0, down?.roundTripTimeMs ?? 0);
  return nowMs >= baseMs + QUEUE_MS && nowMs >= 2 * baseMs;
}

function rate(value: number, { fair, poor }: Threshold, { shown }: NetworkFacts): Level {
  if (value >= poor * (shown === levels.poor ? EASE : 1)) return levels.poor;
  return value >= fair * (shown !== null && shown < levels.good ? EASE : 1) ? levels.fair : levels.good;
}
