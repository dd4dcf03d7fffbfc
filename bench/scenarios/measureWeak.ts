import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { callProbe } from '../lib/callProbe.ts';
import { RELAY_ADDRESS } from '../lib/Target.ts';
import type { StreamFigures } from '../probes/streamFigures.ts';
import type { SeenTasting } from '../probes/TastingRecorder.ts';
import type { TastingReports } from '../probes/tastingReports.ts';
import type { RelayStatistics } from '../relay/relayProcess.ts';
import { FREEZE_MS } from './continuity.ts';
import type { WeakCall } from './weakCalls.ts';
import { linksOf, weakConditions, type ConditionName, type WeakEnd } from './weakConditions.ts';
import type { TastingSample } from './tastingFigures.ts';

export interface WeakTimes {
  /** In the clean network, before the condition. */
  warmUpMs: number;
  /** With the condition, before the window. */
  settleMs: number;
  windowMs: number;
}

export type WeakSeen = Omit<TastingSample, 'part' | 'peer' | 'end' | 'condition' | 'round' | 'failed'>;

/** What is seen under one condition. @throws Error where media took another way than the relay */
export async function measureWeak(
  call: WeakCall,
  { end, condition, times }: { end: WeakEnd; condition: ConditionName; times: WeakTimes },
): Promise<WeakSeen> {
  const { publisher, watcher } = call;
  const weakPage = end === 'up' ? publisher : watcher;
  await sleep(times.warmUpMs);
  const { startMs, fromMs } = await begin(call, weakPage, { end, condition, times });
  await sleep(Math.max(0, startMs + fromMs - nowMs()));
  const before = await counters(call);
  const toMs = fromMs + times.windowMs;
  await sleep(Math.max(0, startMs + toMs - nowMs()));
  const after = await counters(call);
  // A frame that is late tells that the picture stood.
  await sleep(FREEZE_MS);
  const seen = await callProbe<TastingReports, 'seenTasting'>(watcher, 'seenTasting', undefined as never);
  const madeMs = await callProbe<TastingReports, 'madeMs'>(publisher, 'madeMs', seen.frameIds);
  await assertRelayed(weakPage);
  return {
    fromMs,
    toMs,
    ...seenSince(seen, madeMs, startMs),
    ...difference(before, after, end),
  };
}

/** Lets the condition set in. @returns when that was, or when it was over, and where the window begins after it */
async function begin(
  { relay }: WeakCall,
  weakPage: Page,
  { end, condition, times }: { end: WeakEnd; condition: ConditionName; times: WeakTimes },
): Promise<{ startMs: number; fromMs: number }> {
  const { outageMs, address } = weakConditions[condition];
  if (outageMs !== undefined) return { startMs: await relay.cut(outageMs), fromMs: 0 };
  if (address !== undefined) {
    const startMs = await relay.changeAddresses();
    if (address === 'told') {
      await callProbe<TastingReports, 'tellNetworkChange'>(weakPage, 'tellNetworkChange', undefined as never);
    }
    return { startMs, fromMs: 0 };
  }
  await relay.set(linksOf(weakConditions[condition], end));
  return { startMs: nowMs(), fromMs: times.settleMs };
}

/** Else the condition is none. */
async function assertRelayed(weakPage: Page): Promise<void> {
  const paths = await callProbe<TastingReports, 'paths'>(weakPage, 'paths', undefined as never);
  const other = paths.find((address) => address !== RELAY_ADDRESS);
  if (other !== undefined) throw new Error(`Media went by ${other}, past the relay.`);
}

interface Counted {
  publisher: StreamFigures;
  watcher: StreamFigures;
  relay: RelayStatistics;
}

async function counters({ publisher, watcher, relay }: WeakCall): Promise<Counted> {
  const figures = (page: Page) => callProbe<TastingReports, 'figures'>(page, 'figures', undefined as never);
  const [own, other, statistics] = await Promise.all([figures(publisher), figures(watcher), relay.statistics()]);
  return { publisher: own, watcher: other, relay: statistics };
}

function difference(before: Counted, after: Counted, end: WeakEnd) {
  const since = (page: 'publisher' | 'watcher', name: keyof StreamFigures) => after[page][name] - before[page][name];
  const perSecond = (page: 'publisher' | 'watcher', name: keyof StreamFigures) =>
    Math.round((since(page, name) * 8_000) / since(page, 'atMs'));
  const lost = (name: 'lost' | 'overflowed') => after.relay[end][name] - before.relay[end][name];
  const sentBps = perSecond('publisher', 'videoBytesSent');
  return {
    sentBps,
    receivedBps: perSecond('watcher', 'videoBytesReceived'),
    resentShare: sentBps > 0 ? perSecond('publisher', 'videoBytesResent') / sentBps : 0,
    audioReceivedBps: perSecond('watcher', 'audioBytesReceived'),
    keyFrames: since('publisher', 'keyFramesEncoded'),
    framesEncoded: since('publisher', 'framesEncoded'),
    nacks: since('watcher', 'nacksSent'),
    plis: since('watcher', 'plisSent'),
    framesDropped: since('watcher', 'framesDropped'),
    availableBps: after.publisher.availableBps,
    relayLost: lost('lost'),
    relayOverflowed: lost('overflowed'),
  };
}

function seenSince(seen: SeenTasting, madeMs: readonly (number | null)[], startMs: number) {
  const since = (values: readonly number[]) => values.map((value) => tenth(value - startMs));
  return {
    frameMs: since(seen.frameMs),
    frameWidths: [...seen.frameWidths],
    frameAgesMs: seen.frameMs.map((atMs, index) => {
      const made = madeMs[index] ?? null;
      return made === null ? -1 : tenth(atMs - made);
    }),
    audioMs: since(seen.audioMs),
    audioSamples: [...seen.audioSamples],
    audioConcealed: [...seen.audioConcealed],
    audioSilent: [...seen.audioSilent],
  };
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
