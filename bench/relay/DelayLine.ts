interface Waiting {
  atMs: number;
  deliver: () => void;
}

/**
 * Runs deliveries at their times, on the clock of performance.now(): never early, and at most about a millisecond late,
 * which is what timers of Node resolve. What is due at once, with nothing before it, does not wait for a timer.
 */
export class DelayLine {
  readonly #waiting: Waiting[] = [];
  /** Of the first that still waits. */
  #head = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAtMs = Infinity;

  push(atMs: number, deliver: () => void): void {
    if (this.#head === this.#waiting.length && atMs <= performance.now()) {
      deliver();
      return;
    }
    let index = this.#waiting.length;
    while (index > this.#head && this.#waiting[index - 1]!.atMs > atMs) index--;
    if (index === this.#waiting.length) this.#waiting.push({ atMs, deliver });
    else this.#waiting.splice(index, 0, { atMs, deliver });
    this.#arm();
  }

  #arm(): void {
    const first = this.#waiting[this.#head];
    if (!first || first.atMs >= this.#timerAtMs) return;
    clearTimeout(this.#timer);
    this.#timerAtMs = first.atMs;
    this.#timer = setTimeout(() => this.#run(), Math.max(1, Math.floor(first.atMs - performance.now())));
  }

  #run(): void {
    this.#timerAtMs = Infinity;
    let now = performance.now();
    while (this.#head < this.#waiting.length && this.#waiting[this.#head]!.atMs <= now) {
      this.#waiting[this.#head++]!.deliver();
      if (this.#head % 64 === 0) now = performance.now();
    }
    if (this.#head === this.#waiting.length || this.#head > 1_024) {
      this.#waiting.splice(0, this.#head);
      this.#head = 0;
    }
    this.#arm();
  }
}
