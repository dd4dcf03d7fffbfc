import { limits } from '../../protocol/limits.ts';
import type { StillInfo } from '../../protocol/stills.ts';
import type { StillRow } from './schema.ts';

/** Path below which pictures are served. */
export const STILLS_PATH = '/stills';

/** What everyone in the room may know of a still. */
export function stillInfo(row: StillRow): StillInfo {
  const { stillId, accessKey, mimeType, width, height, sizeBytes, takenAt, source, colorCorrected } = row;
  return {
    stillId,
    path: `${STILLS_PATH}/${accessKey}`,
    previewPath: previewPath(row),
    mimeType,
    width,
    height,
    sizeBytes,
    takenAt,
    source,
    takenFrom: { identity: row.takenFromIdentity, name: row.takenFromName },
    requestedBy: { identity: row.requestedByIdentity, name: row.requestedByName },
    colorCorrected: colorCorrected === 1,
  };
}

/** A picture of a few bytes may have many pixels, so only a small one stands in for its preview. */
function previewPath({ accessKey, previewKey, width, height }: StillRow): string | null {
  if (previewKey !== null) return `${STILLS_PATH}/${previewKey}`;
  return width * height <= limits.stillPreviewPixels ? `${STILLS_PATH}/${accessKey}` : null;
}
