/** Something to watch: `changed()` tells everyone who subscribed that they may read again. */
export class Observable {
  readonly #listeners = new Set<() => void>();

  /** Returns the function that ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
