import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { limits } from '../../../protocol/limits.ts';
import type { RequestData } from '../../../protocol/signaling.ts';
import type { NotesSummary, TastingNote } from '../../../protocol/tastingNotes.ts';
import type { RoomKey } from '../../storage/StillStore.ts';
import type { ChangedNote, TastingNoteStore } from '../../storage/tasting/TastingNoteStore.ts';
import type { Audience } from '../Audience.ts';
import type { Participant } from '../Participant.ts';
import { Quotas } from '../Quotas.ts';
import type { RoomRecords } from '../records/RoomRecords.ts';
import { assertTea } from './assertTea.ts';
import { mergeNote } from './mergeNote.ts';
import type { NoteNews } from './noteMessages.ts';
import { summarizeNotes } from './summarizeNotes.ts';
import { SummaryNews } from './SummaryNews.ts';

export interface RoomNotesOptions {
  room: RoomKey;
  store: TastingNoteStore;
  records: RoomRecords;
  audience: Audience;
  /** Tells the other nodes that have the room. */
  tell: (news: NoteNews) => void;
}

/** The tasting notes of one open room: who writes, and who hears of it. They are by person, and stay when the room closes. */
export class RoomNotes {
  readonly #options: RoomNotesOptions;
  readonly #summaries: SummaryNews;
  readonly #saving = new Quotas({ perMinute: limits.noteSavesPerMinute, burst: limits.noteSaveBurst });
  readonly #listing = new Quotas({ perMinute: limits.noteListsPerMinute, burst: limits.noteListBurst });

  constructor(options: RoomNotesOptions) {
    this.#options = options;
    this.#summaries = new SummaryNews({ summarize: () => this.#summarize() });
    options.records.guide.onChanged(() => this.#summaries.touch());
  }

  /** @throws wrongStage, notAllowed, rateLimited, teaNotFound, storageUnavailable */
  async save(author: Participant, change: RequestData<'saveNote'>): Promise<TastingNote> {
    this.#assertWrites(author);
    await this.#assertTeaOrBegun(author, change.teaId);
    const changed = await this.#change(author, change.teaId, (note) => mergeNote(note, change));
    // Also where it is the same: whoever had no answer, and asks again, may be the only one who knows of it. Nobody knows of who speaks aside.
    if (changed.note.shared && author.joined)
      this.#tell({ news: 'shared', room: this.#options.room, note: changed.note });
    else if (changed.isChanged) this.#tell({ news: 'changed', room: this.#options.room });
    return changed.note;
  }

  /** @throws wrongStage, notAllowed, rateLimited, teaNotFound, storageUnavailable */
  async share(author: Participant, { teaId, shared }: RequestData<'shareNote'>): Promise<TastingNote> {
    this.#assertWrites(author);
    if (shared && !author.joined) throw new ChaxiError('wrongStage');
    // What was shared of a tea that is not in the guide any more can still be withdrawn.
    if (shared) await assertTea(this.#options.records, teaId);
    let wasShared = false;
    const { note } = await this.#change(author, teaId, (before) => {
      wasShared = before.shared;
      return { ...before, shared };
    });
    const { room } = this.#options;
    const { identity } = note;
    if (shared) this.#tell({ news: 'shared', room, note });
    // Also where it was not shared, as in `save`; but nobody learns by it of who speaks aside.
    else if (wasShared || author.joined) this.#tell({ news: 'withdrawn', room, teaId, identity });
    return note;
  }

  /** @throws wrongStage, rateLimited, storageUnavailable */
  async list(participant: Participant, { teaId }: RequestData<'listNotes'>): Promise<TastingNote[]> {
    assertInside(participant);
    this.#listing.take(participant);
    const { store, room } = this.#options;
    const { identity, grants } = participant;
    const own = await store.listOwn(room, identity);
    if (teaId === undefined) return own;
    const shared = grants.subscribe ? await store.listShared(room, teaId) : [];
    return [...own.filter((note) => note.teaId === teaId), ...shared.filter((note) => note.identity !== identity)];
  }

  /** From now on this participant hears of changes. @throws wrongStage, notAllowed, rateLimited, storageUnavailable */
  async summarize(leader: Participant): Promise<NotesSummary> {
    assertInside(leader);
    if (!leader.grants.lead) throw new ChaxiError('notAllowed');
    this.#listing.take(leader);
    this.#summaries.watch(leader);
    return this.#summarize();
  }

  /** A new socket may have missed some. */
  remind(participant: Participant): void {
    if (this.#summaries.isWatching(participant)) this.#summaries.touch();
  }

  /** News may have been lost. */
  lookAgain(): void {
    this.#summaries.touch();
  }

  /** What became of a note, on whatever node. */
  hear(news: NoteNews): void {
    const { audience } = this.#options;
    this.#summaries.touch();
    if (news.news === 'shared') audience.tellSubscribers('noteShared', { note: news.note }, news.note.identity);
    if (news.news === 'withdrawn') {
      const { teaId, identity } = news;
      audience.tellSubscribers('noteWithdrawn', { teaId, identity }, identity);
    }
  }

  close(): void {
    this.#summaries.close();
  }

  #change(author: Participant, teaId: string, change: (note: TastingNote) => TastingNote): Promise<ChangedNote> {
    const { store, room } = this.#options;
    const { identity, name } = author.info;
    return store.change(room, { identity, name }, teaId, change, Date.now());
  }

  #tell(news: NoteNews): void {
    this.#options.tell(news);
    this.hear(news);
  }

  async #summarize(): Promise<NotesSummary> {
    const { store, room, records, audience } = this.#options;
    const notes = await store.listAll(room);
    const aside = new Set(audience.aside.map(({ identity }) => identity));
    return summarizeNotes(
      records.guide.value,
      notes.filter(({ identity }) => !aside.has(identity)),
    );
  }

  /** The host may take a tea out while words on it are on their way: a note that was begun is finished. @throws as `assertTea` */
  async #assertTeaOrBegun({ identity }: Participant, teaId: string): Promise<void> {
    const { records, store, room } = this.#options;
    try {
      await assertTea(records, teaId);
    } catch (error) {
      const own = await store.listOwn(room, identity);
      if (!own.some((note) => note.teaId === teaId)) throw error;
    }
  }

  /** @throws wrongStage, notAllowed, rateLimited */
  #assertWrites(author: Participant): void {
    assertInside(author);
    if (!author.grants.notes) throw new ChaxiError('notAllowed');
    this.#saving.take(author);
  }
}

/** @throws wrongStage */
function assertInside(participant: Participant): void {
  if (!participant.inside) throw new ChaxiError('wrongStage');
}
