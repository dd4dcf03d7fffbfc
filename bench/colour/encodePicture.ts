import type { Picture } from '../../client-sdk/src/color/Picture.ts';
import { fromLinear } from '../../client-sdk/src/color/srgb.ts';

const STEPS = 16_384;
const bytes = Uint8ClampedArray.from({ length: STEPS + 1 }, (_, step) => fromLinear(step / STEPS));

/** @param planes linear light, three floats a pixel; what is outside of 0 to 1 is clipped, as a camera does */
export function encodePicture(planes: Float32Array, width: number, height: number): Picture {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, to = 0; to < data.length; from += 3, to += 4) {
    for (let channel = 0; channel < 3; channel++) {
      data[to + channel] = bytes[Math.round(Math.min(1, Math.max(0, planes[from + channel]!)) * STEPS)]!;
    }
    data[to + 3] = 255;
  }
  return { width, height, data };
}
