/** Where the samples of an 8-bit 4:2:0 picture lie in one buffer. Offsets and strides are bytes. */
export interface Planes {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
  luma: { offset: number; stride: number };
  /** Two samples of the same plane are `step` apart: 1 in I420, 2 in NV12. */
  chroma: { blueOffset: number; redOffset: number; stride: number; step: number };
}

/** @returns bytes of an I420 picture without gaps */
export function i420Size(width: number, height: number): number {
  return width * height + 2 * half(width) * half(height);
}

/** An I420 picture without gaps. @param data at least `i420Size` long */
export function i420Planes(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number): Planes {
  const stride = half(width);
  const blueOffset = width * height;
  return {
    data,
    width,
    height,
    luma: { offset: 0, stride: width },
    chroma: { blueOffset, redOffset: blueOffset + stride * half(height), stride, step: 1 },
  };
}

/** A picture as `VideoFrame.copyTo` lays it out. */
export function copiedPlanes(
  data: Uint8ClampedArray<ArrayBuffer>,
  { format, width, height, layout }: { format: 'I420' | 'NV12'; width: number; height: number; layout: PlaneLayout[] },
): Planes {
  const [luma, second, third] = layout as [PlaneLayout, PlaneLayout, PlaneLayout | undefined];
  const redOffset = format === 'NV12' ? second.offset + 1 : (third as PlaneLayout).offset;
  return {
    data,
    width,
    height,
    luma,
    chroma: { blueOffset: second.offset, redOffset, stride: second.stride, step: format === 'NV12' ? 2 : 1 },
  };
}

/** Samples of chroma for this many of luma. */
export function half(samples: number): number {
  return (samples + 1) >> 1;
}
