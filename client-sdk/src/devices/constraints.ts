import type { CameraCaptureOptions, MicrophoneCaptureOptions, ScreenOptions } from './captureOptions.ts';

/** What is asked of a camera. Sizes are wishes, so that a small camera still opens; the device is not. */
export function cameraConstraints(options: CameraCaptureOptions): MediaTrackConstraints {
  const { deviceId, facingMode, width = 1_280, height = 720, frameRate = 30, zoom = false } = options;
  return {
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: frameRate },
    ...(zoom ? { zoom } : {}),
    ...(deviceId ? { deviceId: { exact: deviceId } } : facingMode ? { facingMode: { ideal: facingMode } } : {}),
  };
}

export function microphoneConstraints(options: MicrophoneCaptureOptions): MediaTrackConstraints {
  const { deviceId, echoCancellation = true, noiseSuppression = true, autoGainControl = true } = options;
  return {
    echoCancellation,
    noiseSuppression,
    autoGainControl,
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
  };
}

export function screenConstraints({ audio = true, frameRate = 15 }: ScreenOptions): DisplayMediaStreamOptions {
  return { video: { frameRate: { max: frameRate } }, audio };
}
