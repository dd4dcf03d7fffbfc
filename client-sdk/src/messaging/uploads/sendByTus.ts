import { DetailedError, Upload } from 'tus-js-client';
import { mayTryAgain, uploadError, type UploadAnswer } from './uploadError.ts';

export interface TusUpload {
  url: string;
  token: string;
  blob: Blob;
  progressed: (sentBytes: number) => void;
  signal: AbortSignal;
}

/** One request: on a bad network it ends within the 30 s that the server waits for it, and proxies let it through. */
const CHUNK_BYTES = 2_000_000;
/** Before further attempts, anew after each that got further. Longer pauses are for whoever called. */
const RETRY_DELAYS_MS = [0, 500, 2_000];
/** Of a network that has changed, the old connection says nothing any more, for minutes. */
const STALL_MS = 20_000;

/** Sends what the server has not yet of a file, from where that is. @throws ChaxiError */
export function sendByTus({ url, token, blob, progressed, signal }: TusUpload): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(stall);
      signal.removeEventListener('abort', abort);
      settle();
    };
    const give = (error: Error) => {
      void upload.abort();
      end(() => reject(error));
    };
    const abort = () => give(uploadError(undefined, signal.reason));
    const watch = () => setTimeout(() => give(uploadError(undefined, new Error('The upload stands still.'))), STALL_MS);
    let stall = watch();
    const upload = new Upload(blob, {
      uploadUrl: url,
      headers: { Authorization: `Bearer ${token}` },
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      // Where the file goes is kept with its message, not by its name and size.
      storeFingerprintForResuming: false,
      onShouldRetry: (error) => mayTryAgain(answerOf(error)),
      onProgress: (sentBytes) => {
        clearTimeout(stall);
        stall = watch();
        progressed(sentBytes);
      },
      onSuccess: () => end(resolve),
      onError: (error) => end(() => reject(uploadError(answerOf(error), error))),
    });
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    else upload.start();
  });
}

function answerOf(error: Error): UploadAnswer | undefined {
  const answer = error instanceof DetailedError ? error.originalResponse : null;
  return answer ? { status: answer.getStatus(), body: answer.getBody() } : undefined;
}
