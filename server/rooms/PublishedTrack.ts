import type { types } from 'mediasoup';
import type { Source } from '../../protocol/grants.ts';
import type { TrackInfo } from '../../protocol/participants.ts';
import type { VideoSize } from '../../protocol/signaling.ts';
import type { ConsumableTrack } from '../media/MediaSession.ts';

/** What someone publishes, on this node or on another one. */
export interface PublishedTrack extends ConsumableTrack {
  readonly producerId: string;
  readonly kind: types.MediaKind;
  readonly source: Source;
  /** Its publisher is on another node. */
  readonly remote: boolean;
  /** What was asked for last; the producer follows as soon as its worker has answered. */
  readonly paused: boolean;
  /** Of a video, as its publisher told it. */
  readonly size: VideoSize | undefined;
  /** In how many sizes it can be sent. */
  readonly spatialLayers: number;
  /** Of the smallest layers, how many its publisher was told to send; on another node than its own, how many are asked for from here. */
  layersWanted: number;
  readonly closed: boolean;
  /** How a key frame is asked for ahead of a consumer; undefined where that is another node's business. */
  readonly keyFrames: { prepare(): Promise<unknown>; ask(): Promise<unknown> } | undefined;
  /** Calls back once, when the track is over. */
  onClosed(callback: () => void): void;
}

export function trackInfo({ producerId, kind, source, paused }: PublishedTrack): TrackInfo {
  return { producerId, kind, source, paused };
}
