import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { judgeRefusedNote } from './noteSendPolicy.ts';

export interface NoteSenderOptions {
  /** Teas whose notes wait. */
  waiting: () => readonly string[];
  /** Something can be sent now. */
  isReady: () => boolean;
  /** @throws ChaxiError why what waits of this tea was not stored */
  send: (teaId: string) => Promise<void>;
  /** The server will never take it. */
  drop: (teaId: string, error: ChaxiError) => void;
  /** Nothing waits any more. */
  done: () => void;
}

/** Words come in letters: so long after the last one they are sent. */
const SEND_DELAY_MS = 1_000;

/** Decides when what waits is sent: one tea after the other. */
export class NoteSender {
  readonly #options: NoteSenderOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<ChaxiError | null> | null = null;
  #failures = 0;

  constructor(options: NoteSenderOptions) {
    this.#options = options;
  }

  /** Something changed. */
  soon(delayMs = SEND_DELAY_MS): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), delayMs);
  }

  /** Resolves with null when all that waits is stored, or will never be, and else with why it still waits. */
  async now(): Promise<ChaxiError | null> {
    // What is on its way may be older than the last change.
    await this.#running;
    this.#running ??= this.#sendAll().finally(() => (this.#running = null));
    return this.#running;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #sendAll(): Promise<ChaxiError | null> {
    clearTimeout(this.#timer);
    const { waiting, isReady, done } = this.#options;
    const teaIds = waiting();
    if (teaIds.length === 0) return null;
    let kept: ChaxiError | null = null;
    let retryMs: number | null = null;
    for (const teaId of teaIds) {
      if (!isReady()) return kept ?? new ChaxiError('connectionLost');
      const failure = await this.#sendOne(teaId);
      if (!failure) continue;
      kept = failure.error;
      if (failure.retryMs !== null) retryMs = failure.retryMs;
    }
    if (retryMs !== null) this.soon(retryMs);
    if (waiting().length === 0) done();
    else if (!kept) this.soon();
    return kept;
  }

  /** @returns why it still waits, and when to send it again */
  async #sendOne(teaId: string): Promise<{ error: ChaxiError; retryMs: number | null } | null> {
    try {
      await this.#options.send(teaId);
      this.#failures = 0;
      return null;
    } catch (thrown) {
      const error = thrown instanceof ChaxiError ? thrown : new ChaxiError('internal', { cause: thrown });
      const verdict = judgeRefusedNote({ code: error.code, failures: this.#failures });
      if (verdict.do === 'drop') {
        this.#options.drop(teaId, error);
        return null;
      }
      if (verdict.do === 'wait') return { error, retryMs: null };
      this.#failures += 1;
      return { error, retryMs: verdict.delayMs };
    }
  }
}
