/** What voice messages are recorded as, the best first: Opus where the browser can, and what Safari writes where it can not. */
const FORMATS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4;codecs=mp4a.40.2', 'audio/mp4'] as const;

/** The media type to record; null where the browser records none of those that the server takes. */
export function chooseVoiceFormat(isSupported: (mimeType: string) => boolean): string | null {
  return FORMATS.find(isSupported) ?? null;
}
