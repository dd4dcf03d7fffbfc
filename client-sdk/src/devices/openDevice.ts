import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { CameraCaptureOptions, MicrophoneCaptureOptions, ScreenOptions } from './captureOptions.ts';
import { cameraConstraints, microphoneConstraints, screenConstraints } from './constraints.ts';
import { deviceError, type DeviceKind } from './deviceErrors.ts';

/** @throws ChaxiError cameraDenied, deviceNotFound, deviceInUse, insecureContext, browserUnsupported */
export async function openCamera(options: CameraCaptureOptions = {}): Promise<MediaStreamTrack> {
  const stream = await open('camera', (media) => media.getUserMedia({ video: cameraConstraints(options) }));
  return firstTrack(stream.getVideoTracks());
}

/** @throws ChaxiError microphoneDenied, deviceNotFound, deviceInUse, insecureContext, browserUnsupported */
export async function openMicrophone(options: MicrophoneCaptureOptions = {}): Promise<MediaStreamTrack> {
  const stream = await open('microphone', (media) => media.getUserMedia({ audio: microphoneConstraints(options) }));
  return firstTrack(stream.getAudioTracks());
}

/** @throws ChaxiError screenDenied, insecureContext, browserUnsupported */
export async function openScreen(
  options: ScreenOptions,
): Promise<{ video: MediaStreamTrack; audio: MediaStreamTrack | undefined }> {
  const stream = await open('screen', (media) => media.getDisplayMedia(screenConstraints(options)));
  return { video: firstTrack(stream.getVideoTracks()), audio: stream.getAudioTracks()[0] };
}

async function open(kind: DeviceKind, ask: (media: MediaDevices) => Promise<MediaStream>): Promise<MediaStream> {
  // Outside of a secure context browsers hide the whole object.
  const media: MediaDevices | undefined = navigator.mediaDevices;
  if (!media) throw new ChaxiError(globalThis.isSecureContext ? 'browserUnsupported' : 'insecureContext');
  try {
    return await ask(media);
  } catch (error) {
    throw deviceError(kind, error);
  }
}

function firstTrack(tracks: MediaStreamTrack[]): MediaStreamTrack {
  const [track] = tracks;
  if (!track) throw new ChaxiError('deviceNotFound');
  return track;
}
