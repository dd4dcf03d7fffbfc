import type { MediaTransport } from './MediaTransport.ts';

/** A transport that was closed in the midst of it has been replaced, and the next step is another one. */
export async function unlessClosed<T>(transport: MediaTransport, step: Promise<T>): Promise<T | undefined> {
  try {
    return await step;
  } catch (error) {
    if (transport.closed) return undefined;
    throw error;
  }
}
