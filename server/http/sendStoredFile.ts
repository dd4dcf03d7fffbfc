import type { Response } from 'express';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ErrorCode } from '../../protocol/errorCodes.ts';

/** Of express' `sendFile`: the disk's error, with the answer that it makes of it. */
type SendError = NodeJS.ErrnoException & { status?: number; headers?: Record<string, string> };

export interface StoredFile {
  folder: string;
  name: string;
  /** Set when the file is there: an answer that is an error is not the file. */
  headers: Record<string, string>;
  /** What is said where there is no such file. */
  missing: ErrorCode;
}

/** Of what people sent: pages of any origin may show it, and it runs nothing. */
export const harmlessHeaders = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** A file that people sent, from the disk. `HEAD`, ranges and 304 are express' own. */
export async function sendStoredFile(
  response: Response,
  { folder, name, missing, ...file }: StoredFile,
): Promise<void> {
  const headers = { ...file.headers, ...harmlessHeaders };
  const options = { root: folder, headers, cacheControl: false, lastModified: false, etag: false } as const;
  await new Promise<void>((resolve, reject) => {
    response.sendFile(name, options, (error?: SendError) => {
      // Who has gone away needs no answer.
      if (!error || error.code === 'ECONNABORTED') resolve();
      else if (error.status === 416) resolve(refuseRange(response, error.headers));
      else reject(new ChaxiError(error.code === 'ENOENT' ? missing : 'storageUnavailable', { cause: error }));
    });
  });
}

/** RFC 9110 section 15.5.17: says how long the file is. */
function refuseRange(response: Response, headers: SendError['headers']): void {
  for (const name of ['Content-Type', 'Content-Disposition', 'ETag']) response.removeHeader(name);
  response
    .status(416)
    .set({ ...headers, 'Cache-Control': 'no-store' })
    .end();
}
