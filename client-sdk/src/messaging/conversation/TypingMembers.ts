/** Nobody who was not heard of for this long is shown any more; protocol/realtime.ts. */
const SHOWN_MS = 5_000;
/** Between two notices of one's own. */
const SAID_EVERY_MS = 3_000;

export interface TypingOptions {
  say: () => void;
  changed: () => void;
}

/** Who writes at this moment. */
export class TypingMembers {
  readonly #options: TypingOptions;
  readonly #shown = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();
  #saidAt = -Infinity;

  constructor(options: TypingOptions) {
    this.#options = options;
  }

  get list(): readonly { readonly identity: string; readonly name: string }[] {
    return [...this.#shown].map(([identity, { name }]) => ({ identity, name }));
  }

  /** This person writes. */
  say(): void {
    if (performance.now() - this.#saidAt < SAID_EVERY_MS) return;
    this.#saidAt = performance.now();
    this.#options.say();
  }

  /** This person has sent what was written: the next key is said at once. */
  sent(): void {
    this.#saidAt = -Infinity;
  }

  show(identity: string, name: string): void {
    const before = this.#shown.get(identity);
    clearTimeout(before?.timer);
    const timer = setTimeout(() => this.hide(identity), SHOWN_MS);
    this.#shown.set(identity, { name, timer });
    if (!before) this.#options.changed();
  }

  /** What someone wrote has come, or it was nothing. */
  hide(identity: string): void {
    const shown = this.#shown.get(identity);
    if (!shown) return;
    clearTimeout(shown.timer);
    this.#shown.delete(identity);
    this.#options.changed();
  }

  close(): void {
    for (const { timer } of this.#shown.values()) clearTimeout(timer);
    this.#shown.clear();
  }
}
