import { crc32, deflateSync } from 'node:zlib';

export interface PictureOptions {
  width?: number;
  height?: number;
  /** Bytes that the picture is padded to. */
  sizeBytes?: number;
}

/** Header and end of a JPEG (ITU-T T.81); there is nothing to decode in it, and nothing here decodes it. */
export function jpegPicture({
  width = 4_032,
  height = 3_024,
  sizeBytes = 0,
  orientation,
}: PictureOptions & { orientation?: number } = {}): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const head = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    ...(orientation === undefined ? [] : [segment(0xe1, exifOrientation(orientation))]),
    segment(0xc0, frame),
  ]);
  const end = Buffer.from([0xff, 0xd9]);
  return Buffer.concat([head, Buffer.alloc(Math.max(0, sizeBytes - head.length - end.length)), end]);
}

/** A whole PNG (ISO/IEC 15948) of one grey. */
export function pngPicture({ width = 320, height = 240 }: PictureOptions = {}): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The extended header of a WebP (RFC 9649 section 2.7). */
export function webpPicture({ width = 1_920, height = 1_080 }: PictureOptions = {}): Buffer {
  const picture = Buffer.from('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1');
  picture.writeUIntLE(width - 1, 24, 3);
  picture.writeUIntLE(height - 1, 27, 3);
  return picture;
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** Tag 0x0112 alone in a little-endian TIFF, as EXIF 2.32 has it. */
function exifOrientation(orientation: number): Buffer {
  return Buffer.from([
    ...Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0', 'latin1'),
    ...[orientation, 0, 0, 0],
    ...[0, 0, 0, 0],
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}
