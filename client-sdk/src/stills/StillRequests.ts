import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { isErrorCode } from '../../../protocol/errorCodes.ts';
import { Deferred } from '../session/Deferred.ts';
import type { Still } from './Still.ts';

/** The server says when a still does not come in time; this much later it must be that its word was lost with the socket. */
const GRACE_MS = 15_000;

/** Those who asked for a still and wait until it is there. */
export class StillRequests {
  readonly #waiting = new Map<string, { deferred: Deferred<Still>; timer: ReturnType<typeof setTimeout> }>();
  #closed = false;

  get pending(): number {
    return this.#waiting.size;
  }

  /**
   * Several may wait for one still.
   *
   * @param timeoutMs In which it must come, as the server says.
   * @throws ChaxiError why it does not come
   */
  wait(stillId: string, timeoutMs: number): Promise<Still> {
    const known = this.#waiting.get(stillId);
    if (known) return known.deferred.promise;
    if (this.#closed) return Promise.reject(new ChaxiError('invalidState'));
    const deferred = new Deferred<Still>();
    const timer = setTimeout(() => this.#reject(stillId, new ChaxiError('stillTimeout')), timeoutMs + GRACE_MS);
    this.#waiting.set(stillId, { deferred, timer });
    return deferred.promise;
  }

  added(still: Still): void {
    this.#settle(still.stillId)?.resolve(still);
  }

  failed(stillId: string, code: string): void {
    this.#reject(stillId, new ChaxiError(isErrorCode(code) ? code : 'internal'));
  }

  close(): void {
    this.#closed = true;
    for (const stillId of [...this.#waiting.keys()]) this.#reject(stillId, new ChaxiError('invalidState'));
  }

  #reject(stillId: string, error: ChaxiError): void {
    this.#settle(stillId)?.reject(error);
  }

  #settle(stillId: string): Deferred<Still> | undefined {
    const entry = this.#waiting.get(stillId);
    clearTimeout(entry?.timer);
    this.#waiting.delete(stillId);
    return entry?.deferred;
  }
}
