/**
 * The next frame of a track, which stays open for others to read. Null where none comes: the track has ended, or the wait was
 * given up by `signal`. The frame is the caller's to close.
 */
export async function firstFrame(track: MediaStreamTrack, signal: AbortSignal): Promise<VideoFrame | null> {
  // An ended track is refused.
  if (track.readyState === 'ended' || signal.aborted) return null;
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const giveUp = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', giveUp);
  try {
    const { value } = await reader.read();
    return value ?? null;
  } finally {
    signal.removeEventListener('abort', giveUp);
    giveUp();
  }
}
