import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { drawPicture } from '../color/drawPicture.ts';
import type { Picture } from '../color/Picture.ts';
import { canConvertFrames } from '../color/pipeline/canConvertFrames.ts';
import { firstFrame } from '../color/pipeline/firstFrame.ts';
import { readPicture } from '../color/pipeline/readPicture.ts';

/** A camera that is open gives several frames a second, and a canvas that does not change gives its last one. */
const FRAME_TIMEOUT_MS = 5_000;
/** HTMLMediaElement.HAVE_CURRENT_DATA */
const HAVE_CURRENT_DATA = 2;

/** The next frame of a track in full size. @throws ChaxiError cameraUnavailable where none comes */
export async function grabFrame(track: MediaStreamTrack): Promise<Picture> {
  const timeout = AbortSignal.timeout(FRAME_TIMEOUT_MS);
  const picture = canConvertFrames() ? await readFrame(track, timeout) : await drawFrame(track, timeout);
  if (!picture) throw new ChaxiError('cameraUnavailable');
  return picture;
}

async function readFrame(track: MediaStreamTrack, signal: AbortSignal): Promise<Picture | null> {
  const frame = await firstFrame(track, signal);
  try {
    return frame && (await readPicture(frame));
  } finally {
    frame?.close();
  }
}

/** Where the browser does not give frames out, a video that nobody sees shows one. */
async function drawFrame(track: MediaStreamTrack, signal: AbortSignal): Promise<Picture | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.setAttribute('playsinline', '');
  video.srcObject = new MediaStream([track]);
  try {
    const givenUp = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    await Promise.race([Promise.all([video.play(), firstPicture(video)]), givenUp]);
    return signal.aborted ? null : drawPicture(video, video.videoWidth, video.videoHeight);
  } catch {
    return null;
  } finally {
    video.srcObject = null;
  }
}

/** A video may play for a moment before it shows its first frame. */
function firstPicture(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    // Firefox tells of frames since version 132.
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => resolve());
    // No browser tells of frames in a page that is hidden, but that the video goes on all the same.
    video.addEventListener('timeupdate', () => {
      if (video.readyState >= HAVE_CURRENT_DATA && video.videoWidth > 0) resolve();
    });
  });
}
