import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { limits } from '../../../protocol/limits.ts';
import { pictureTypes } from '../../../protocol/pictureTypes.ts';
import { encodeJpeg } from '../devices/encodeJpeg.ts';
import type { CapturedStill } from '../devices/takeStill.ts';

/** A camera's own JPEG is often finer; nobody sees the difference in a leaf. */
const JPEG_QUALITY = 0.9;
/** The estimate by the size of the last attempt is mostly met at once. */
const MOST_ATTEMPTS = 6;
/** Below the estimate, since small pictures take more bytes a pixel. */
const MARGIN = 0.9;

/**
 * A picture as the server takes it: itself where it may be, else as JPEG, smaller where that alone does not do.
 *
 * @param encode Makes a JPEG of it, its sides scaled by a factor of 1 or less.
 * @throws ChaxiError pictureTooLarge; what the browser throws where it can not read the picture
 */
export async function fitPicture(
  { blob, width, height }: Pick<CapturedStill, 'blob' | 'width' | 'height'>,
  maxBytes: number,
  encode = reencode,
): Promise<Blob> {
  const excess = (width * height) / limits.stillPixels;
  if (excess <= 1 && Object.hasOwn(pictureTypes, blob.type) && blob.size <= maxBytes) return blob;
  let scale = excess <= 1 ? 1 : MARGIN / Math.sqrt(excess);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const jpeg = await encode(blob, scale);
    if (jpeg.size <= maxBytes) return jpeg;
    scale *= Math.sqrt(maxBytes / jpeg.size) * MARGIN;
  }
  throw new ChaxiError('pictureTooLarge');
}

async function reencode(blob: Blob, scale: number): Promise<Blob> {
  const bitmap = await createImageBitmap(blob);
  try {
    return await encodeJpeg(bitmap, scale, JPEG_QUALITY);
  } finally {
    bitmap.close();
  }
}
