/** A map from event name to the tuple of its arguments. */
export type EventMap<Events> = { [Name in keyof Events]: unknown[] };
export type Listener<Args extends unknown[]> = (...args: Args) => void;

/** A small typed emitter. A listener that throws is reported to the page's error handler and disturbs no other. */
export class TypedEmitter<Events extends EventMap<Events>> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): this {
    let listeners = this.#listeners.get(name);
    if (!listeners) {
      listeners = new Set();
      this.#listeners.set(name, listeners);
    }
    listeners.add(listener as Listener<never>);
    return this;
  }

  /** `off` with the same listener undoes it too. */
  once<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): this {
    const wrapped: Listener<Events[Name]> = (...args) => {
      this.off(name, listener);
      listener(...args);
    };
    onceOriginals.set(wrapped, listener);
    return this.on(name, wrapped);
  }

  off<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): this {
    const listeners = this.#listeners.get(name);
    for (const candidate of listeners ?? []) {
      if (candidate === listener || onceOriginals.get(candidate) === listener) {
        listeners?.delete(candidate);
      }
    }
    return this;
  }

  listenerCount(name: keyof Events): number {
    return this.#listeners.get(name)?.size ?? 0;
  }

  protected emit<Name extends keyof Events>(name: Name, ...args: Events[Name]): void {
    // A copy: a listener may add and remove listeners.
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        (listener as unknown as Listener<Events[Name]>)(...args);
      } catch (error) {
        reportListenerError(error);
      }
    }
  }

  protected removeAllListeners(): void {
    this.#listeners.clear();
  }
}

/** What `once` was given, by what it made of it. */
const onceOriginals = new WeakMap<object, object>();

function reportListenerError(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else {
    queueMicrotask(() => {
      throw error;
    });
  }
}
