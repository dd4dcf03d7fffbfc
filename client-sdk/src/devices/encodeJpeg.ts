import { ChaxiError } from '../../../protocol/ChaxiError.ts';

/**
 * A JPEG of a picture.
 *
 * @param scale Of its sides; 1 or less.
 * @param quality 0 to 1
 * @throws ChaxiError browserUnsupported; DOMException where there is no memory for it
 */
export async function encodeJpeg(
  picture: ImageBitmap | OffscreenCanvas,
  scale: number,
  quality: number,
): Promise<Blob> {
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  if (!context) throw new ChaxiError('browserUnsupported');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
}
