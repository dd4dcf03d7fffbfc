import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Picture } from './Picture.ts';

/** The pixels of anything that a canvas can draw. @throws ChaxiError browserUnsupported */
export function drawPicture(image: CanvasImageSource, width: number, height: number): Picture {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' });
  if (!context) throw new ChaxiError('browserUnsupported');
  context.drawImage(image, 0, 0);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}
