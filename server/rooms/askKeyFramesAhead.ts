import { keyFrameDelayMs } from '../media/keyFrameTiming.ts';
import type { MediaSession } from '../media/MediaSession.ts';
import type { Participant } from './Participant.ts';

/**
 * Has the key frames that a joiner will need asked for while its DTLS handshake still runs, so that the way to each
 * publisher and back is not added to the join. When the handshake ends first, mediasoup asks by itself.
 */
export function askKeyFramesAhead(
  subscriber: Participant,
  media: MediaSession,
  members: () => Iterable<Participant>,
): void {
  const offeredAt = performance.now();
  // The answers are here when ICE is.
  for (const publisher of members()) if (publisher.tracks.size > 0) publisher.measureRtt();
  media.onReceiverIceConnected(() => {
    const { rttMs: subscriberRttMs } = subscriber;
    if (subscriberRttMs === undefined) return;
    const offerToIceMs = performance.now() - offeredAt;
    const wanted = [...subscriber.subscriptions.values()]
      .filter(({ consumer, paused }) => consumer.kind === 'video' && !paused)
      .map(({ consumer }) => consumer.producerId);
    for (const publisher of members()) {
      const { rttMs: publisherRttMs } = publisher;
      if (publisherRttMs === undefined) continue;
      const delayMs = keyFrameDelayMs({ subscriberRttMs, publisherRttMs, offerToIceMs });
      if (delayMs === undefined) continue;
      for (const { producer, router, paused } of publisher.tracks.values()) {
        if (paused || !wanted.includes(producer.id)) continue;
        // A producer or router that ends meanwhile needs no key frame.
        void router.keyFrames.prepare(producer).catch(() => {});
        media.duringHandshake(delayMs, () => void router.keyFrames.ask(producer).catch(() => {}));
      }
    }
  });
}
