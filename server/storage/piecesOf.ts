import type { Readable } from 'node:stream';
import { ChaxiError } from '../../protocol/ChaxiError.ts';

/**
 * The chunks of what is being sent. Tells failures of the stream from those of whoever takes them, and leaves the stream open for
 * an answer. @throws badRequest where it breaks off
 */
export async function* piecesOf(body: Readable): AsyncGenerator<Buffer> {
  try {
    yield* body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof ChaxiError) throw error;
    throw new ChaxiError('badRequest', { message: 'The upload broke off. Send it again.', cause: error });
  }
}
