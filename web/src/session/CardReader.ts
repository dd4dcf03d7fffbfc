import type { CardReading, Picture } from '../../../client-sdk/src/color/index.ts';
import { ChaxiError, type ErrorCode } from '../../../client-sdk/src/index.ts';

/** Finds the color card in pictures, in a worker that is loaded when the first one is given. */
export class CardReader {
  readonly #url: string;
  #worker: Worker | null = null;
  /** Answers come in the order of the pictures. */
  readonly #waiting: { resolve(reading: CardReading | null): void; reject(error: ChaxiError): void }[] = [];

  /** `server`: where the pages of this room come from. */
  constructor(server: string) {
    this.#url = new URL('/workers/readCard.js', server).href;
  }

  /**
   * The pixels of the picture are handed over and gone afterwards.
   * @returns null where there is no card in it
   * @throws ChaxiError browserUnsupported where the page allows no worker or the worker can not be loaded; invalidState when
   *   the reader is closed meanwhile
   */
  read(picture: Picture): Promise<CardReading | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      try {
        this.#worker ??= this.#open();
        this.#worker.postMessage(picture, [picture.data.buffer]);
      } catch {
        this.close('browserUnsupported');
      }
    });
  }

  /** It opens again with the next picture. */
  close(code: ErrorCode = 'invalidState'): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.splice(0)) reject(new ChaxiError(code));
  }

  #open(): Worker {
    const worker = openWorker(this.#url);
    worker.onmessage = ({ data }: MessageEvent<CardReading | null>) => this.#waiting.shift()?.resolve(data);
    worker.onerror = () => this.close('browserUnsupported');
    return worker;
  }
}

/** A worker has to be of the page's own origin: in the page of a shop a script of that origin loads ours. */
function openWorker(url: string): Worker {
  if (new URL(url).origin === location.origin) return new Worker(url);
  const script = new Blob([`importScripts(${JSON.stringify(url)})`], { type: 'text/javascript' });
  const own = URL.createObjectURL(script);
  try {
    return new Worker(own);
  } finally {
    URL.revokeObjectURL(own);
  }
}
