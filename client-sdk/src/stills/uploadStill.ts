import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { uploadRetryDelay } from '../policies/uploadRetryPolicy.ts';

export interface PictureUpload {
  url: string;
  token: string;
  blob: Blob;
  /** From now on; the server takes nothing later. */
  timeoutMs: number;
  /** The first failure is the last. */
  once?: boolean;
  signal: AbortSignal;
}

/**
 * Sends a picture to the server, again where the network or the server fails, until it is too late.
 * @throws ChaxiError what the server answered; serverUnreachable where it did not in time, or when aborted
 */
export async function uploadStill({ url, token, blob, timeoutMs, once = false, signal }: PictureUpload): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = setTimeout(stop, Math.max(0, timeoutMs));
  signal.addEventListener('abort', stop);
  if (signal.aborted || timeoutMs <= 0) stop();
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': blob.type };
  try {
    for (let attempt = 0; ; attempt++) {
      const failure = await put(url, { headers, body: blob, signal: controller.signal });
      if (failure === null) return;
      const { status, error } = failure;
      const delayMs = uploadRetryDelay({ attempt, status, remainingMs: deadline - performance.now() });
      if (once || delayMs === null || controller.signal.aborted) throw error;
      await sleep(delayMs, controller.signal);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** @returns null when the server has the picture; `status` is null where nothing was answered */
async function put(url: string, request: RequestInit): Promise<{ status: number | null; error: ChaxiError } | null> {
  try {
    const response = await fetch(url, { ...request, method: 'PUT', credentials: 'omit', cache: 'no-store' });
    if (response.ok) return null;
    const body = (await response.json().catch(() => null)) as { error?: unknown } | null;
    return { status: response.status, error: errorOf(response.status, body?.error) };
  } catch (error) {
    return { status: null, error: new ChaxiError('serverUnreachable', { cause: error }) };
  }
}

/** What is between here and the server may refuse a large body in its own words. */
function errorOf(status: number, body: unknown): ChaxiError {
  const error = ChaxiError.fromBody(body);
  return status === 413 && error.code === 'internal' ? new ChaxiError('pictureTooLarge', { cause: error }) : error;
}

/** Ends early when aborted. */
function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal.addEventListener('abort', end);
  });
}
