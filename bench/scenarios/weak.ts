import { availableParallelism } from 'node:os';
import { Browser } from '../lib/Browser.ts';
import { findLiveKit } from '../lib/LiveKitServer.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { openTarget } from '../lib/Target.ts';
import { weakPeers, type BenchOptions, type Size, type WeakPeer } from '../options.ts';
import { chaxiContender, openLiveKit } from './contenders.ts';
import { directContender } from './directContender.ts';
import { FRAME_RATE } from './pages.ts';
import type { Scenario, ScenarioContext } from './Scenario.ts';
import { servedContender, type WeakContender } from './weakCalls.ts';
import { BASE_RTT_MS, conditionNames, isEvent, weakConditions, weakEnds } from './weakConditions.ts';
import type { ConditionName, WeakEnd } from './weakConditions.ts';
import { figuresOf, weakMetrics, type WeakSample } from './weakMetrics.ts';
import { measureWeak, type WeakSeen, type WeakTimes } from './weakSample.ts';

/** The close-up of a tasting. */
const SOURCE: Size = { width: 1_280, height: 720 };
/** Congestion control takes so long to know the clean network. */
const WARM_UP_MS = 5_000;
const SETTLE_MS = 5_000;
const WINDOW_MS = 10_000;
const SMOKE_MS = 1_000;
/** Media that is not back by then counts as back then. */
const EVENT_WINDOW_MS = 15_000;
const SMOKE_EVENT_WINDOW_MS = 5_000;

interface WeakParams extends Omit<WeakTimes, 'windowMs'> {
  peers: WeakPeer[];
  ends: WeakEnd[];
  conditions: ConditionName[];
  rounds: number;
  windowMs: number;
  eventWindowMs: number;
  source: Size;
}

function paramsOf(options: BenchOptions): WeakParams {
  const { ends, conditions, weakPeers: peers, rounds, durationMs, smoke, livekit } = options;
  const times = smoke ? SMOKE_MS : undefined;
  const isThere = (peer: WeakPeer) => peer !== 'livekit' || findLiveKit() !== undefined || livekit !== null;
  return {
    peers: peers ?? (smoke ? ['chaxi', 'p2p'] : weakPeers.filter(isThere)),
    ends: ends ?? [...weakEnds],
    conditions: conditions ?? (smoke ? ['loss20', 'address'] : conditionNames),
    rounds: rounds ?? 1,
    warmUpMs: times ?? WARM_UP_MS,
    settleMs: times ?? SETTLE_MS,
    windowMs: durationMs ?? times ?? WINDOW_MS,
    eventWindowMs: smoke ? SMOKE_EVENT_WINDOW_MS : EVENT_WINDOW_MS,
    source: SOURCE,
  };
}

/** A tasting while the network of one end is weak, by each contender in turns. */
export const weak: Scenario = async (context) => {
  const { options, scratch, progress, signal } = context;
  const params = paramsOf(options);
  const { ends, conditions, rounds, warmUpMs, settleMs, windowMs, eventWindowMs } = params;
  const browser = scratch.use(
    await Browser.launch(scratch.dir, {
      longestCallMs: eventWindowMs,
      flags: ['--disable-features=WebRtcHideLocalIpsWithMdns'],
    }),
  );
  const contenders = await openContenders(context, params, browser);
  const samples: WeakSample[] = [];
  context.record({
    params: { ...params, baseRttMs: BASE_RTT_MS, frameRate: FRAME_RATE, codec: 'vp8' },
    versions: Object.assign({ chromium: await browser.version() }, ...contenders.map(({ versions }) => versions)),
    samples,
    metrics: () => weakMetrics(samples),
  });
  progress.begin(rounds * ends.length * conditions.length * contenders.length);
  for (let round = 0; round < rounds; round++) {
    for (const end of ends) {
      for (const condition of conditions) {
        for (const contender of contenders) {
          if (signal.aborted) return;
          const window = isEvent(weakConditions[condition]) ? eventWindowMs : windowMs;
          const times = { warmUpMs, settleMs, windowMs: window };
          const seen = await measureOnce(contender, { end, condition, times, room: `${end}-${condition}-${round}` });
          const sample: WeakSample = { peer: contender.peer, end, condition, round, ...seen };
          samples.push(sample);
          progress.say(describe(sample));
          progress.step('');
        }
      }
    }
  }
};

type Measured = WeakSeen & Pick<WeakSample, 'failed'>;

async function measureOnce(
  contender: WeakContender,
  { room, ...request }: { end: WeakEnd; condition: ConditionName; times: WeakTimes; room: string },
): Promise<Measured> {
  try {
    const call = await contender.open(request.end, room);
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

async function openContenders(
  { options, scratch }: ScenarioContext,
  { peers, source }: WeakParams,
  browser: Browser,
): Promise<WeakContender[]> {
  const { remote, seed } = options;
  if (remote) throw new Error('weak needs a server of its own behind its relay: it can not measure --target.');
  const pageNames = { chaxi: 'tasting', p2p: 'direct', livekit: 'livekitTasting' } as const;
  const pages = scratch.use(await ProbeServer.start(peers.map((peer) => pageNames[peer])));
  const contenders: WeakContender[] = [];
  for (const peer of peers) {
    const pageUrl = pages.urlOf(pageNames[peer]);
    if (peer === 'p2p') {
      contenders.push(directContender({ browser, pageUrl, source, seed }));
    } else {
      const served =
        peer === 'livekit'
          ? await openLiveKit({ scratch, options })
          : chaxiContender(
              await openTarget({ scratch, remote, relayed: true, tls: true, workers: availableParallelism(), seed }),
            );
      contenders.push(servedContender({ peer, contender: served, browser, pageUrl, source }));
    }
  }
  return contenders;
}

/** A line for whoever watches the run. */
function describe(sample: WeakSample): string {
  const name = `${sample.end} ${sample.condition} ${sample.peer}:`;
  if (sample.failed !== null) return `${name} failed: ${sample.failed}`;
  const { fps, frozen, width, ageP95Ms, concealed, videoBackMs, audioBackMs } = figuresOf(sample);
  const back =
    videoBackMs === null ? '' : `, back after ${Math.round(videoBackMs)} / ${Math.round(audioBackMs ?? 0)} ms`;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return (
    `${name} ${fps.toFixed(1)} fps, ${percent(frozen)} frozen, ${width ?? '–'} wide, ` +
    `p95 ${Math.round(ageP95Ms ?? 0)} ms, audio ${percent(concealed)} concealed${back}`
  );
}
