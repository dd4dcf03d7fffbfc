import { nextAudioDelay, untouchedDelay, type AudioArrival, type AudioDelay } from '../policies/audioDelayPolicy.ts';
import {
  nextVideoDelay,
  untouchedVideoDelay,
  type VideoArrival,
  type VideoDelay,
} from '../policies/videoDelayPolicy.ts';
import { readPath } from './pathReading.ts';

/** Counters of one receiver (W3C webrtc-stats, RTCInboundRtpStreamStats). */
interface Counters {
  atMs: number;
  packets: number;
  late: number;
  samples: number;
  concealed: number;
  bufferSeconds: number;
  emitted: number;
  nacks: number;
  frozenSeconds: number;
}

type Delay = { kind: 'audio'; of: AudioDelay } | { kind: 'video'; of: VideoDelay };

interface Kept {
  counters: Counters;
  delay: Delay;
}

/** The policies count in seconds. */
const INTERVAL_MS = 950;

/** Lets sound and pictures wait as long as their retransmissions need, where the browser can be told to. */
export class PlayoutDelays {
  readonly #kept = new WeakMap<RTCRtpReceiver, Kept>();

  take(report: RTCStatsReport, receivers: readonly RTCRtpReceiver[]): void {
    const { rttMs } = readPath(report);
    const byTrack = new Map(receivers.map((receiver) => [receiver.track.id, receiver]));
    report.forEach((entry: RTCStats) => {
      if (entry.type !== 'inbound-rtp') return;
      const stats = entry as RTCInboundRtpStreamStats;
      const receiver = byTrack.get(stats.trackIdentifier);
      if (receiver && 'jitterBufferTarget' in receiver) this.#judge(receiver, stats, rttMs);
    });
  }

  #judge(receiver: RTCRtpReceiver, stats: RTCInboundRtpStreamStats, rttMs: number | undefined): void {
    const counters = countersOf(stats);
    const kept = this.#kept.get(receiver);
    if (!kept) {
      const delay: Delay =
        stats.kind === 'audio' ? { kind: 'audio', of: untouchedDelay } : { kind: 'video', of: untouchedVideoDelay };
      this.#kept.set(receiver, { counters, delay });
      return;
    }
    if (counters.atMs - kept.counters.atMs < INTERVAL_MS) return;
    const delay = nextDelay(kept, counters, rttMs);
    if (delay.of.targetMs !== kept.delay.of.targetMs) receiver.jitterBufferTarget = delay.of.targetMs;
    this.#kept.set(receiver, { counters, delay });
  }
}

function nextDelay({ counters: before, delay }: Kept, now: Counters, rttMs: number | undefined): Delay {
  return delay.kind === 'audio'
    ? { kind: 'audio', of: nextAudioDelay(delay.of, audioBetween(before, now)) }
    : { kind: 'video', of: nextVideoDelay(delay.of, videoBetween(before, now, rttMs)) };
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
    nacks: stats.nackCount ?? 0,
    frozenSeconds: stats.totalFreezesDuration ?? 0,
  };
}

function audioBetween(before: Counters, now: Counters): AudioArrival {
  const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  return {
    packets: now.packets - before.packets,
    latePackets: now.late - before.late,
    concealedRatio: ratio(now.concealed - before.concealed, now.samples - before.samples),
    bufferMs: 1_000 * ratio(now.bufferSeconds - before.bufferSeconds, now.emitted - before.emitted),
  };
}

function videoBetween(before: Counters, now: Counters, rttMs: number | undefined): VideoArrival {
  return {
    packets: now.packets - before.packets,
    nacks: now.nacks - before.nacks,
    frozenMs: 1_000 * (now.frozenSeconds - before.frozenSeconds),
    rttMs,
  };
}
