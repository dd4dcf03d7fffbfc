import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import { pictureTypes } from '../../protocol/pictureTypes.ts';
import { parseInput } from '../base/parseInput.ts';
import type { LocatedPicture } from '../storage/StillArchive.ts';
import { bearerOf } from './bearerOf.ts';
import { queryOf } from './queryOf.ts';
import { rateLimit } from './rateLimit.ts';
import { sendStoredFile } from './sendStoredFile.ts';
import { sendThere } from './sendThere.ts';
import type { StillService } from './stillService.ts';

const previewQuerySchema = z.strictObject({});
const uploadQuerySchema = z.strictObject({ corrected: z.enum(['0', '1']).default('0') });

/**
 * `/stills`: pages that were asked for a still send it to `uploads/…`; everything else is the address of a
 * picture or of its preview, which is its own permission. docs/protocol.md describes both.
 */
export function stillRoutes(stills: StillService, maxBytes: number, requestsPerMinute: number): Router {
  const router = Router();

  router.put('/uploads/:stillId', async (request, response) => {
    const still = stills.findExpected(request.params.stillId, bearerOf(request));
    const { corrected } = parseInput(uploadQuerySchema, Object.fromEntries(queryOf(request)));
    if (saysLargerThan(maxBytes, request)) {
      still.fail('pictureTooLarge');
      throw new ChaxiError('pictureTooLarge');
    }
    const info = await still.receive(request, corrected === '1');
    response.status(201).location(info.path).set('Cache-Control', 'no-store').json({ still: info });
  });

  router.put('/uploads/:stillId/preview', async (request, response) => {
    const still = stills.findExpected(request.params.stillId, bearerOf(request));
    parseInput(previewQuerySchema, Object.fromEntries(queryOf(request)));
    if (saysLargerThan(limits.stillPreviewBytes, request)) throw new ChaxiError('pictureTooLarge');
    await still.receivePreview(request);
    response.status(204).set('Cache-Control', 'no-store').end();
  });

  // Who looks, and behind one address there may be many, must not keep a camera from sending.
  router.get('/:key', rateLimit(requestsPerMinute), async (request, response) => {
    const picture = await stills.locatePicture(String(request.params.key));
    if ('url' in picture) sendThere(response, picture.url);
    else await sendPicture(response, picture);
  });

  return router;
}

/** Nothing of it needs to be read then. */
function saysLargerThan(maxBytes: number, request: Request): boolean {
  return Number(request.get('Content-Length') ?? 0) > maxBytes;
}

/** A picture never changes, and does nothing but show itself. */
function sendPicture(response: Response, picture: LocatedPicture): Promise<void> {
  const { folder, name, mimeType } = picture;
  const headers = {
    'Content-Type': mimeType,
    'Content-Disposition': `inline; filename="${fileNameOf(picture)}"`,
    'Cache-Control': 'private, max-age=31536000, immutable',
    ETag: `"${name}"`,
  };
  return sendStoredFile(response, { folder, name, headers, missing: 'stillNotFound' });
}

/** For whoever saves it: `teaCloseUp-2026-11-22T19-50-45Z.jpg` */
function fileNameOf({ still, kind, mimeType }: LocatedPicture): string {
  const time = new Date(still.takenAt).toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  return `${still.source}-${time}${kind === 'preview' ? '-preview' : ''}.${pictureTypes[mimeType]}`;
}
