import type { PictureType } from '../../../../protocol/pictureTypes.ts';
import { cleanJpeg } from './cleanJpeg.ts';
import { cleanPng } from './cleanPng.ts';
import { cleanWebp } from './cleanWebp.ts';

export interface CleanPicture {
  type: PictureType;
  parts: Uint8Array<ArrayBuffer>[];
}

/**
 * The same picture, bit for bit, without what else a phone writes into it: where and when it was taken, with what, and by whom. Its colour profile and
 * the way it is turned stay. Null where it is no JPEG, PNG or WebP, or is damaged.
 */
export function dropMetadata(bytes: Uint8Array<ArrayBuffer>): CleanPicture | null {
  const jpeg = cleanJpeg(bytes);
  if (jpeg) return { type: 'image/jpeg', parts: jpeg };
  const png = cleanPng(bytes);
  if (png) return { type: 'image/png', parts: png };
  const webp = cleanWebp(bytes);
  return webp && { type: 'image/webp', parts: webp };
}
