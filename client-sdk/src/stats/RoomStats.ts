import type { Source } from '../../../protocol/grants.ts';

/** The path of the media: one connection to send, one to receive. */
export interface TransportStats {
  state: RTCPeerConnectionState;
  /** `udp`, or `tcp` where a firewall forbids UDP. */
  protocol?: string;
  roundTripTimeMs?: number;
  sentBps: number;
  receivedBps: number;
  /** What the sender believes the link can carry. */
  availableOutgoingBps?: number;
}

/** One resolution of a local video, or a local audio. */
export interface LayerStats {
  rid?: string;
  width?: number;
  height?: number;
  framesPerSecond?: number;
  bitrateBps: number;
  active: boolean;
}

export interface LocalTrackStats {
  source: Source;
  kind: 'audio' | 'video';
  /** E.g. `video/VP8`. */
  codec?: string;
  bitrateBps: number;
  /** Smallest first. */
  layers: LayerStats[];
  /** Of the last interval, 0 to 1, as the server reports it. */
  lossRatio?: number;
  jitterMs?: number;
  roundTripTimeMs?: number;
  /** What holds the quality back: `none`, `cpu`, `bandwidth` or `other`. */
  qualityLimitation?: string;
}

export interface RemoteTrackStats {
  participantId: string;
  source: Source;
  kind: 'audio' | 'video';
  codec?: string;
  bitrateBps: number;
  packetsLost: number;
  /** Since the last call, 0 to 1. */
  lossRatio: number;
  jitterMs?: number;
  /** Mean time that media waited in the jitter buffer since the last call. */
  jitterBufferMs?: number;
  width?: number;
  height?: number;
  framesPerSecond?: number;
  framesDecoded?: number;
  framesDropped?: number;
  freezeCount?: number;
  freezesDurationMs?: number;
  /** 0 to 1. */
  audioLevel?: number;
  /** Grows while there is sound (W3C webrtc-stats, totalAudioEnergy). */
  audioEnergy?: number;
}

/** Bitrates are means since the call before; the first call gives those since the beginning. */
export interface RoomStats {
  send: TransportStats | null;
  recv: TransportStats | null;
  local: LocalTrackStats[];
  remote: RemoteTrackStats[];
}
