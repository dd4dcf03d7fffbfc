import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { keyOfRoom } from '../../base/keyOfRoom.ts';
import type { Logger } from '../../base/logger.ts';
import { parseInput } from '../../base/parseInput.ts';
import { RetriedWork } from '../../base/RetriedWork.ts';
import type { Cluster } from '../../cluster/Cluster.ts';
import type { RoomKey } from '../../storage/StillStore.ts';
import type { TastingStores } from '../../storage/tasting/TastingStores.ts';
import { recordAnswerSchema, recordNewsSchema, recordRequestSchema, type ToldRecord } from './recordMessages.ts';
import { RoomRecords, type RecordsLink } from './RoomRecords.ts';

export interface RecordDeskOptions {
  stores: Pick<TastingStores, 'records' | 'isShared' | 'idle'>;
  cluster: Cluster;
  logger: Logger;
}

/** The documents of all rooms, open or not: keeps them, and carries them between the nodes. */
export class RecordDesk {
  readonly #stores: RecordDeskOptions['stores'];
  readonly #cluster: Cluster;
  readonly #logger: Logger;
  readonly #link: RecordsLink;
  readonly #open = new Map<string, RoomRecords>();
  readonly #looks: RetriedWork<RoomRecords>;

  constructor({ stores, cluster, logger }: RecordDeskOptions) {
    this.#stores = stores;
    this.#cluster = cluster;
    this.#logger = logger;
    this.#looks = new RetriedWork({ concurrency: 1, work: (records) => this.#look(records) });
    this.#link = {
      nodeId: cluster.nodeId,
      load: (room) => stores.records.load(room),
      replace: (room, record) => stores.records.replace(room, record, Date.now()),
      keep: (room, record) => {
        // The store says what failed; the next revision may go better.
        if (!stores.isShared) stores.records.keep(room, record, Date.now()).catch(() => {});
      },
      tell: (room, record) => this.#tell(room, record),
      ask: async (nodeId, room) => {
        const answer = await cluster.request(nodeId, 'records', { room });
        return parseInput(recordAnswerSchema, answer).records;
      },
      lookLater: (records) => this.#lookLater(records),
    };
    cluster.handle('recordNews', (data) => {
      const { room, record } = parseInput(recordNewsSchema, data);
      this.#open.get(keyOfRoom(room))?.hear(record);
    });
    cluster.handle('records', (data) => {
      const { room } = parseInput(recordRequestSchema, data);
      const records = this.#open.get(keyOfRoom(room));
      if (!records) throw new ChaxiError('roomNotFound');
      return { records: records.told };
    });
    cluster.rooms.onShared((room, others) => void this.#open.get(keyOfRoom(room))?.meet(others));
    cluster.onHeardAgain(() => this.#lookAtAll());
    cluster.onNodeGone((nodeId) => {
      for (const records of this.#open.values()) records.forgetNode(nodeId);
      // What it wrote at last, and did not tell any more, is in the database.
      this.#lookAtAll();
    });
  }

  /** Those of a room that opens. They are known when `meet` has resolved. */
  openRoom(room: RoomKey): RoomRecords {
    const key = keyOfRoom(room);
    const records = new RoomRecords({
      room,
      link: this.#link,
      logger: this.#logger,
      onClosed: () => this.#open.delete(key),
    });
    this.#open.set(key, records);
    return records;
  }

  /** Those of a room, open here or elsewhere or not at all, as they are now. @throws storageUnavailable */
  async read(room: RoomKey): Promise<RoomRecords> {
    const records =
      this.#open.get(keyOfRoom(room)) ?? new RoomRecords({ room, link: this.#link, logger: this.#logger });
    await records.look(this.#others);
    return records;
  }

  /** What could not be looked at by now is not. */
  close(): void {
    this.#looks.close();
  }

  get #others(): string[] {
    return this.#cluster.nodes.map(({ nodeId }) => nodeId).filter((nodeId) => nodeId !== this.#cluster.nodeId);
  }

  /** Each node knows whether it has the room; on this one it may have been opened since. */
  #tell(room: RoomKey, record: ToldRecord): void {
    for (const nodeId of this.#others) this.#cluster.tell(nodeId, 'recordNews', { room, record });
    this.#open.get(keyOfRoom(room))?.hear(record);
  }

  #lookAtAll(): void {
    for (const records of this.#open.values()) this.#lookLater(records);
  }

  #lookLater(records: RoomRecords): void {
    this.#looks.add(keyOfRoom(records.room), records);
  }

  async #look(records: RoomRecords): Promise<void> {
    // What was given up may still be on its way.
    await this.#stores.idle();
    await records.look();
  }
}
