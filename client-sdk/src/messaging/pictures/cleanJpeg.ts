import { byteText } from './byteText.ts';
import { exifOrientation, exifOfOrientation } from './exifOrientation.ts';

/** Markers (ITU-T T.81, table B.1). */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;
/** Within the data of a scan: a byte 0xff as such, and restarts. */
const isWithinScan = (marker: number) => marker === 0 || (marker >= 0xd0 && marker <= 0xd7);

/** Parts of a JPEG without its metadata, nor what follows its end: films and second pictures. Null where it is none, or is damaged. */
export function cleanJpeg(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let orientation = 1;
  let at = 2;
  for (;;) {
    // Markers may be preceded by any number of these bytes.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) return null;
    if (marker === EOI) {
      parts.push(bytes.subarray(at, at + 2));
      const exif = orientation === 1 ? [] : [segment(APP1, exifOfOrientation(orientation))];
      return [bytes.subarray(0, 2), ...exif, ...parts];
    }
    const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
    if (end < at + 4 || end > bytes.length) return null;
    const data = bytes.subarray(at + 4, end);
    if (marker === APP1) orientation = exifOrientation(data) ?? orientation;
    const next = marker === SOS ? endOfScan(bytes, end) : end;
    if (isKept(marker, data)) parts.push(bytes.subarray(at, next));
    at = next;
  }
}

/** What a picture is decoded and shown by: of the application segments those of JFIF, of colour profiles and of Adobe's colours. */
function isKept(marker: number, data: Uint8Array): boolean {
  if (marker === COMMENT) return false;
  if (marker < APP0 || marker > APP15) return true;
  return marker === APP0 || marker === APP14 || (marker === APP2 && byteText(data, 0, 11) === 'ICC_PROFILE');
}

function endOfScan(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(0xff, start);
  while (at !== -1 && isWithinScan(bytes[at + 1] ?? EOI)) at = bytes.indexOf(0xff, at + 2);
  return at === -1 ? bytes.length : at;
}

function segment(marker: number, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = data.length + 2;
  return new Uint8Array([0xff, marker, length >> 8, length & 0xff, ...data]);
}
