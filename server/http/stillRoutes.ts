import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import { pictureTypes } from '../../protocol/pictureTypes.ts';
import { parseInput } from '../base/parseInput.ts';
import type { LocatedPicture } from '../storage/StillArchive.ts';
import { queryOf } from './queryOf.ts';
import { rateLimit } from './rateLimit.ts';
import type { StillService } from './stillService.ts';

/** Of express' `sendFile`: the disk's error, with the answer that it makes of it. */
type SendError = NodeJS.ErrnoException & { status?: number; headers?: Record<string, string> };

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

/** RFC 6750 section 2.1. */
function bearerOf(request: Request): string {
  const token = /^Bearer ([A-Za-z0-9_-]{1,128})$/i.exec(request.get('Authorization') ?? '')?.[1];
  if (token === undefined) throw new ChaxiError('tokenMissing');
  return token;
}

/** Nothing of it needs to be read then. */
function saysLargerThan(maxBytes: number, request: Request): boolean {
  return Number(request.get('Content-Length') ?? 0) > maxBytes;
}

/**
 * Nodes reach each other by Redis and media ports alone, browsers reach each by its own address: so they get the picture there, with
 * the method and range that they asked for. They may keep this for as long as a node takes to be replaced at another address.
 */
function sendThere(response: Response, url: string): void {
  // Without it a page of another origin that shows the picture would not follow.
  response.set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Cache-Control': 'private, max-age=60' });
  response.redirect(307, url);
}

/** A picture never changes, and does nothing but show itself. `HEAD`, ranges and 304 are express' own. */
async function sendPicture(response: Response, picture: LocatedPicture): Promise<void> {
  const { folder, name, mimeType } = picture;
  // Set when the file is there: an answer that is an error is not a picture.
  const headers = {
    'Content-Type': mimeType,
    'Content-Disposition': `inline; filename="${fileNameOf(picture)}"`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'private, max-age=31536000, immutable',
    ETag: `"${name}"`,
  };
  const options = { root: folder, headers, cacheControl: false, lastModified: false, etag: false } as const;
  await new Promise<void>((resolve, reject) => {
    response.sendFile(name, options, (error?: SendError) => {
      // Who has gone away needs no answer.
      if (!error || error.code === 'ECONNABORTED') resolve();
      else if (error.status === 416) resolve(refuseRange(response, error.headers));
      else reject(new ChaxiError(error.code === 'ENOENT' ? 'stillNotFound' : 'storageUnavailable', { cause: error }));
    });
  });
}

/** RFC 9110 section 15.5.17: says how long the picture is. */
function refuseRange(response: Response, headers: SendError['headers']): void {
  for (const name of ['Content-Type', 'Content-Disposition', 'ETag']) response.removeHeader(name);
  response
    .status(416)
    .set({ ...headers, 'Cache-Control': 'no-store' })
    .end();
}

/** For whoever saves it: `teaCloseUp-2026-11-22T19-50-45Z.jpg` */
function fileNameOf({ still, kind, mimeType }: LocatedPicture): string {
  const time = new Date(still.takenAt).toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  return `${still.source}-${time}${kind === 'preview' ? '-preview' : ''}.${pictureTypes[mimeType]}`;
}
