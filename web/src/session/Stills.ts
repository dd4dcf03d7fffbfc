import type { Still, StillSource, TastingRoom } from '../../../client-sdk/src/index.ts';
import { Observable } from './observable.ts';
import { mergeStills } from './mergeStills.ts';

const PAGE_SIZE = 24;

/** What the stills need of the session. */
export interface StillsOptions {
  room: Pick<TastingRoom, 'grants' | 'requestStill' | 'listStills' | 'removeStill'>;
  /** Runs a step; a failure is told as a notice. */
  attempt: (step: () => Promise<void>) => Promise<void>;
}

/** The stills of the room: those that are known here, and what is asked of them. */
export class Stills extends Observable {
  readonly #options: StillsOptions;
  #list: readonly Still[] = [];
  #complete = false;
  /** How far back it is known: older ones are asked for from here. Null before the first answer. */
  #reached: string | null = null;
  /** Of the latest reload: an answer to a question from before it is too late. */
  #generation = 0;
  #reloading: Promise<void> = Promise.resolve();
  #loading: Promise<void> | null = null;
  /** A late answer must not bring them back. */
  readonly #gone = new Set<string>();
  readonly #taking = new Set<string>();
  #viewed: string | null = null;

  constructor(options: StillsOptions) {
    super();
    this.#options = options;
  }

  /** Newest first. */
  get list(): readonly Still[] {
    return this.#list;
  }

  /** There are no older ones. */
  get complete(): boolean {
    return this.#complete;
  }

  get loading(): boolean {
    return this.#loading !== null;
  }

  get mayTake(): boolean {
    return this.#options.room.grants?.stills === true;
  }

  get mayList(): boolean {
    return this.#options.room.grants?.subscribe === true;
  }

  get mayRemove(): boolean {
    return this.#options.room.grants?.moderate === true;
  }

  /** The one that is looked at. */
  get viewed(): Still | null {
    return this.#list.find(({ stillId }) => stillId === this.#viewed) ?? null;
  }

  /** An own request for this camera is under way. */
  isTaking(participantId: string, source: StillSource): boolean {
    return this.#taking.has(`${participantId}/${source}`);
  }

  async take(participantId: string, source: StillSource): Promise<void> {
    const key = `${participantId}/${source}`;
    if (this.#taking.has(key)) return;
    this.#taking.add(key);
    this.changed();
    await this.#options.attempt(async () => {
      this.added(await this.#options.room.requestStill(participantId, source));
    });
    this.#taking.delete(key);
    this.changed();
  }

  /**
   * Asks the server anew, after the join and after the socket was away: for the newest ones, and where older ones were
   * known for those too, since any may have been removed. Until all of it is there, what was known stays.
   */
  reload(): Promise<void> {
    if (!this.mayList) return Promise.resolve();
    const generation = ++this.#generation;
    this.#reloading = this.#options.attempt(() => this.#reload(generation));
    return this.#reloading;
  }

  /** Loads older ones; once at a time. */
  more(): Promise<void> {
    if (this.#complete || !this.mayList) return Promise.resolve();
    this.#loading ??= this.#options
      .attempt(() => this.#more())
      .finally(() => {
        this.#loading = null;
        this.changed();
      });
    this.changed();
    return this.#loading;
  }

  remove(stillId: string): Promise<void> {
    return this.#options.attempt(async () => {
      await this.#options.room.removeStill(stillId);
      this.removed(stillId);
    });
  }

  /** Null ends the looking; so does one that is gone. */
  view(stillId: string | null): void {
    this.#viewed = stillId;
    if (!this.viewed) this.#viewed = null;
    this.changed();
  }

  /** Looks at the one before (-1, newer) or after (1, older), which may have to be loaded. */
  async step(by: -1 | 1): Promise<void> {
    const { viewed } = this;
    if (!viewed) return;
    if (by === 1 && viewed === this.#list.at(-1)) await this.more();
    // Closed meanwhile, or on to another.
    if (this.#viewed !== viewed.stillId) return;
    const place = this.#list.findIndex(({ stillId }) => stillId === viewed.stillId);
    const next = this.#list[place + by];
    if (next) this.view(next.stillId);
  }

  added(still: Still): void {
    this.#replace(mergeStills(this.#list, [still]));
  }

  /** Whoever looks at it sees the one beside it. */
  removed(stillId: string): void {
    this.#gone.add(stillId);
    this.#replace(this.#list);
  }

  async #reload(generation: number): Promise<void> {
    const known = new Set(this.#list.map(({ stillId }) => stillId));
    const listed: Still[] = [];
    let complete: boolean;
    do {
      const page = await this.#page(listed.at(-1)?.stillId);
      if (generation !== this.#generation) return;
      listed.push(...page);
      complete = page.length < PAGE_SIZE;
    } while (!complete && this.#reached !== null && listed.at(-1)!.stillId > this.#reached);
    this.#complete = complete;
    this.#reached = listed.at(-1)?.stillId ?? null;
    const addedMeanwhile = this.#list.filter(({ stillId }) => !known.has(stillId));
    this.#replace(mergeStills(listed, addedMeanwhile));
  }

  async #more(): Promise<void> {
    await this.#reloading;
    if (this.#complete) return;
    const generation = this.#generation;
    const page = await this.#page(this.#reached ?? undefined);
    if (generation !== this.#generation) return this.#more();
    this.#complete = page.length < PAGE_SIZE;
    this.#reached = page.at(-1)?.stillId ?? this.#reached;
    this.#replace(mergeStills(this.#list, page));
  }

  #page(before: string | undefined): Promise<Still[]> {
    return this.#options.room.listStills({ before, limit: PAGE_SIZE });
  }

  #replace(list: readonly Still[]): void {
    this.#list = list.filter(({ stillId }) => !this.#gone.has(stillId));
    const viewed = this.#viewed;
    if (viewed !== null && !this.viewed) {
      const older = this.#list.find(({ stillId }) => stillId < viewed);
      this.#viewed = (older ?? this.#list.at(-1))?.stillId ?? null;
    }
    this.changed();
  }
}
