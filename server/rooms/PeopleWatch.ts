import type { Member } from './Member.ts';

export interface PeopleWatchOptions {
  /** Of all nodes. */
  people: () => Iterable<Member>;
  locked: () => boolean;
  changed: () => void;
}

/** Notices when someone comes into a room or before its door, goes, or is another now, and when the room is locked. What else changes of people is passed over. */
export class PeopleWatch {
  readonly #options: PeopleWatchOptions;
  #seen = '[false]';
  #looking: NodeJS.Immediate | undefined;

  constructor(options: PeopleWatchOptions) {
    this.#options = options;
  }

  /** Soon; of many changes in one go there is one look. */
  look(): void {
    this.#looking ??= setImmediate(() => this.#look());
  }

  close(): void {
    clearImmediate(this.#looking);
  }

  #look(): void {
    this.#looking = undefined;
    const { people, locked } = this.#options;
    const seen = JSON.stringify([
      locked(),
      ...[...people()].map(({ id, stage, role, visible }) => [id, stage, role, visible]),
    ]);
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#options.changed();
  }
}
