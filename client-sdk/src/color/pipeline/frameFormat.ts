import type { YuvFormat } from '../yuv.ts';

/** What the pixels of a frame are: Y'CbCr of a known kind, or something that is to be read as R'G'B'. */
export type FrameFormat = YuvFormat | 'rgb';

const matrices: Readonly<Record<string, YuvFormat['matrix']>> = {
  smpte170m: 'bt601',
  bt470bg: 'bt601',
  bt709: 'bt709',
};

/** As much of a VideoFrame as tells it. */
export interface DescribedFrame {
  readonly format: string | null;
  readonly colorSpace: { readonly matrix: string | null; readonly fullRange: boolean | null };
}

/** A camera that says nothing is shown by Chromium as BT.601 in limited range, so this is what its owner sees. */
export function frameFormat({ format, colorSpace }: DescribedFrame): FrameFormat {
  if (format !== 'I420' && format !== 'NV12') return 'rgb';
  if (colorSpace.matrix === null) return { matrix: 'bt601', fullRange: colorSpace.fullRange ?? false };
  const matrix = matrices[colorSpace.matrix];
  return matrix ? { matrix, fullRange: colorSpace.fullRange ?? false } : 'rgb';
}

/** As what Chromium encodes it: planes as they are, and R'G'B' as BT.709 of full range. */
export function encodedFormat(format: FrameFormat): YuvFormat {
  return format === 'rgb' ? { matrix: 'bt709', fullRange: true } : format;
}

export function sameFormat(one: YuvFormat, other: YuvFormat): boolean {
  return one.matrix === other.matrix && one.fullRange === other.fullRange;
}
