import type { GuideInput } from './guide.ts';

/** Bytes of a guide as JSON, which `limits.guideBytes` limits. A file without zod, so that pages can use it. */
export function bytesOfGuide(guide: GuideInput): number {
  return new TextEncoder().encode(JSON.stringify(guide)).byteLength;
}
