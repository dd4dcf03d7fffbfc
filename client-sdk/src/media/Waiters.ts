/** Those who wait for the same thing to happen, and learn why where it does not. */
export class Waiters {
  readonly #waiting = new Set<{ resolve: () => void; reject: (error: Error) => void }>();

  get size(): number {
    return this.#waiting.size;
  }

  wait(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.add({ resolve, reject }));
  }

  resolve(): void {
    for (const { resolve } of this.#waiting) resolve();
    this.#waiting.clear();
  }

  reject(error: Error): void {
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting.clear();
  }
}
