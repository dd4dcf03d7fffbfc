import { imageSize } from 'image-size';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { PictureType } from '../../protocol/pictureTypes.ts';

export interface PictureInfo {
  mimeType: PictureType;
  /** Pixels, as the picture is shown: after the turn that a JPEG of a phone asks for. */
  width: number;
  height: number;
}

/** Of a picture this much is read for its size; before that a JPEG has its profile and a small preview. */
export const PICTURE_HEAD_BYTES = 524_288;

/** EXIF 2.32, tag 0x0112: from 5 on the picture is shown turned by a quarter. */
const FIRST_QUARTER_TURN = 5;

/**
 * What a picture says of itself, whatever its sender said.
 *
 * @param head Its first bytes, PICTURE_HEAD_BYTES or all.
 * @throws pictureNotSupported, and pictureTooLarge where it has more pixels
 */
export function readPicture(head: Uint8Array, maxPixels: number): PictureInfo {
  const mimeType = typeOf(Buffer.from(head.buffer, head.byteOffset, head.byteLength));
  const { width, height, orientation = 1 } = measure(head);
  if (!(width > 0 && height > 0)) throw new ChaxiError('pictureNotSupported');
  if (width * height > maxPixels) throw new ChaxiError('pictureTooLarge');
  return orientation >= FIRST_QUARTER_TURN ? { mimeType, width: height, height: width } : { mimeType, width, height };
}

/** By the first bytes, before any parser sees the rest. */
function typeOf(head: Buffer): PictureType {
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (head.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'image/png';
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  throw new ChaxiError('pictureNotSupported');
}

function measure(head: Uint8Array): ReturnType<typeof imageSize> {
  try {
    return imageSize(head);
  } catch (error) {
    throw new ChaxiError('pictureNotSupported', { cause: error });
  }
}
