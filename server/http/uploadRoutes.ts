import { Router, type Request, type RequestHandler, type Response } from 'express';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import type { UploadProgress } from '../messaging/attachments/Uploads.ts';
import type { UploadPermit } from '../messaging/attachments/uploadTokens.ts';
import type { UploadService } from './attachmentService.ts';
import { bearerOf } from './bearerOf.ts';

/** Version of the protocol (https://tus.io/protocols/resumable-upload), with the extension `termination`. */
const TUS_VERSION = '1.0.0';
const TUS_CONTENT = 'application/offset+octet-stream';

/**
 * Uploads by tus 1.0, each begun by the request `createAttachment`, never here. Beside the file goes its preview.
 * docs/protocol.md describes it.
 */
export function uploadRoutes(uploads: UploadService): Router {
  const router = Router();

  router.put('/:attachmentId/preview', async (request, response) => {
    const permit = permitOf(request);
    if (bodyBytesOf(request) > limits.attachmentPreviewBytes) throw new ChaxiError('fileTooLarge');
    await uploads.receivePreview(permit, request);
    response.status(204).set('Cache-Control', 'no-store').end();
  });

  router.use(tus);

  router.head('/:attachmentId', async (request, response) => {
    const progress = await uploads.progressOf(permitOf(request));
    tell(response, progress).status(200).set('Upload-Length', String(progress.sizeBytes)).end();
  });

  router.patch('/:attachmentId', async (request, response) => {
    const permit = permitOf(request);
    const offset = offsetOf(request);
    if (request.get('Content-Type') !== TUS_CONTENT) {
      throw new ChaxiError('badRequest', { message: `The Content-Type must be ${TUS_CONTENT}.` });
    }
    tell(response, await uploads.append(permit, offset, request))
      .status(204)
      .end();
  });

  router.delete('/:attachmentId', async (request, response) => {
    await uploads.discard(permitOf(request));
    response.status(204).set('Cache-Control', 'no-store').end();
  });

  return router;
}

/** Of whoever speaks another version nothing is done. */
const tus: RequestHandler = (request, response, next) => {
  response.set('Tus-Resumable', TUS_VERSION);
  if (request.get('Tus-Resumable') === TUS_VERSION) {
    next();
    return;
  }
  const error = new ChaxiError('badRequest', { message: `The header Tus-Resumable must be ${TUS_VERSION}.` });
  response.status(412).set({ 'Tus-Version': TUS_VERSION, 'Cache-Control': 'no-store' }).json({ error: error.toBody() });
};

function permitOf(request: Request): UploadPermit {
  return { attachmentId: String(request.params.attachmentId), token: bearerOf(request) };
}

function offsetOf(request: Request): number {
  const given = request.get('Upload-Offset') ?? '';
  if (!/^\d{1,15}$/.test(given)) {
    throw new ChaxiError('badRequest', { message: 'The header Upload-Offset must say where the bytes belong.' });
  }
  return Number(given);
}

function tell(response: Response, { offset }: UploadProgress): Response {
  return response.set({ 'Upload-Offset': String(offset), 'Cache-Control': 'no-store' });
}

/** As the request says, before any of it is read. */
function bodyBytesOf(request: Request): number {
  return Number(request.get('Content-Length') ?? 0);
}
