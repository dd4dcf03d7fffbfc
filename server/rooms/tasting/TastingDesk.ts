import type { Guide, GuideState } from '../../../protocol/guide.ts';
import { keyOfRoom } from '../../base/keyOfRoom.ts';
import { parseInput } from '../../base/parseInput.ts';
import type { Cluster } from '../../cluster/Cluster.ts';
import type { TastingNoteStore } from '../../storage/tasting/TastingNoteStore.ts';
import type { RecordDesk } from '../records/RecordDesk.ts';
import { noteNewsSchema, type NoteNews } from './noteMessages.ts';
import { reviseGuide } from './reviseGuide.ts';
import { RoomTasting, type RoomTastingOptions } from './RoomTasting.ts';

export interface TastingDeskOptions {
  notes: TastingNoteStore;
  records: RecordDesk;
  cluster: Cluster;
}

/** The tastings of all rooms, open or not: for REST, and for the other nodes. */
export class TastingDesk {
  readonly #notes: TastingNoteStore;
  readonly #records: RecordDesk;
  readonly #cluster: Cluster;
  readonly #open = new Map<string, RoomTasting>();

  constructor({ notes, records, cluster }: TastingDeskOptions) {
    this.#notes = notes;
    this.#records = records;
    this.#cluster = cluster;
    cluster.handle('noteNews', (data) => this.#hear(parseInput(noteNewsSchema, data)));
    const lookAgain = () => {
      for (const { notes: ofRoom } of this.#open.values()) ofRoom.lookAgain();
    };
    cluster.onHeardAgain(lookAgain);
    cluster.onNodeGone(lookAgain);
  }

  /** @param otherNodes those that have the room too */
  openRoom({
    otherNodes,
    ...options
  }: Pick<RoomTastingOptions, 'room' | 'records' | 'audience'> & { otherNodes: () => string[] }): RoomTasting {
    const key = keyOfRoom(options.room);
    const tasting = new RoomTasting({
      ...options,
      store: this.#notes,
      tell: (news) => this.#tell(otherNodes(), news),
      onClosed: () => this.#open.delete(key),
    });
    this.#open.set(key, tasting);
    return tasting;
  }

  /** @throws storageUnavailable */
  async readGuide(tenant: string, room: string): Promise<GuideState> {
    const { guide } = await this.#records.read({ tenant, room });
    return { revision: guide.revision, guide: guide.value };
  }

  /** Whatever guide there is; those in the room hear of it. @throws storageUnavailable */
  async putGuide(tenant: string, room: string, guide: Guide | null): Promise<GuideState> {
    const records = await this.#records.read({ tenant, room });
    return reviseGuide(records.guide, guide);
  }

  /** Notes that were shared are gone, and whoever is in their rooms hears of it. */
  tellForgotten(tenant: string, identity: string, notes: readonly { room: string; teaId: string }[]): void {
    const { nodeId: own, nodes } = this.#cluster;
    const others = nodes.map(({ nodeId }) => nodeId).filter((nodeId) => nodeId !== own);
    for (const { room, teaId } of notes) {
      const news: NoteNews = { news: 'withdrawn', room: { tenant, room }, teaId, identity };
      this.#tell(others, news);
      this.#hear(news);
    }
  }

  #tell(nodeIds: readonly string[], news: NoteNews): void {
    for (const nodeId of nodeIds) this.#cluster.tell(nodeId, 'noteNews', news);
  }

  #hear(news: NoteNews): void {
    this.#open.get(keyOfRoom(news.room))?.notes.hear(news);
  }
}
