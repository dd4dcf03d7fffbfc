import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { AttachmentAddress, LocatedAttachment } from '../messaging/attachments/AttachmentDesk.ts';
import type { AttachmentHttpService } from './attachmentService.ts';
import { contentDisposition } from './contentDisposition.ts';
import { queryOf } from './queryOf.ts';
import { rateLimit } from './rateLimit.ts';
import { sendFetchedFile } from './sendFetchedFile.ts';
import { sendStoredFile } from './sendStoredFile.ts';
import { sendThere } from './sendThere.ts';
import { uploadRoutes } from './uploadRoutes.ts';

const querySchema = z.strictObject({
  expires: z.string().regex(/^\d{1,12}$/),
  signature: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/** `/attachments`: uploads of files that messages carry, and the files at addresses that are signed and expire. */
export function attachmentRoutes(attachments: AttachmentHttpService, requestsPerMinute: number): Router {
  const router = Router();
  const send = async (request: Request, response: Response, part: AttachmentAddress['part']) => {
    const address = addressOf(request, part);
    const located = await attachments.locate(address);
    if ('serverUrl' in located) sendThere(response, located.serverUrl + request.originalUrl);
    else await sendAttachment(request, response, located, address.expires);
  };
  router.use('/uploads', uploadRoutes(attachments.uploads));
  const limited: RequestHandler = rateLimit(requestsPerMinute);
  router.get('/:attachmentId', limited, (request, response) => send(request, response, 'file'));
  router.get('/:attachmentId/preview', limited, (request, response) => send(request, response, 'preview'));
  return router;
}

/** Whatever is wrong with an address reads the same. */
function addressOf(request: Request, part: AttachmentAddress['part']): AttachmentAddress {
  const query = querySchema.safeParse(Object.fromEntries(queryOf(request)));
  if (!query.success) throw new ChaxiError('attachmentNotFound', { cause: query.error });
  const { expires, signature } = query.data;
  return { attachmentId: String(request.params.attachmentId), part, expires: Number(expires), signature };
}

/** Browsers show pictures and play sound; everything else is to be saved. A file never changes, but its address expires. */
function sendAttachment(request: Request, response: Response, file: LocatedAttachment, expires: number): Promise<void> {
  const { name, mimeType, fileName } = file;
  const kind = /^(image|audio)\//.test(mimeType) ? 'inline' : 'attachment';
  const maxAgeSeconds = Math.max(0, expires - Math.ceil(Date.now() / 1_000));
  const headers = {
    'Content-Type': mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType,
    'Content-Disposition': contentDisposition(kind, fileName),
    // What is compressed on its way has no ranges.
    'Cache-Control': `private, max-age=${maxAgeSeconds}, immutable, no-transform`,
    ETag: `"${name}"`,
  };
  const missing = 'attachmentNotFound';
  if ('folder' in file) return sendStoredFile(response, { folder: file.folder, name, headers, missing });
  return sendFetchedFile(request, response, { fetch: file.fetch, headers, missing });
}
