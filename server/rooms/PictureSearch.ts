import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { TokenBucket } from '../base/TokenBucket.ts';

export interface PictureSearchOptions {
  /** Asks the other nodes for the one that has a picture. Rejects with `stillNotFound` where none has, and with what keeps some from answering. */
  ask: (key: string) => Promise<string>;
  isThere: (nodeId: string) => boolean;
}

interface Known {
  /** Null where no node had it. */
  nodeId: string | null;
  until: number;
}

/** Of 32 bytes in base64url. */
const KEY = /^[A-Za-z0-9_-]{43}$/;

/** A picture stays where it is until it is removed, and then that node says so itself. */
const FOUND_MS = 600_000;

/** An address is told when the picture is there: who asks too early knows it from nobody. Only a node that was away brings pictures back. */
const MISSED_MS = 10_000;

const KEPT_ANSWERS = 10_000;

/** Each search is a question to every node, so strangers with many addresses must not be able to have them all searched for. */
const SEARCHES = { perSecond: 100, burst: 300 };

/** Which other node has the picture at an address. Answers are kept for a while. */
export class PictureSearch {
  readonly #options: PictureSearchOptions;
  /** By key, the latest last. */
  readonly #known = new Map<string, Known>();
  readonly #searching = new Map<string, Promise<string>>();
  readonly #searches = new TokenBucket(SEARCHES, performance.now());

  constructor(options: PictureSearchOptions) {
    this.#options = options;
  }

  /** @throws stillNotFound, rateLimited, nodeUnavailable, clusterUnavailable, storageUnavailable */
  async find(key: string): Promise<string> {
    if (!KEY.test(key)) throw new ChaxiError('stillNotFound');
    const now = performance.now();
    const known = this.#known.get(key);
    if (known && known.until > now) {
      if (known.nodeId === null) throw new ChaxiError('stillNotFound');
      if (this.#options.isThere(known.nodeId)) return known.nodeId;
    }
    const searching = this.#searching.get(key);
    if (searching) return searching;
    if (!this.#searches.take(now)) throw new ChaxiError('rateLimited');
    const search = this.#search(key).finally(() => this.#searching.delete(key));
    this.#searching.set(key, search);
    return search;
  }

  async #search(key: string): Promise<string> {
    try {
      const nodeId = await this.#options.ask(key);
      this.#remember(key, { nodeId, until: performance.now() + FOUND_MS });
      return nodeId;
    } catch (error) {
      if (error instanceof ChaxiError && error.code === 'stillNotFound') {
        this.#remember(key, { nodeId: null, until: performance.now() + MISSED_MS });
      }
      throw error;
    }
  }

  #remember(key: string, known: Known): void {
    this.#known.delete(key);
    this.#known.set(key, known);
    for (const oldest of this.#known.keys()) if (this.#known.size > KEPT_ANSWERS) this.#known.delete(oldest);
  }
}
