import type { CameraSettings } from '../../../client-sdk/src/index.ts';

/** What a person has chosen of a camera so far, and now. What is left to the camera keeps no values that only hold by hand. */
export function mergeSettings(before: CameraSettings, change: CameraSettings): CameraSettings {
  const { whiteBalance, exposure, focus } = change;
  const { compensation } = before.exposure ?? {};
  return {
    ...before,
    ...change,
    ...(whiteBalance && {
      whiteBalance: followed(whiteBalance) ? whiteBalance : { ...before.whiteBalance, ...whiteBalance },
    }),
    ...(exposure && {
      exposure: followed(exposure)
        ? { ...(compensation === undefined ? {} : { compensation }), ...exposure }
        : { ...before.exposure, ...exposure },
    }),
    ...(focus && { focus: followed(focus) ? focus : { ...before.focus, ...focus } }),
  };
}

function followed({ mode }: { mode?: string }): boolean {
  return mode === 'continuous';
}
