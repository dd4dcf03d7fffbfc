import type { RealtimeRequester } from '../connection/RealtimeConnection.ts';

/** Several messages that come at once are acknowledged at once. */
const COALESCE_MS = 150;
const RETRY_MS = 3_000;

export interface ReadMarksOptions {
  conversationId: string;
  request: RealtimeRequester;
  live: () => boolean;
  failed: (error: unknown) => void;
}

/** Tells the server how far this person has received and read; again until it knows, also over lost connections. */
export class ReadMarks {
  readonly #options: ReadMarksOptions;
  /** What is wanted, and what the server knows. */
  readonly #wanted = { delivered: 0, read: 0 };
  readonly #told = { delivered: 0, read: 0 };
  #timer: ReturnType<typeof setTimeout> | null = null;
  #telling = false;

  constructor(options: ReadMarksOptions) {
    this.#options = options;
  }

  get readSeq(): number {
    return this.#wanted.read;
  }

  /** What the server says of this person, whichever device told it. */
  known(deliveredSeq: number, readSeq: number): void {
    this.#told.read = Math.max(this.#told.read, readSeq);
    this.#told.delivered = Math.max(this.#told.delivered, deliveredSeq, readSeq);
    this.#wanted.read = Math.max(this.#wanted.read, readSeq);
  }

  delivered(seq: number): void {
    this.#wanted.delivered = Math.max(this.#wanted.delivered, seq);
    this.#schedule(COALESCE_MS);
  }

  read(seq: number): void {
    this.#wanted.read = Math.max(this.#wanted.read, seq);
    this.#schedule(COALESCE_MS);
  }

  /** There is a connection again. */
  resume(): void {
    this.#schedule(COALESCE_MS);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  get #isBehind(): boolean {
    return this.#wanted.read > this.#told.read || this.#wanted.delivered > this.#told.delivered;
  }

  #schedule(delayMs: number): void {
    if (this.#timer !== null || this.#telling || !this.#isBehind || !this.#options.live()) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#tell();
    }, delayMs);
  }

  async #tell(): Promise<void> {
    const { conversationId, request, failed } = this.#options;
    const { read, delivered } = this.#wanted;
    this.#telling = true;
    let delayMs = COALESCE_MS;
    try {
      if (read > this.#told.read) {
        await request('markRead', { conversationId, seq: read });
        this.known(read, read);
      }
      if (delivered > this.#told.delivered) {
        await request('markDelivered', { conversationId, seq: delivered });
        this.#told.delivered = Math.max(this.#told.delivered, delivered);
      }
    } catch (error) {
      failed(error);
      delayMs = RETRY_MS;
    }
    this.#telling = false;
    this.#schedule(delayMs);
  }
}
