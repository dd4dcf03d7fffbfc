import type { VideoSize } from '../../../protocol/signaling.ts';

/** As the server takes it; null of what has no size yet. */
export function videoSize({ width, height }: { width: number; height: number }): VideoSize | null {
  return width >= 1 && height >= 1 ? { width: Math.round(width), height: Math.round(height) } : null;
}

export function isSameSize(size: VideoSize, other: VideoSize | null): boolean {
  return size.width === other?.width && size.height === other.height;
}
