import { byteText } from './byteText.ts';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Chunks (ISO/IEC 15948, section 11.3) that change nothing of what is seen. */
const METADATA: ReadonlySet<string> = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

/** Parts of a PNG without its metadata, nor what follows its end. Null where it is none, or is damaged. */
export function cleanPng(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] | null {
  if (byteText(bytes, 0, SIGNATURE.length) !== SIGNATURE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.subarray(0, SIGNATURE.length)];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const type = byteText(bytes, at + 4, 4);
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    if (!METADATA.has(type)) parts.push(bytes.subarray(at, end));
    if (type === 'IEND') return parts;
    at = end;
  }
  return null;
}
