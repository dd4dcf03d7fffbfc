import type { CaptureProfile } from '../../devices/captureOptions.ts';
import type { YuvFormat } from '../yuv.ts';
import { encodedFormat, sameFormat, type FrameFormat } from './frameFormat.ts';

export interface ConversionInput {
  profile: CaptureProfile;
  corrected: boolean;
  /** What the receiver takes it for; null where it is told, and nothing has been sent yet. */
  target: YuvFormat | null;
  /** Of the present source; null while no frame has been seen. */
  format: FrameFormat | null;
  /** Frames are being converted at present. */
  converting: boolean;
}

/** Whether frames have to be made anew. It costs a few milliseconds a frame, so only where the colours would suffer. */
export function conversionNeeded({ profile, corrected, target, format, converting }: ConversionInput): boolean {
  if (corrected) return true;
  if (profile !== 'tea') return false;
  // A camera that is opened again most often gives what it gave before: no frame of it is to go out wrong.
  if (format === null) return converting;
  return target !== null && !sameFormat(encodedFormat(format), target);
}
