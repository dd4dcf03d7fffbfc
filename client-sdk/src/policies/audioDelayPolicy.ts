/** What became of the sound of one person within about a second. */
export interface AudioArrival {
  packets: number;
  /** Came after their turn, and were thrown away. */
  latePackets: number;
  /** Part of the sound that was made up for packets that were missing, 0 to 1. */
  concealedRatio: number;
  /** Mean time that sound waited to be played. */
  bufferMs: number;
}

export interface AudioDelay {
  /** Sound waits at least so long; null leaves it to the browser. */
  targetMs: number | null;
  /** Seconds in a row in which next to nothing came late. */
  goodSeconds: number;
}

export const untouchedDelay: AudioDelay = { targetMs: null, goodSeconds: 0 };

/** With fewer a ratio says nothing; speech that pauses sends two or three a second. */
const MIN_PACKETS = 15;
const LATE = { bad: 0.04, good: 0.01 } as const;
/** An estimate of what is not heard yet. */
const BAD_CONCEALED = 0.02;
const STEP_UP_MS = 150;
const STEP_DOWN_MS = 50;
/** Together with the network it is more than a conversation likes (400 ms, ITU-T G.114), but one that is understood. */
const MAX_TARGET_MS = 600;
/** Below this the browser alone waits as long. */
const MIN_TARGET_MS = 100;
const GOOD_SECONDS_BEFORE_STEP = 20;
const GOOD_SECONDS_BETWEEN_STEPS = 3;

/**
 * How long sound shall wait for packets that were sent again. Chromium waits for the first retransmission by itself, but
 * not for a second one: at 30 % loss and 200 ms round trip it waits 280 ms, and 9 % of the packets come too late. Waiting is what
 * helps, so it is lengthened while packets that came are thrown away, and taken back slowly.
 */
export function nextAudioDelay(delay: AudioDelay, arrival: AudioArrival): AudioDelay {
  if (arrival.packets < MIN_PACKETS) return delay;
  const lateRatio = arrival.latePackets / arrival.packets;
  if (lateRatio >= LATE.bad && arrival.concealedRatio >= BAD_CONCEALED) {
    const present = Math.max(delay.targetMs ?? 0, arrival.bufferMs);
    return { targetMs: Math.min(MAX_TARGET_MS, Math.round(present + STEP_UP_MS)), goodSeconds: 0 };
  }
  if (delay.targetMs === null) return untouchedDelay;
  if (lateRatio >= LATE.good)
    return { ...delay, goodSeconds: Math.min(delay.goodSeconds, GOOD_SECONDS_BEFORE_STEP - 1) };
  const goodSeconds = delay.goodSeconds + 1;
  const isStep =
    goodSeconds >= GOOD_SECONDS_BEFORE_STEP &&
    (goodSeconds - GOOD_SECONDS_BEFORE_STEP) % GOOD_SECONDS_BETWEEN_STEPS === 0;
  if (!isStep) return { ...delay, goodSeconds };
  const targetMs = delay.targetMs - STEP_DOWN_MS;
  return targetMs < MIN_TARGET_MS ? untouchedDelay : { targetMs, goodSeconds };
}
