/** Bytes as text, one character each: for the names of chunks and segments. */
export function byteText(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
