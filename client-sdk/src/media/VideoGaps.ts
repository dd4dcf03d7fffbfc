import { firstLook, nextGap, type VideoGap } from '../policies/gapPolicy.ts';

/** A video that is received, and how it is begun anew. */
export interface WatchedVideo {
  trackId: string;
  /** With a key frame, and nothing of what was sent before. */
  beginAnew(): void;
}

interface Kept {
  packets: number;
  /** What the browser has asked for again. */
  requests: number;
  frames: number;
  gap: VideoGap;
}

/** Brings pictures back that have got lost in the network of whoever sends or receives them. */
export class VideoGaps {
  #kept = new Map<string, Kept>();

  /** `rttMs`: of the path of the report, as far as it is known. */
  take(report: RTCStatsReport, videos: readonly WatchedVideo[], rttMs?: number): void {
    const byTrack = new Map(videos.map((video) => [video.trackId, video]));
    const kept = new Map<string, Kept>();
    report.forEach((entry: RTCStats) => {
      if (entry.type !== 'inbound-rtp') return;
      const stats = entry as RTCInboundRtpStreamStats;
      const { timestamp } = stats;
      const video = stats.kind === 'video' ? byTrack.get(stats.trackIdentifier) : undefined;
      if (!video) return;
      const counters = {
        packets: stats.packetsReceived ?? 0,
        requests: (stats.nackCount ?? 0) + (stats.pliCount ?? 0),
        frames: stats.framesDecoded ?? 0,
      };
      const before = this.#kept.get(video.trackId) ?? { ...counters, gap: firstLook(timestamp) };
      const { gap, ask } = nextGap(before.gap, {
        atMs: timestamp,
        flows: counters.packets !== before.packets,
        misses: counters.requests !== before.requests,
        decodes: counters.frames !== before.frames,
        rttMs,
      });
      kept.set(video.trackId, { ...counters, gap });
      if (ask) video.beginAnew();
    });
    // Those that are gone are forgotten.
    this.#kept = kept;
  }
}
