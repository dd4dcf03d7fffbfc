import { idealLink, type LinkSettings } from '../relay/linkSettings.ts';

/** Whose network is weak: the publisher's, or the watcher's. */
export const weakEnds = ['up', 'down'] as const;
export type WeakEnd = (typeof weakEnds)[number];

export interface WeakCondition {
  /** In words, for the report. */
  title: string;
  lossRatio?: number;
  rttMs?: number;
  jitterMs?: number;
  rateBps?: number;
  /** Nothing passes for so long. */
  outageMs?: number;
  /** The end gets another address, and its page is told so, as browsers do, or is not. */
  address?: 'told' | 'untold';
}

/** Of every path: no network in use has none. */
export const BASE_RTT_MS = 20;
/** How long congestion control has in the clean network to find what it carries, and after a condition has set in. */
export const CALM_MS = { warmUpMs: 5_000, settleMs: 5_000 };
/** A router in front of a slow link lets so much wait, but some packets at least. */
const QUEUE_MS = 300;
const MIN_QUEUE_BYTES = 8 * 1_228;
const OUTAGE_MS = 5_000;

const conditions = {
  clean: { title: 'clean' },
  loss5: { title: '5 % loss', lossRatio: 0.05 },
  loss10: { title: '10 % loss', lossRatio: 0.1 },
  loss20: { title: '20 % loss', lossRatio: 0.2 },
  loss30: { title: '30 % loss', lossRatio: 0.3 },
  rtt50: { title: '50 ms round trip', rttMs: 50 },
  rtt200: { title: '200 ms round trip', rttMs: 200 },
  loss30rtt200: { title: '30 % and 200 ms', lossRatio: 0.3, rttMs: 200 },
  // Half of the round trip has to have room for it.
  jitter30: { title: '30 ms jitter', jitterMs: 30, rttMs: 60 },
  rate2000: { title: '2,000 kbps', rateBps: 2_000_000 },
  rate800: { title: '800 kbps', rateBps: 800_000 },
  rate300: { title: '300 kbps', rateBps: 300_000 },
  rate150: { title: '150 kbps', rateBps: 150_000 },
  outage: { title: '5 s outage', outageMs: OUTAGE_MS },
  address: { title: 'new address', address: 'told' },
  addressUntold: { title: 'new address, untold', address: 'untold' },
} as const satisfies Record<string, WeakCondition>;

export type ConditionName = keyof typeof conditions;
export const weakConditions: Readonly<Record<ConditionName, WeakCondition>> = conditions;
export const conditionNames = Object.keys(conditions) as ConditionName[];

/** Something happens and is over, and what is measured is how long media needs to be back. */
export function isEvent({ outageMs, address }: WeakCondition): boolean {
  return outageMs !== undefined || address !== undefined;
}

/**
 * Both directions of the weak end's path, as seen from its page. Delay and jitter are those of the path, in both; loss and rate are in the
 * direction in which media goes, since what is measured is what they do to it and not to its feedback.
 */
export function linksOf(
  { lossRatio = 0, rttMs = BASE_RTT_MS, jitterMs = 0, rateBps }: WeakCondition,
  end: WeakEnd,
): { up: LinkSettings; down: LinkSettings } {
  const path: LinkSettings = { ...idealLink, delayMs: rttMs / 2, jitterMs };
  const queueBytes = Math.max(MIN_QUEUE_BYTES, ((rateBps ?? 0) * QUEUE_MS) / 8_000);
  const weak: LinkSettings = { ...path, lossRatio, rateBps: rateBps ?? null, queueBytes };
  return end === 'up' ? { up: weak, down: path } : { up: path, down: weak };
}
