import { encodeJpeg } from './encodeJpeg.ts';

const LONGEST_SIDE = 480;
/** In the size of a thumbnail nobody sees more. */
const JPEG_QUALITY = 0.8;

/** A small JPEG of a picture. Null where the picture is no larger itself, or the browser makes none: it can be done without. */
export async function makePreview(picture: ImageBitmap | OffscreenCanvas): Promise<Blob | null> {
  const scale = LONGEST_SIDE / Math.max(picture.width, picture.height);
  if (scale >= 1) return null;
  return encodeJpeg(picture, scale, JPEG_QUALITY).catch(() => null);
}
