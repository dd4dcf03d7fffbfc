import { drawPicture } from '../drawPicture.ts';
import type { Picture } from '../Picture.ts';
import { frameFormat } from './frameFormat.ts';
import { copiedPlanes } from './planes.ts';
import { writePixels } from './writePixels.ts';

/** The pixels of a frame, upright. @throws what VideoFrame throws of a frame that can not be read */
export async function readPicture(frame: VideoFrame): Promise<Picture> {
  const format = frameFormat(frame);
  // Newer than TypeScript's library: phones turn their camera by these.
  const { rotation, flip } = frame as { rotation?: number; flip?: boolean };
  if (format === 'rgb' || rotation || flip) return drawPicture(frame, frame.displayWidth, frame.displayHeight);
  const data = new Uint8ClampedArray(frame.allocationSize());
  const layout = await frame.copyTo(data);
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
  const planes = copiedPlanes(data, { format: frame.format as 'I420' | 'NV12', width, height, layout });
  return { width, height, data: writePixels(planes, format) };
}
