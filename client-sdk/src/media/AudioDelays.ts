import { nextAudioDelay, untouchedDelay, type AudioArrival, type AudioDelay } from '../policies/audioDelayPolicy.ts';

/** Counters of one audio receiver (W3C webrtc-stats, RTCInboundRtpStreamStats). */
interface Counters {
  atMs: number;
  packets: number;
  late: number;
  samples: number;
  concealed: number;
  bufferSeconds: number;
  emitted: number;
}

interface Kept {
  counters: Counters;
  delay: AudioDelay;
}

/** The policy counts in seconds. */
const INTERVAL_MS = 950;

/** Lets the sound of each person wait as long as its retransmissions need, where the browser can be told to. */
export class AudioDelays {
  readonly #kept = new WeakMap<RTCRtpReceiver, Kept>();

  take(report: RTCStatsReport, receivers: readonly RTCRtpReceiver[]): void {
    const byTrack = new Map(receivers.map((receiver) => [receiver.track.id, receiver]));
    report.forEach((entry: RTCStats) => {
      if (entry.type !== 'inbound-rtp') return;
      const stats = entry as RTCInboundRtpStreamStats;
      const receiver = stats.kind === 'audio' ? byTrack.get(stats.trackIdentifier) : undefined;
      if (receiver && 'jitterBufferTarget' in receiver) this.#judge(receiver, countersOf(stats));
    });
  }

  #judge(receiver: RTCRtpReceiver, counters: Counters): void {
    const kept = this.#kept.get(receiver);
    if (!kept) {
      this.#kept.set(receiver, { counters, delay: untouchedDelay });
      return;
    }
    if (counters.atMs - kept.counters.atMs < INTERVAL_MS) return;
    const delay = nextAudioDelay(kept.delay, arrivalBetween(kept.counters, counters));
    if (delay.targetMs !== kept.delay.targetMs) receiver.jitterBufferTarget = delay.targetMs;
    this.#kept.set(receiver, { counters, delay });
  }
}

function countersOf(stats: RTCInboundRtpStreamStats): Counters {
  return {
    atMs: stats.timestamp,
    packets: stats.packetsReceived ?? 0,
    late: stats.packetsDiscarded ?? 0,
    samples: stats.totalSamplesReceived ?? 0,
    // Where the other side is silent anyway nobody misses anything.
    concealed: (stats.concealedSamples ?? 0) - (stats.silentConcealedSamples ?? 0),
    bufferSeconds: stats.jitterBufferDelay ?? 0,
    emitted: stats.jitterBufferEmittedCount ?? 0,
  };
}

function arrivalBetween(before: Counters, now: Counters): AudioArrival {
  const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  return {
    packets: now.packets - before.packets,
    latePackets: now.late - before.late,
    concealedRatio: ratio(now.concealed - before.concealed, now.samples - before.samples),
    bufferMs: 1_000 * ratio(now.bufferSeconds - before.bufferSeconds, now.emitted - before.emitted),
  };
}
