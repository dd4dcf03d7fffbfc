import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { encodeJpeg } from '../../devices/encodeJpeg.ts';
import { dropMetadata, type CleanPicture } from './dropMetadata.ts';

/** Pixels of the longer side: more than any screen of a reader shows, and every browser can decode it. */
const LONGEST_SIDE = 4_096;
/** Nobody sees the difference in a leaf. */
const JPEG_QUALITY = 0.9;

/**
 * A picture as it is sent: without what a phone writes into it of places, times and persons, and no larger than a screen can show. One that is
 * neither JPEG, PNG nor WebP, but can be shown here, becomes a JPEG.
 *
 * @throws ChaxiError fileNotSupported where this browser can not show it
 */
export async function preparePicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file).catch((error: unknown) => {
    throw new ChaxiError('fileNotSupported', { cause: error });
  });
  try {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const clean = scale === 1 ? dropMetadata(new Uint8Array(await file.arrayBuffer())) : null;
    return clean ? blobOf(clean) : await encodeJpeg(bitmap, scale, JPEG_QUALITY);
  } finally {
    bitmap.close();
  }
}

function blobOf({ type, parts }: CleanPicture): Blob {
  return new Blob(parts, { type });
}
