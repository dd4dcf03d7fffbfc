export interface PacedCallsOptions {
  /** Between two calls for the same key, at least. */
  intervalMs: number;
  run: (key: string) => void;
}

/** Of what may happen very often, one call in a while: at once, or when the time since the one before is over. */
export class PacedCalls {
  readonly #options: PacedCallsOptions;
  readonly #pausing = new Map<string, { timer: NodeJS.Timeout; isAsked: boolean }>();

  constructor(options: PacedCallsOptions) {
    this.#options = options;
  }

  ask(key: string): void {
    const pause = this.#pausing.get(key);
    if (pause) pause.isAsked = true;
    else this.#call(key);
  }

  /** What waits is not called any more. */
  close(): void {
    for (const { timer } of this.#pausing.values()) clearTimeout(timer);
    this.#pausing.clear();
  }

  #call(key: string): void {
    const { intervalMs, run } = this.#options;
    const timer = setTimeout(() => {
      this.#pausing.delete(key);
      if (pause.isAsked) this.#call(key);
    }, intervalMs);
    const pause = { timer, isAsked: false };
    this.#pausing.set(key, pause);
    run(key);
  }
}
