import { byteText } from './byteText.ts';

/** EXIF 2.32: before a TIFF within a JPEG. */
const EXIF = 'Exif\0\0';
const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;

/** How a picture is to be turned, 1 to 8, as the data of a segment APP1 says; null where that says nothing. */
export function exifOrientation(data: Uint8Array): number | null {
  if (byteText(data, 0, EXIF.length) !== EXIF) return null;
  const tiff = new DataView(data.buffer, data.byteOffset + EXIF.length, data.byteLength - EXIF.length);
  try {
    const littleEndian = tiff.getUint16(0) === 0x4949;
    const directory = tiff.getUint32(4, littleEndian);
    const count = tiff.getUint16(directory, littleEndian);
    for (let index = 0; index < count; index += 1) {
      const entry = directory + 2 + index * ENTRY_BYTES;
      if (tiff.getUint16(entry, littleEndian) !== ORIENTATION_TAG) continue;
      const orientation = tiff.getUint16(entry + 8, littleEndian);
      return orientation >= 1 && orientation <= 8 ? orientation : null;
    }
  } catch (error) {
    // It ends in the midst of what it announced.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** The data of a segment APP1 that says nothing else. */
export function exifOfOrientation(orientation: number): Uint8Array {
  return new Uint8Array([
    ...new TextEncoder().encode(`${EXIF}II*\0`),
    ...[8, 0, 0, 0],
    ...[1, 0],
    ...[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
    ...[0, 0, 0, 0],
  ]);
}
