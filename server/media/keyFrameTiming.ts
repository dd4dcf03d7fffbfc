/** What is known of a join when its subscriber's ICE is connected; milliseconds. */
export interface JoinPace {
  subscriberRttMs: number;
  publisherRttMs: number;
  /** From the offer of transports to the first ICE packet, round trip included. */
  offerToIceMs: number;
}

/** Cryptography of a DTLS handshake on a machine with nothing else to do. */
const LEAST_MARGIN_MS = 15;

/** A browser that took long over the offer takes long over the handshake too: of 8 joins on a busy machine at most 0.56. */
const SLOWNESS_SHARE = 0.45;

/** Below this a key frame comes soon enough when it is asked for after the handshake, as mediasoup does by itself. */
const WORTHWHILE_MS = 10;

/**
 * How long after a subscriber's ICE is connected its key frames are asked for, so that they arrive at the server just after
 * its DTLS is; undefined where there is nothing to gain.
 *
 * The DTLS 1.2 handshake (RFC 6347 section 4.2.4) ends for the server two round trips after ICE did; a key frame takes
 * one round trip to the publisher. So the two run side by side. A key frame that comes too early is lost, and the next one
 * costs 300 ms; so the margin is rather too wide.
 */
export function keyFrameDelayMs({ subscriberRttMs, publisherRttMs, offerToIceMs }: JoinPace): number | undefined {
  const slownessMs = Math.max(0, offerToIceMs - subscriberRttMs);
  const marginMs = LEAST_MARGIN_MS + SLOWNESS_SHARE * slownessMs;
  if (publisherRttMs < marginMs + WORTHWHILE_MS) return undefined;
  return Math.max(0, 2 * subscriberRttMs - publisherRttMs + marginMs);
}
