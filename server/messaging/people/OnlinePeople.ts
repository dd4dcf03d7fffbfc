/** A page that is loaded anew, or that goes to another node, is back by then. */
const GRACE_MS = 3_000;

/** Calls back after so many milliseconds, unless what it returns is called before. */
export type Later = (callback: () => void, delayMs: number) => () => void;

const later: Later = (callback, delayMs) => {
  const timer = setTimeout(callback, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
};

export interface OnlinePeopleOptions {
  /** Someone came, or has gone and did not come back. */
  changed: (person: string, isOnline: boolean) => void;
  later?: Later;
}

interface Entry {
  /** Nodes on which the person is connected. */
  nodes: Set<string>;
  /** Set while the person is connected nowhere and may be back in a moment. */
  cancel: (() => void) | undefined;
}

/** Who is connected, on whatever node and however many devices. People are named by their channel. */
export class OnlinePeople {
  readonly #changed: OnlinePeopleOptions['changed'];
  readonly #later: Later;
  readonly #entries = new Map<string, Entry>();
  /** By node. */
  readonly #people = new Map<string, Set<string>>();

  constructor(options: OnlinePeopleOptions) {
    this.#changed = options.changed;
    this.#later = options.later ?? later;
  }

  has(person: string): boolean {
    return this.#entries.has(person);
  }

  /** Those of one node. */
  of(nodeId: string): string[] {
    return [...(this.#people.get(nodeId) ?? [])];
  }

  set(nodeId: string, person: string, isOnline: boolean): void {
    const people = this.#people.get(nodeId) ?? new Set();
    if (isOnline) this.#people.set(nodeId, people.add(person));
    else people.delete(person);
    if (people.size === 0) this.#people.delete(nodeId);
    if (isOnline) this.#add(nodeId, person);
    else this.#remove(nodeId, person);
  }

  /** All of a node, in place of those that were known. */
  replace(nodeId: string, people: readonly string[]): void {
    const now = new Set(people);
    for (const person of this.of(nodeId)) if (!now.has(person)) this.set(nodeId, person, false);
    for (const person of now) this.set(nodeId, person, true);
  }

  close(): void {
    for (const { cancel } of this.#entries.values()) cancel?.();
    this.#entries.clear();
  }

  #add(nodeId: string, person: string): void {
    const entry = this.#entries.get(person);
    if (entry) {
      entry.cancel?.();
      entry.cancel = undefined;
      entry.nodes.add(nodeId);
      return;
    }
    this.#entries.set(person, { nodes: new Set([nodeId]), cancel: undefined });
    this.#changed(person, true);
  }

  #remove(nodeId: string, person: string): void {
    const entry = this.#entries.get(person);
    if (!entry?.nodes.delete(nodeId) || entry.nodes.size > 0) return;
    entry.cancel = this.#later(() => {
      this.#entries.delete(person);
      this.#changed(person, false);
    }, GRACE_MS);
  }
}
