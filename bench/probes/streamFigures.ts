import { peerConnections } from './peerConnections.ts';

/** Counters of this page's RTP streams, of all connections together, as webrtc-stats names them. */
export interface StreamFigures {
  atMs: number;
  videoBytesSent: number;
  audioBytesSent: number;
  videoBytesResent: number;
  keyFramesEncoded: number;
  framesEncoded: number;
  nacksReceived: number;
  videoBytesReceived: number;
  audioBytesReceived: number;
  packetsLost: number;
  nacksSent: number;
  plisSent: number;
  framesDropped: number;
  /** Of the sending side's bandwidth estimation at present. */
  availableBps: number;
}

interface Counters {
  type: string;
  kind?: string;
  bytesSent?: number;
  headerBytesSent?: number;
  retransmittedBytesSent?: number;
  keyFramesEncoded?: number;
  framesEncoded?: number;
  bytesReceived?: number;
  headerBytesReceived?: number;
  packetsLost?: number;
  nackCount?: number;
  pliCount?: number;
  framesDropped?: number;
  framesDecoded?: number;
  nominated?: boolean;
  availableOutgoingBitrate?: number;
}

export async function readStreamFigures(): Promise<StreamFigures> {
  const figures: StreamFigures = {
    ...{ atMs: performance.now(), videoBytesSent: 0, audioBytesSent: 0, videoBytesResent: 0, keyFramesEncoded: 0 },
    ...{ framesEncoded: 0, nacksReceived: 0, videoBytesReceived: 0, audioBytesReceived: 0, packetsLost: 0 },
    ...{ nacksSent: 0, plisSent: 0, framesDropped: 0, availableBps: 0 },
  };
  const open = peerConnections.filter(({ connectionState }) => connectionState !== 'closed');
  for (const report of await Promise.all(open.map((connection) => connection.getStats()))) {
    report.forEach((stats: Counters) => count(figures, stats));
  }
  return figures;
}

function count(figures: StreamFigures, stats: Counters): void {
  const video = stats.kind === 'video';
  if (stats.type === 'outbound-rtp') {
    const bytes = (stats.bytesSent ?? 0) + (stats.headerBytesSent ?? 0);
    figures[video ? 'videoBytesSent' : 'audioBytesSent'] += bytes;
    if (!video) return;
    figures.videoBytesResent += stats.retransmittedBytesSent ?? 0;
    figures.keyFramesEncoded += stats.keyFramesEncoded ?? 0;
    figures.framesEncoded += stats.framesEncoded ?? 0;
    figures.nacksReceived += stats.nackCount ?? 0;
  } else if (stats.type === 'inbound-rtp') {
    // Packets that only probe the path decode to nothing, and the browser asks in vain for a key frame among them.
    if (video && !stats.framesDecoded) return;
    const bytes = (stats.bytesReceived ?? 0) + (stats.headerBytesReceived ?? 0);
    figures[video ? 'videoBytesReceived' : 'audioBytesReceived'] += bytes;
    if (!video) return;
    figures.packetsLost += stats.packetsLost ?? 0;
    figures.nacksSent += stats.nackCount ?? 0;
    figures.plisSent += stats.pliCount ?? 0;
    figures.framesDropped += stats.framesDropped ?? 0;
  } else if (stats.type === 'candidate-pair' && stats.nominated) {
    figures.availableBps = Math.max(figures.availableBps, stats.availableOutgoingBitrate ?? 0);
  }
}
