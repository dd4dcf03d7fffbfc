/** A copy of a producer on another router. */
export interface Copy {
  readonly closed: boolean;
  close(): void;
  readonly observer: { once(event: 'close', listener: () => void): unknown };
}

interface Entry<C> {
  copy: Promise<C>;
  users: number;
}

/** What a user of a copy holds. */
export interface CopyLease<C> {
  copy: C;
  /** The last user's release closes the copy; a second call does nothing. */
  release(): void;
}

/** Copies of producers by the producer's id: each is made when the first user comes and closed when the last one leaves. */
export class SharedCopies<C extends Copy> {
  readonly #entries = new Map<string, Entry<C>>();

  get size(): number {
    return this.#entries.size;
  }

  /** Rejects as `make` does, for everyone who waits for the same copy. */
  async acquire(producerId: string, make: () => Promise<C>): Promise<CopyLease<C>> {
    const entry = this.#entries.get(producerId) ?? this.#make(producerId, make);
    entry.users += 1;
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      entry.users -= 1;
      if (entry.users === 0) this.#end(producerId, entry);
    };
    try {
      return { copy: await entry.copy, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  #make(producerId: string, make: () => Promise<C>): Entry<C> {
    const entry: Entry<C> = { copy: make(), users: 0 };
    this.#entries.set(producerId, entry);
    const forget = () => this.#forget(producerId, entry);
    entry.copy.then((copy) => {
      // One that is closed already tells nobody of it any more.
      if (copy.closed) forget();
      else copy.observer.once('close', forget);
    }, forget);
    return entry;
  }

  #end(producerId: string, entry: Entry<C>): void {
    this.#forget(producerId, entry);
    entry.copy.then(
      (copy) => copy.close(),
      () => {},
    );
  }

  /** Another copy may have taken the place of one that has ended. */
  #forget(producerId: string, entry: Entry<C>): void {
    if (this.#entries.get(producerId) === entry) this.#entries.delete(producerId);
  }
}
