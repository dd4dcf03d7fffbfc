/** A localStorage that is full or forbidden when the test says so. */
export class FakeStorage implements Storage {
  isFull = false;
  isForbidden = false;
  readonly #items = new Map<string, string>();

  get length(): number {
    return this.#items.size;
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    this.#assertAllowed();
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#assertAllowed();
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#assertAllowed();
    this.#items.delete(key);
  }

  clear(): void {
    this.#items.clear();
  }

  #assertAllowed(): void {
    if (this.isForbidden) throw new DOMException('forbidden', 'SecurityError');
  }
}
