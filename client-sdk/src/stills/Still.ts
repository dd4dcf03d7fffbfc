import type { StillInfo } from '../../../protocol/stills.ts';
import { httpUrl } from '../signaling/httpUrl.ts';

/** A picture that a camera of the room took at its full resolution. It is kept with the room. */
export interface Still extends Omit<StillInfo, 'serverUrl' | 'path' | 'previewPath'> {
  /** Of the picture, for `<img src>`. Whoever has it sees the picture, without a token; nobody can guess it. */
  url: string;
  /**
   * Of a small picture of it (longest side 480 pixels), for lists, on the same terms. Where there is none, `url` itself if
   * the still is as small, else null.
   */
  previewUrl: string | null;
}

/** Sources that stills can be taken of. */
export type StillSource = StillInfo['source'];

/** Who asks an own camera for a still. */
export interface StillRequest {
  stillId: string;
  source: StillSource;
  requestedBy: { participantId: string; name: string };
}

/** Which part of the stills to list. */
export interface StillPage {
  /** Only those that are older than the still with this id. */
  before?: string;
  /** At most this many, 1 to 100. Default 100. */
  limit?: number;
}

/** @internal @param askedUrl The server that told of it. */
export function toStill(askedUrl: string, { serverUrl = askedUrl, path, previewPath, ...info }: StillInfo): Still {
  return { ...info, url: httpUrl(serverUrl, path), previewUrl: previewPath && httpUrl(serverUrl, previewPath) };
}
