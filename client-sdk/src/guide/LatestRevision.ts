/**
 * What the server told last of something that grows by revisions. An older one never takes the place of a newer one, but for the
 * first after a welcome: it is of this node, and one that lost what it had begins its count anew.
 */
export class LatestRevision<T extends { revision: number }> {
  #value: T | null = null;
  #told = false;

  get value(): T | null {
    return this.#value;
  }

  /** Something was told since the last welcome. */
  get told(): boolean {
    return this.#told;
  }

  welcomed(): void {
    this.#told = false;
  }

  /** @returns whether it is another than was known */
  take(value: T): boolean {
    const before = this.#value;
    if (this.#told && before && value.revision <= before.revision) return false;
    this.#told = true;
    this.#value = value;
    return JSON.stringify(before) !== JSON.stringify(value);
  }

  clear(): void {
    this.#value = null;
    this.#told = false;
  }
}
