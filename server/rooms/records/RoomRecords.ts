import { setTimeout as sleep } from 'node:timers/promises';
import type { Guide } from '../../../protocol/guide.ts';
import type { Logger } from '../../base/logger.ts';
import type { RoomKey } from '../../storage/StillStore.ts';
import type { StoredRecord } from '../../storage/tasting/RoomRecordStore.ts';
import { guidePart } from './guidePart.ts';
import { stepPart, type StepState } from './stepPart.ts';
import { rulesPart, type Rules } from './rulesPart.ts';
import type { ToldRecord } from './recordMessages.ts';
import type { RecordPart } from './RecordPart.ts';
import { SharedRecord, type RecordLink } from './SharedRecord.ts';

/** How the documents of rooms reach the database and the other nodes. */
export interface RecordsLink {
  readonly nodeId: string;
  /** @throws storageUnavailable */
  load(room: RoomKey): Promise<StoredRecord[]>;
  /** @throws storageUnavailable */
  replace(room: RoomKey, record: StoredRecord): Promise<boolean>;
  /** What another node wrote is kept here too, where nodes have databases of their own. */
  keep(room: RoomKey, record: StoredRecord): void;
  tell(room: RoomKey, record: ToldRecord): void;
  /** What another node has of the room. @throws where it does not answer, or has it no more */
  ask(nodeId: string, room: RoomKey): Promise<ToldRecord[]>;
  /** The documents have to be looked at again, until that succeeds. */
  lookLater(records: RoomRecords): void;
}

export interface RoomRecordsOptions {
  room: RoomKey;
  link: RecordsLink;
  logger: Logger;
  onClosed?: () => void;
}

/** A document, whatever is in it. */
type AnyRecord = Pick<SharedRecord<unknown>, 'told' | 'stored' | 'takeStored' | 'takeTold'>;

/** A node that is there has answered by then; nobody waits longer for one that is not. */
const MEET_WITHIN_MS = 300;

/** All documents of one room. */
export class RoomRecords {
  readonly room: RoomKey;
  readonly guide: SharedRecord<Guide | null>;
  readonly step: SharedRecord<StepState>;
  readonly rules: SharedRecord<Rules>;
  readonly #link: RecordsLink;
  readonly #logger: Logger;
  readonly #onClosed: () => void;
  readonly #all = new Map<string, AnyRecord>();
  /** Nodes that have the room too. */
  readonly #nodes = new Set<string>();
  #opening: Promise<void> | undefined;

  constructor({ room, link, logger, onClosed = () => {} }: RoomRecordsOptions) {
    this.room = room;
    this.#link = link;
    this.#logger = logger;
    this.#onClosed = onClosed;
    this.guide = this.#make('guide', guidePart);
    this.step = this.#make('step', stepPart());
    this.rules = this.#make('rules', rulesPart);
  }

  /** As other nodes are told. */
  get told(): ToldRecord[] {
    return [...this.#all.values()].flatMap(({ told }) => told ?? []);
  }

  /**
   * The room is open, and these nodes have it too. Resolves when its documents are known; where the database fails they are what they were,
   * or what they are at first, and it is looked again.
   */
  async meet(nodeIds: readonly string[]): Promise<void> {
    const isOpened = this.#opening !== undefined;
    const isNew = nodeIds.some((nodeId) => !this.#nodes.has(nodeId));
    for (const nodeId of nodeIds) this.#nodes.add(nodeId);
    if (!isOpened || isNew) {
      const loaded = this.load().catch(() => this.#link.lookLater(this));
      const waiting = new AbortController();
      const asked = this.#askAll().finally(() => waiting.abort());
      const late = sleep(MEET_WITHIN_MS, undefined, { ref: false, signal: waiting.signal }).catch(() => {});
      const heard = Promise.race([asked, late]);
      this.#opening = Promise.all([loaded, heard]).then(() => {});
    }
    await this.#opening;
  }

  forgetNode(nodeId: string): void {
    this.#nodes.delete(nodeId);
  }

  /** What the database and the other nodes have. @throws storageUnavailable */
  async look(nodeIds: Iterable<string> = this.#nodes): Promise<void> {
    await Promise.all([this.load(), this.#askAll(nodeIds)]);
  }

  /** What the database has. @throws storageUnavailable */
  async load(): Promise<void> {
    for (const stored of await this.#link.load(this.room)) {
      this.#take(stored, (record) => record.takeStored(stored));
    }
  }

  /** What another node wrote. */
  hear(told: ToldRecord): void {
    const taken = this.#take(told, (record) => record.takeTold(told));
    if (taken) this.#link.keep(this.room, taken.stored);
  }

  close(): void {
    this.#onClosed();
  }

  /** @param name under which it is kept; one that was released keeps its meaning */
  #make<T>(name: string, part: RecordPart<T>): SharedRecord<T> {
    const { nodeId } = this.#link;
    const link: RecordLink = {
      nodeId,
      load: () => this.load(),
      replace: (record) => this.#link.replace(this.room, record),
      tell: (record) => this.#link.tell(this.room, record),
      doubt: () => this.#link.lookLater(this),
    };
    const record = new SharedRecord({ name, part, link });
    this.#all.set(name, record);
    return record;
  }

  async #askAll(nodeIds: Iterable<string> = this.#nodes): Promise<void> {
    // Who does not answer is gone, or is heard again later.
    const asked = [...nodeIds].map((nodeId) => this.#link.ask(nodeId, this.room).catch(() => []));
    for (const records of await Promise.all(asked)) for (const told of records) this.hear(told);
  }

  /** A document that this version does not know, or not understand, stays what it is here. @returns it where something was taken */
  #take({ part }: { part: string }, take: (record: AnyRecord) => boolean): AnyRecord | undefined {
    const record = this.#all.get(part);
    try {
      return record && take(record) ? record : undefined;
    } catch (error) {
      this.#logger.warn('a record of a room is passed over, as this version does not understand it', { part, error });
      return undefined;
    }
  }
}
