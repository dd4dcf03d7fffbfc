/** Element CodecID (RFC 9559 section 5.1.4.1.21): its id, a size of one byte, and a text of which the first letter says what the track is. */
const CODEC_ID = /\x86[\x81-\xfe]([A-Z])_[A-Z0-9]/g;

/** Whether each track that the head of a WebM names is one of sound; a page that records writes them before the first sound. */
export function webmHasSoundAlone(head: Buffer): boolean {
  const kinds = [...head.toString('latin1').matchAll(CODEC_ID)].map(([, kind]) => kind);
  return kinds.length > 0 && kinds.every((kind) => kind === 'A');
}
