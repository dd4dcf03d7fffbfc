import type { types } from 'mediasoup-client';

/** A publication, as far as it matters what it is to send. */
interface Sending {
  readonly producerId: string | null;
  readonly producer: Pick<types.Producer, 'kind' | 'rtpSender'> | null;
  readonly track: { readonly muted: boolean };
}

/** Highest bitrate of all video encodings that are to be sent, in bits a second; null while nothing is published unmuted. */
export function wantedBitrateBps(publications: Iterable<Sending>): number | null {
  const sent = [...publications].filter(({ producerId, track }) => producerId !== null && !track.muted);
  if (sent.length === 0) return null;
  return sent
    .filter(({ producer }) => producer?.kind === 'video')
    .flatMap(({ producer }) => producer?.rtpSender?.getParameters().encodings ?? [])
    .filter(({ active }) => active !== false)
    .reduce((sum, { maxBitrate = 0 }) => sum + maxBitrate, 0);
}
