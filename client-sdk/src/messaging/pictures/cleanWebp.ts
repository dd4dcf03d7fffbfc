import { byteText } from './byteText.ts';

/** Bytes of the header of the file, and of that of a chunk (RFC 9649 section 2.3 and 2.4). */
const FILE_HEADER = 12;
const CHUNK_HEADER = 8;
const METADATA: ReadonlySet<string> = new Set(['EXIF', 'XMP ']);
/** Of VP8X (section 2.7): there is EXIF, there is XMP. */
const METADATA_FLAGS = 0x08 | 0x04;

/** Parts of a WebP without its metadata, nor what follows its end. Null where it is none, or is damaged. */
export function cleanWebp(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] | null {
  if (byteText(bytes, 0, 4) !== 'RIFF' || byteText(bytes, 8, 4) !== 'WEBP') return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fileEnd = 8 + view.getUint32(4, true);
  if (fileEnd > bytes.length) return null;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let at = FILE_HEADER; at < fileEnd;) {
    if (at + CHUNK_HEADER > fileEnd) return null;
    const size = view.getUint32(at + 4, true);
    // Chunks begin at even places.
    const end = at + CHUNK_HEADER + size + (size % 2);
    if (end > fileEnd) return null;
    const chunk = bytes.subarray(at, end);
    const type = byteText(chunk, 0, 4);
    if (type === 'VP8X') chunks.push(withoutFlags(chunk));
    else if (!METADATA.has(type)) chunks.push(chunk);
    at = end;
  }
  const header = bytes.slice(0, FILE_HEADER);
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  new DataView(header.buffer).setUint32(4, length + 4, true);
  return [header, ...chunks];
}

function withoutFlags(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(chunk);
  copy[CHUNK_HEADER] = (copy[CHUNK_HEADER] ?? 0) & ~METADATA_FLAGS;
  return copy;
}
