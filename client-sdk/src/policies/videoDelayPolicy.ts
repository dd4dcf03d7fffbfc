/** What became of one video within about a second. */
export interface VideoArrival {
  packets: number;
  /** Times that packets were asked for again, on whichever part of the way they were lost. */
  nacks: number;
  /** Time in which the picture stood still. */
  frozenMs: number;
  /** Of the path to the server; undefined while it is not known. */
  rttMs: number | undefined;
}

export interface VideoDelay {
  /** Frames wait at least so long; null leaves it to the browser. */
  targetMs: number | null;
  /** More than the loss alone asks for, because the picture stood still all the same. */
  extraMs: number;
  /** Seconds in a row in which less would have been enough. */
  goodSeconds: number;
}

export const untouchedVideoDelay: VideoDelay = { targetMs: null, extraMs: 0, goodSeconds: 0 };

/** With fewer a ratio says nothing. */
const MIN_PACKETS = 20;
const MIN_LOSS = 0.02;
/** Chance that a packet is still missing when its frame is due: with some 130 packets a second a gap each ten seconds. */
const ALLOWED_MISSING = 0.0008;
/** A receiver that sends nothing does not know the round trip, and Chromium then asks again each 100 ms. */
const ASK_AGAIN_MS = 100;
/** NACKs are gathered for 20 ms, and a frame is decoded and drawn. */
const OVERHEAD_MS = 30;
/** Where the browser does not tell it. */
const ASSUMED_RTT_MS = 100;
const EXTRA_STEP_MS = 100;
const MAX_EXTRA_MS = 400;
const MAX_TARGET_MS = 1_000;
const STEP_DOWN_MS = 50;
const GOOD_SECONDS_BEFORE_STEP = 10;

/**
 * How long frames shall wait for packets that are sent again. Chromium by itself waits some 120 ms at 20 % loss
 * without delay, and the picture stood still for 12 % of the time; with this, for none of it. So the wait is as long as the retransmissions take after
 * which next to nothing is missing, is lengthened where that is not enough, and is taken back slowly. Without loss nothing waits.
 */
export function nextVideoDelay(delay: VideoDelay, arrival: VideoArrival): VideoDelay {
  const { packets, nacks, frozenMs, rttMs = ASSUMED_RTT_MS } = arrival;
  if (packets < MIN_PACKETS) return delay;
  const lossRatio = nacks / (nacks + packets);
  const lossy = lossRatio >= MIN_LOSS;
  const extraMs = lossy && frozenMs > 0 ? Math.min(delay.extraMs + EXTRA_STEP_MS, MAX_EXTRA_MS) : delay.extraMs;
  const wantedMs = lossy ? Math.min(retransmissionMs(lossRatio, rttMs) + extraMs, MAX_TARGET_MS) : 0;
  if (wantedMs === 0 && delay.targetMs === null) return untouchedVideoDelay;
  const presentMs = delay.targetMs ?? 0;
  if (wantedMs > presentMs) return { targetMs: wantedMs, extraMs, goodSeconds: 0 };
  if (wantedMs > 0 && wantedMs > presentMs - STEP_DOWN_MS) return { ...delay, extraMs, goodSeconds: 0 };
  const goodSeconds = delay.goodSeconds + 1;
  if (goodSeconds <= GOOD_SECONDS_BEFORE_STEP) return { ...delay, extraMs, goodSeconds };
  const targetMs = presentMs - STEP_DOWN_MS;
  if (targetMs <= OVERHEAD_MS) return untouchedVideoDelay;
  return { targetMs, extraMs: Math.max(0, extraMs - STEP_DOWN_MS), goodSeconds };
}

/** Until a packet that is lost with this chance each time has come all but surely. */
function retransmissionMs(lossRatio: number, rttMs: number): number {
  const times = Math.ceil(Math.log(ALLOWED_MISSING) / Math.log(lossRatio)) - 1;
  return Math.round(rttMs + (times - 1) * Math.max(rttMs, ASK_AGAIN_MS) + OVERHEAD_MS);
}
