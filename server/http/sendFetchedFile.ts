import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';
import type { FileElsewhere } from '../storage/attachments/AttachmentFiles.ts';
import { harmlessHeaders } from './sendStoredFile.ts';

export interface FetchedAnswer extends Pick<FileElsewhere, 'fetch'> {
  /** Set when the file is there: an answer that is an error is not the file. */
  headers: Record<string, string>;
  /** What is said where there is no such file. */
  missing: ErrorCode;
}

/** A file that people sent, as it comes from a bucket. `HEAD`, ranges and 304 are answered as for one on the disk. */
export async function sendFetchedFile(
  request: Request,
  response: Response,
  { fetch, headers, missing }: FetchedAnswer,
): Promise<void> {
  const { status, body, ...file } = await fetch(request.get('Range')).catch((error: unknown) => {
    throw new ChaxiError('storageUnavailable', { cause: error });
  });
  if (status === 404) {
    body.destroy();
    throw new ChaxiError(missing);
  }
  response.status(status).set(file.headers);
  if (status === 416) {
    body.destroy();
    response.removeHeader('Content-Length');
    response.set('Cache-Control', 'no-store').end();
    return;
  }
  response.set({ 'Accept-Ranges': 'bytes', ...headers, ...harmlessHeaders });
  if (request.fresh || request.method === 'HEAD') {
    body.destroy();
    if (request.fresh) {
      response.removeHeader('Content-Length');
      response.status(304);
    }
    response.end();
    return;
  }
  await pipeline(body, response).catch((error: NodeJS.ErrnoException) => {
    // Who has gone away needs no answer; half of one is cut, so that it does not look like a whole one.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw new ChaxiError('storageUnavailable', { cause: error });
  });
}
