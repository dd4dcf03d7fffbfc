/** A packet's fields that the clients look at (RFC 3550 section 5.1). */
export interface RtpPacket {
  payloadType: number;
  sequenceNumber: number;
  marker: boolean;
  ssrc: number;
  payload: Buffer;
}

const HEADER_BYTES = 12;

/** Null for what is no RTP, such as RTCP on the same port (RFC 5761 section 4). */
export function parseRtp(datagram: Buffer): RtpPacket | null {
  if (datagram.length < HEADER_BYTES) return null;
  const [first, second] = [datagram[0]!, datagram[1]!];
  if (first >> 6 !== 2 || (second >= 192 && second <= 223)) return null;
  let offset = HEADER_BYTES + (first & 0x0f) * 4;
  if (first & 0x10) offset += 4 + (offset + 4 <= datagram.length ? datagram.readUInt16BE(offset + 2) * 4 : 0);
  const paddingBytes = first & 0x20 ? datagram[datagram.length - 1]! : 0;
  return {
    payloadType: second & 0x7f,
    sequenceNumber: datagram.readUInt16BE(2),
    marker: (second & 0x80) !== 0,
    ssrc: datagram.readUInt32BE(8),
    payload: datagram.subarray(offset, Math.max(offset, datagram.length - paddingBytes)),
  };
}

export function buildRtp(options: {
  payloadType: number;
  sequenceNumber: number;
  timestamp: number;
  ssrc: number;
  marker: boolean;
  payload: Buffer;
}): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = 0x80;
  header[1] = (options.marker ? 0x80 : 0) | options.payloadType;
  header.writeUInt16BE(options.sequenceNumber & 0xffff, 2);
  header.writeUInt32BE(options.timestamp >>> 0, 4);
  header.writeUInt32BE(options.ssrc, 8);
  return Buffer.concat([header, options.payload]);
}

const PAYLOAD_SPECIFIC_FEEDBACK = 206;
const PLI = 1;
const FIR = 4;

/** Whether an RTCP packet, which may be compound, asks for a key frame (RFC 4585 section 6.3.1, RFC 5104 section 4.3.1). */
export function asksForKeyFrame(datagram: Buffer): boolean {
  let offset = 0;
  while (offset + 4 <= datagram.length) {
    const format = datagram[offset]! & 0x1f;
    if (datagram[offset + 1] === PAYLOAD_SPECIFIC_FEEDBACK && (format === PLI || format === FIR)) return true;
    offset += 4 + datagram.readUInt16BE(offset + 2) * 4;
  }
  return false;
}
