import { keyFrameDelayMs } from '../media/keyFrameTiming.ts';
import type { MediaSession } from '../media/MediaSession.ts';
import type { Publication } from './Member.ts';
import type { Participant } from './Participant.ts';

/**
 * Has the key frames of what a joiner receives first asked for while its DTLS handshake still runs, so that the way to each
 * publisher and back is not added to the join. When the handshake ends first, mediasoup asks by itself.
 */
export function askKeyFramesAhead(
  subscriber: Participant,
  media: MediaSession,
  publications: readonly Publication[],
): void {
  const videos = publications.filter(({ track }) => track.kind === 'video' && !track.paused);
  const offeredAt = performance.now();
  // The answers are here when ICE is.
  for (const { publisher } of videos) publisher.measureRtt();
  media.onReceiverIceConnected(() => {
    const { rttMs: subscriberRttMs } = subscriber;
    if (subscriberRttMs === undefined || !subscriber.inside) return;
    const offerToIceMs = performance.now() - offeredAt;
    for (const { publisher, track } of videos) {
      const { rttMs: publisherRttMs } = publisher;
      if (publisherRttMs === undefined || track.paused) continue;
      const delayMs = keyFrameDelayMs({ subscriberRttMs, publisherRttMs, offerToIceMs });
      if (delayMs === undefined) continue;
      // A producer or router that ends meanwhile needs no key frame.
      void track.keyFrames?.prepare().catch(() => {});
      media.duringHandshake(delayMs, () => void track.keyFrames?.ask().catch(() => {}));
    }
  });
}
