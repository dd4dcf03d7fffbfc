/** Streams that are remembered; older ones give way. */
const MAX_STREAMS = 20_000;
const RTP_HEADER_BYTES = 12;

/**
 * Notes when the first RTP packet of each stream passed. The SSRC stands unencrypted in SRTP too (RFC 3711 section
 * 3.1), so that the arrival of a stream can be told without touching the page that receives it.
 */
export class FirstPackets {
  readonly #timeMs = new Map<number, number>();

  note(datagram: Buffer): void {
    if (!isRtp(datagram)) return;
    const ssrc = datagram.readUInt32BE(8);
    if (this.#timeMs.has(ssrc)) return;
    if (this.#timeMs.size >= MAX_STREAMS) this.#timeMs.clear();
    this.#timeMs.set(ssrc, performance.timeOrigin + performance.now());
  }

  /** Milliseconds since 1970. */
  timeOf(ssrc: number): number | null {
    return this.#timeMs.get(ssrc) ?? null;
  }
}

/** RTP among what shares a port with it: RFC 7983 section 7 for the first octet, RFC 5761 section 4 for RTCP. */
function isRtp(datagram: Buffer): boolean {
  if (datagram.length < RTP_HEADER_BYTES) return false;
  const [first, second] = [datagram[0]!, datagram[1]!];
  return first >= 128 && first <= 191 && (second < 192 || second > 223);
}
