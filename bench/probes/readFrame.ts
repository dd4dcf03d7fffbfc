import { ID_AREA, readFrameId } from './frameId.ts';

/** Reads the number of a frame that was `sourceWidth` wide when it was drawn; null where it has none. */
export async function readVideoFrameId(frame: VideoFrame, sourceWidth: number): Promise<number | null> {
  const { width, height } = pictureSize(frame);
  const scale = width / sourceWidth;
  // Chroma has half the resolution, so that areas of even size alone can be copied.
  const rect = {
    x: 0,
    y: 0,
    width: Math.min(width, even(ID_AREA.width * scale)),
    height: Math.min(height, even(ID_AREA.height * scale)),
  };
  const data = new Uint8Array(frame.allocationSize({ rect }));
  const [luma] = await frame.copyTo(data, { rect });
  if (!luma || !frame.format?.match(/^(I4|NV12)/)) return null;
  return readFrameId(data.subarray(luma.offset), luma.stride, scale);
}

/** Without the padding that a codec adds. */
export function pictureSize(frame: VideoFrame): { width: number; height: number } {
  return frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
}

function even(value: number): number {
  return Math.ceil(value / 2) * 2;
}
