/**
 * What a subscriber's DTLS takes beyond its round trips, less what a publisher takes to encode a key frame: cryptography
 * and scheduling in the browser. Too little and the key frame comes before it can be forwarded, and is lost.
 */
const MARGIN_MS = 25;

/** Below this a key frame comes soon enough when it is asked for after the handshake, as mediasoup does by itself. */
const WORTHWHILE_MS = 10;

/**
 * How long after a subscriber's ICE is connected its key frames are asked for, in milliseconds, so that they arrive at the
 * server just after its DTLS is; undefined where there is nothing to gain.
 *
 * The DTLS 1.2 handshake (RFC 6347 section 4.2.4) ends for the server two round trips after ICE did; a key frame takes
 * one round trip to the publisher. So the two run side by side.
 */
export function keyFrameDelayMs(subscriberRttMs: number, publisherRttMs: number): number | undefined {
  if (publisherRttMs < MARGIN_MS + WORTHWHILE_MS) return undefined;
  return Math.max(0, 2 * subscriberRttMs - publisherRttMs + MARGIN_MS);
}
