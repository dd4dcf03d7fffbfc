import { Browser } from '../lib/Browser.ts';
import { findLiveKit } from '../lib/LiveKitServer.ts';
import { weakParts, weakPeers, type BenchOptions, type Size, type WeakPart, type WeakPeer } from '../options.ts';
import { measureWeak, type WeakSeen, type WeakTimes } from './measureWeak.ts';
import { FRAME_RATE } from './pages.ts';
import type { Scenario } from './Scenario.ts';
import { describeTasting, type TastingSample } from './tastingFigures.ts';
import type { WeakContender } from './weakCalls.ts';
import { BASE_RTT_MS, CALM_MS, conditionNames, isEvent, weakConditions, weakEnds } from './weakConditions.ts';
import type { ConditionName, WeakEnd } from './weakConditions.ts';
import { openWeakContenders } from './weakContenders.ts';
import { weakMetrics, type WeakSample } from './weakMetrics.ts';
import { measureResumes } from './weakResume.ts';

/** The close-up of a tasting. */
const SOURCE: Size = { width: 1_280, height: 720 };
const WINDOW_MS = 10_000;
/** Media that is not back by then counts as back then. */
const EVENT_WINDOW_MS = 15_000;
const RESUMES = 25;
const SMOKE = {
  ms: 1_000,
  eventWindowMs: 5_000,
  conditions: ['loss20', 'address'] satisfies ConditionName[],
  resumes: 1,
};
/** Else Chromium names local addresses by mDNS, and the bench could not tell a peer where the other one is. */
const FLAGS = ['--disable-features=WebRtcHideLocalIpsWithMdns'];

interface WeakParams extends WeakTimes {
  parts: WeakPart[];
  peers: WeakPeer[];
  ends: WeakEnd[];
  conditions: ConditionName[];
  rounds: number;
  eventWindowMs: number;
  resumes: number;
  source: Size;
}

function paramsOf(options: BenchOptions): WeakParams {
  const { parts, ends, conditions, weakPeers: peers, rounds, count, durationMs, smoke, livekit } = options;
  const shortMs = smoke ? SMOKE.ms : undefined;
  const isThere = (peer: WeakPeer) => peer !== 'livekit' || (!smoke && !livekit && findLiveKit() !== undefined);
  return {
    parts: weakParts.filter((part) => parts?.includes(part) ?? true),
    peers: peers ?? weakPeers.filter(isThere),
    ends: ends ?? [...weakEnds],
    conditions: conditions ?? (smoke ? SMOKE.conditions : conditionNames),
    rounds: rounds ?? 1,
    warmUpMs: shortMs ?? CALM_MS.warmUpMs,
    settleMs: shortMs ?? CALM_MS.settleMs,
    windowMs: durationMs ?? shortMs ?? WINDOW_MS,
    eventWindowMs: smoke ? SMOKE.eventWindowMs : EVENT_WINDOW_MS,
    resumes: count ?? (smoke ? SMOKE.resumes : RESUMES),
    source: SOURCE,
  };
}

/** A tasting while the network of one end is weak, by each contender in turns. */
export const weak: Scenario = async (context) => {
  const { options, scratch, progress, signal } = context;
  const params = paramsOf(options);
  const { parts, peers, ends, conditions, rounds, source, resumes } = params;
  const longestCallMs = Math.max(params.windowMs, params.eventWindowMs);
  const browser = scratch.use(await Browser.launch(scratch.dir, { longestCallMs, flags: FLAGS }));
  const contenders = await openWeakContenders(context, { peers, source, browser });
  const chaxi = parts.includes('resume') ? contenders.find(({ peer }) => peer === 'chaxi') : undefined;
  const plan = parts.includes('tasting') ? planOf({ rounds, ends, conditions, contenders }) : [];
  const samples: WeakSample[] = [];
  context.record({
    params: { ...params, baseRttMs: BASE_RTT_MS, frameRate: FRAME_RATE, codec: 'vp8' },
    versions: Object.assign({ chromium: await browser.version() }, ...contenders.map(({ versions }) => versions)),
    samples,
    metrics: () => weakMetrics(samples),
  });
  progress.begin(plan.length + (chaxi ? resumes : 0));
  for (const { contender, ...own } of plan) {
    if (signal.aborted) return;
    const windowMs = isEvent(weakConditions[own.condition]) ? params.eventWindowMs : params.windowMs;
    const seen = await measureOnce(contender, { ...own, times: { ...params, windowMs } });
    const sample: TastingSample = { part: 'tasting', peer: contender.peer, ...own, ...seen };
    samples.push(sample);
    progress.say(describeTasting(sample));
    progress.step('');
  }
  if (!chaxi) return;
  await measureResumes(chaxi, {
    ...{ count: resumes, source, signal },
    measured: (sample) => {
      samples.push(sample);
      progress.step(`a larger picture after ${Math.round(sample.afterMs ?? Infinity)} ms`);
    },
  });
};

interface Planned extends Pick<TastingSample, 'end' | 'condition' | 'round'> {
  contender: WeakContender;
}

/** Contenders take turns under each condition, so that a machine that gets busy is so for all. */
function planOf(options: {
  rounds: number;
  ends: readonly WeakEnd[];
  conditions: readonly ConditionName[];
  contenders: readonly WeakContender[];
}): Planned[] {
  const { rounds, ends, conditions, contenders } = options;
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
    ends.flatMap((end) =>
      conditions.flatMap((condition) => contenders.map((contender) => ({ contender, end, condition, round }))),
    ),
  );
}

type Measured = WeakSeen & Pick<TastingSample, 'failed'>;

async function measureOnce(
  contender: WeakContender,
  { round, ...request }: { end: WeakEnd; condition: ConditionName; round: number; times: WeakTimes },
): Promise<Measured> {
  try {
    const call = await contender.open(request.end, `${request.end}-${request.condition}-${round}`);
    try {
      return { failed: null, ...(await measureWeak(call, request)) };
    } finally {
      await call.close();
    }
  } catch (error) {
    return { ...NOTHING_SEEN, failed: error instanceof Error ? error.message : String(error) };
  }
}

const NOTHING_SEEN: WeakSeen = {
  ...{ fromMs: 0, toMs: 0, frameMs: [], frameWidths: [], frameAgesMs: [] },
  ...{ audioMs: [], audioSamples: [], audioConcealed: [], audioSilent: [] },
  ...{ sentBps: 0, receivedBps: 0, resentShare: 0, audioReceivedBps: 0, keyFrames: 0, framesEncoded: 0 },
  ...{ nacks: 0, plis: 0, framesDropped: 0, availableBps: 0, relayLost: 0, relayOverflowed: 0 },
};
