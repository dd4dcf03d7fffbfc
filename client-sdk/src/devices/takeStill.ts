import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { ColorCorrection } from '../color/ColorCorrection.ts';
import { correctPicture } from '../color/correctPicture.ts';
import { drawPicture } from '../color/drawPicture.ts';
import type { Picture } from '../color/Picture.ts';
import { grabFrame } from './grabFrame.ts';
import { makePreview } from './makePreview.ts';

/** A photograph of what a track shows. */
export interface CapturedStill {
  /** JPEG: the camera's own one, or one of high quality. */
  blob: Blob;
  width: number;
  height: number;
  /** The track's color correction is in it. */
  corrected: boolean;
  /** The same, small: a JPEG whose longest side has 480 pixels. Null where the still is no larger, or it could not be made. */
  preview: Blob | null;
}

/** A leaf's finest veins are still there; twice the bytes of the usual 0.8. */
const JPEG_QUALITY = 0.95;
/** A camera that has to focus and to change its mode first takes a second or two. */
const PHOTO_TIMEOUT_MS = 8_000;
/** Of a photograph in the size that the camera chooses, after one in the largest size did not come. */
const SECOND_TIMEOUT_MS = 4_000;

interface Photo {
  blob: Blob;
  bitmap: ImageBitmap;
}

/** @throws ChaxiError cameraUnavailable where nothing comes */
export async function takeStill(track: MediaStreamTrack, correction: ColorCorrection | null): Promise<CapturedStill> {
  const photo = await takePhoto(track);
  if (!photo) return encode(await grabFrame(track), correction);
  const { blob, bitmap } = photo;
  try {
    const { width, height } = bitmap;
    // Of a camera without compression of its own Chromium makes a PNG, of ten times the bytes.
    if (!correction && blob.type === 'image/jpeg') {
      return { blob, width, height, corrected: false, preview: await makePreview(bitmap) };
    }
    return await encode(drawPicture(bitmap, width, height), correction);
  } finally {
    bitmap.close();
  }
}

/** At full resolution; null where the browser or the camera takes none. */
async function takePhoto(track: MediaStreamTrack): Promise<Photo | null> {
  if (!('ImageCapture' in globalThis)) return null;
  const largest = async (camera: ImageCapture) => {
    const { imageWidth, imageHeight } = await camera.getPhotoCapabilities();
    return camera.takePhoto({ imageWidth: imageWidth?.max, imageHeight: imageHeight?.max });
  };
  return (
    (await photograph(track, largest, PHOTO_TIMEOUT_MS)) ??
    // Some cameras tell of sizes that they do not take.
    (await photograph(track, (camera) => camera.takePhoto(), SECOND_TIMEOUT_MS))
  );
}

/** Null where it fails, can not be read, or does not come in time. */
async function photograph(
  track: MediaStreamTrack,
  take: (camera: ImageCapture) => Promise<Blob>,
  timeoutMs: number,
): Promise<Photo | null> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  const read = async (): Promise<Photo | null> => {
    const blob = await take(new ImageCapture(track));
    const bitmap = await createImageBitmap(blob);
    if (!timeout.signal.aborted) return { blob, bitmap };
    bitmap.close();
    return null;
  };
  const tooLate = new Promise<null>((resolve) => timeout.signal.addEventListener('abort', () => resolve(null)));
  try {
    return await Promise.race([read(), tooLate]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function encode(picture: Picture, correction: ColorCorrection | null): Promise<CapturedStill> {
  if (correction) correctPicture(picture, correction);
  const { width, height, data } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  if (!context) throw new ChaxiError('browserUnsupported');
  context.putImageData(new ImageData(data, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return { blob, width, height, corrected: correction !== null, preview: await makePreview(canvas) };
}
