import type { types } from 'mediasoup-client';

/** A publication, as far as it matters what it is to send. */
interface Sending {
  readonly producerId: string | null;
  readonly producer: Pick<types.Producer, 'kind' | 'rtpSender'> | null;
  readonly track: { readonly muted: boolean };
  /** What of its video is wanted and not sent, since the link does not carry it: in bits a second. */
  readonly heldBackBps: number;
}

/** In bits a second. */
export interface WantedBitrate {
  /** Highest of all video encodings that are wanted. */
  bps: number;
  /** That of them which is not sent, since the link does not carry it. */
  heldBackBps: number;
}

/** What all publications together are to send; null while nothing is published unmuted. */
export function wantedBitrate(publications: Iterable<Sending>): WantedBitrate | null {
  const sent = [...publications].filter(({ producerId, track }) => producerId !== null && !track.muted);
  if (sent.length === 0) return null;
  const videos = sent.filter(({ producer }) => producer?.kind === 'video');
  const heldBackBps = videos.reduce((sum, video) => sum + video.heldBackBps, 0);
  const sentBps = videos
    .flatMap(({ producer }) => producer?.rtpSender?.getParameters().encodings ?? [])
    .filter(({ active }) => active !== false)
    .reduce((sum, { maxBitrate = 0 }) => sum + maxBitrate, 0);
  return { bps: sentBps + heldBackBps, heldBackBps };
}
