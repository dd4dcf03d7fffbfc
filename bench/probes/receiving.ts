import { peerConnections } from './peerConnections.ts';

/** How the one video of this page comes. */
export interface Receiving {
  /** As the browser names it, such as video/VP8; null where it does not tell. */
  codec: string | null;
  bitrateBps: number;
}

interface Inbound {
  codec: string | null;
  bytes: number;
  atMs: number;
}

/** Begins to count what comes, until `end()`. */
export function readReceiving(): { end: () => Promise<Receiving> } {
  const begun = inbound();
  return {
    async end() {
      const [before, after] = [await begun, await inbound()];
      const bits = (after.bytes - before.bytes) * 8;
      return { codec: after.codec, bitrateBps: (bits * 1_000) / (after.atMs - before.atMs) };
    },
  };
}

async function inbound(): Promise<Inbound> {
  const open = peerConnections.filter(({ connectionState }) => connectionState !== 'closed');
  const found: Inbound = { codec: null, bytes: 0, atMs: performance.now() };
  for (const report of await Promise.all(open.map((connection) => connection.getStats()))) {
    report.forEach((stats: RTCStats) => {
      const video = stats as RTCInboundRtpStreamStats;
      // Packets that only probe the path decode to nothing.
      if (stats.type !== 'inbound-rtp' || video.kind !== 'video' || !video.framesDecoded) return;
      found.bytes += video.bytesReceived ?? 0;
      const codec: unknown = report.get(video.codecId ?? '');
      found.codec = (codec as { mimeType?: string } | undefined)?.mimeType ?? null;
    });
  }
  return found;
}
