/** Bytes of VP8 in one packet, so that it fits an Ethernet frame with everything around it. */
const MAX_PAYLOAD_BYTES = 1_100;

/**
 * Cuts a frame into RTP payloads: a descriptor with a picture number of 15 bits, then the piece (RFC 7741 section 4.2).
 */
export function packetizeVp8(frame: Uint8Array, pictureId: number): Buffer[] {
  const pieces = Math.max(1, Math.ceil(frame.length / MAX_PAYLOAD_BYTES));
  const size = Math.ceil(frame.length / pieces);
  return Array.from({ length: pieces }, (_, index) => {
    const start = index === 0;
    const descriptor = [start ? 0x90 : 0x80, 0x80, 0x80 | ((pictureId >> 8) & 0x7f), pictureId & 0xff];
    return Buffer.concat([Buffer.from(descriptor), frame.subarray(index * size, (index + 1) * size)]);
  });
}

/** Whether a payload begins a key frame (RFC 7741 sections 4.2 and 4.3). */
export function startsKeyFrame(payload: Uint8Array): boolean {
  const first = payload[0] ?? 0;
  const beginsFrame = (first & 0x10) !== 0 && (first & 0x07) === 0;
  if (!beginsFrame) return false;
  let offset = 1;
  if (first & 0x80) {
    const extensions = payload[offset++] ?? 0;
    if (extensions & 0x80) offset += (payload[offset] ?? 0) & 0x80 ? 2 : 1;
    if (extensions & 0x40) offset++;
    if (extensions & 0x30) offset++;
  }
  // The P bit of the VP8 payload header: 0 is a key frame.
  return offset < payload.length && (payload[offset]! & 0x01) === 0;
}
