import { isDeepStrictEqual } from 'node:util';
import type { StoredRecord } from '../../storage/tasting/RoomRecordStore.ts';
import type { RecordPart } from './RecordPart.ts';
import type { ToldRecord } from './recordMessages.ts';

/** How a document reaches the database and the other nodes. */
export interface RecordLink {
  readonly nodeId: string;
  /** Reads what is kept of the room, and hands it to its documents. @throws storageUnavailable */
  load(): Promise<void>;
  /** The next revision takes the place of the one before. @returns false where someone else was first. @throws storageUnavailable */
  replace(record: StoredRecord): Promise<boolean>;
  /** Tells whoever has the room. */
  tell(record: ToldRecord): void;
  /** Nobody knows whether what was to be written is there: it has to be looked at. */
  doubt(): void;
}

export interface SharedRecordOptions<T> {
  name: string;
  part: RecordPart<T>;
  link: RecordLink;
}

/** What came of an update. */
export interface Revised<T> {
  value: T;
  revision: number;
}

/** So often another writer may have been first before something must be wrong. */
const MAX_ATTEMPTS = 100;

/**
 * One small document of a room, kept in the database and the same on every node that has the room. Whoever changes it writes the next
 * revision there, where it is the next for one of them only, and then tells it; a greater revision takes the place of a smaller one.
 */
export class SharedRecord<T> {
  readonly name: string;
  readonly #part: RecordPart<T>;
  readonly #link: RecordLink;
  readonly #listeners: ((value: T, revision: number) => void)[] = [];
  #value: T;
  #revision = 0;
  /** The node that wrote it; empty where that is not known. */
  #writer = '';
  #lastUpdate: Promise<unknown> = Promise.resolve();

  constructor({ name, part, link }: SharedRecordOptions<T>) {
    this.name = name;
    this.#part = part;
    this.#link = link;
    this.#value = part.initial;
  }

  get value(): T {
    return this.#value;
  }

  /** 0 where it was never written. */
  get revision(): number {
    return this.#revision;
  }

  /** Calls back with what it is now, whoever changed it. */
  onChanged(listener: (value: T, revision: number) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Writes what `change` makes of the present value; nothing where it gives back the same. It is called again where someone else was first,
   * with what that one wrote. What it throws is thrown, and nothing is written. Those of one node go one after another.
   * @throws storageUnavailable
   */
  update(change: (value: T, revision: number) => T): Promise<Revised<T>> {
    const update = this.#lastUpdate.then(() => this.#update(change));
    this.#lastUpdate = update.catch(() => {});
    return update;
  }

  /** As the other nodes are told; undefined where it was never written. */
  get told(): ToldRecord | undefined {
    if (this.#revision === 0) return undefined;
    const value = this.#part.toTold(this.#value);
    return { part: this.name, revision: this.#revision, value, writer: this.#writer };
  }

  /** As it is kept. */
  get stored(): StoredRecord {
    return { part: this.name, revision: this.#revision, value: this.#part.toStored(this.#value) };
  }

  /** What the database has. @returns whether it was news */
  takeStored({ revision, value }: StoredRecord): boolean {
    if (revision <= this.#revision) return false;
    this.#set(this.#part.fromStored(value), revision, '');
    return true;
  }

  /**
   * What another node has. Of the same revision it is taken where this node only has it of the database, or where nodes without a
   * common database wrote one each: the same of them wins everywhere.
   * @returns whether it was news
   */
  takeTold({ revision, value, writer }: ToldRecord): boolean {
    if (revision < this.#revision || (revision === this.#revision && writer <= this.#writer)) return false;
    this.#set(this.#part.fromTold(value), revision, writer);
    return true;
  }

  async #update(change: (value: T, revision: number) => T): Promise<Revised<T>> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const { value: before, revision } = this;
      const value = change(before, revision);
      if (value === before) return { value, revision };
      if (await this.#replace(value, revision + 1)) return { value, revision: revision + 1 };
      await this.#link.load();
    }
    throw new Error(`The record ${this.name} could not be written: others were first ${MAX_ATTEMPTS} times.`);
  }

  async #replace(value: T, revision: number): Promise<boolean> {
    const written = await this.#link
      .replace({ part: this.name, revision, value: this.#part.toStored(value) })
      .catch((error: unknown) => {
        this.#link.doubt();
        throw error;
      });
    if (!written) return false;
    // Another node may have read it, and have told of the next one, meanwhile.
    const { nodeId: writer } = this.#link;
    if (revision > this.#revision) this.#set(value, revision, writer);
    this.#link.tell({ part: this.name, revision, value: this.#part.toTold(value), writer });
    return true;
  }

  #set(value: T, revision: number, writer: string): void {
    // Of the database first, and then of who wrote it.
    const isKnown = revision === this.#revision && isDeepStrictEqual(value, this.#value);
    this.#revision = revision;
    this.#writer = writer;
    if (isKnown) return;
    this.#value = value;
    for (const listener of this.#listeners) listener(value, revision);
  }
}
