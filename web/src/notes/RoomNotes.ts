import type {
  NoteAspect,
  NoteChange,
  NotesSummary,
  Tea,
  TastingNote,
  TastingRoom,
} from '../../../client-sdk/src/index.ts';
import { Observable } from '../session/observable.ts';
import { sharedByOthers, withNote, withoutNote, type SharedNotes } from './sharedNotes.ts';

/** What the notes need of the session. */
export interface RoomNotesOptions {
  room: Pick<TastingRoom, 'notes' | 'guide' | 'grants' | 'state' | 'localParticipant'>;
  /** Runs a step; a failure is told as a notice. */
  attempt: (step: () => Promise<unknown>) => Promise<void>;
}

/** Whether what is written is safe: on the server, on its way there, or on this device until there is a connection. */
export type SaveState = 'saved' | 'saving' | 'keptHere';

/** The tasting notes of the room as a page shows them: one's own, those that others share, and for who leads the summary. */
export class RoomNotes extends Observable {
  readonly #options: RoomNotesOptions;
  /** The tea that one has chosen or begun to write about; null where the page follows the table. */
  #chosen: string | null = null;
  #shared: SharedNotes = new Map();
  /** Teas whose notes were asked for since the room was entered. */
  readonly #asked = new Set<string>();
  #summary: NotesSummary | null = null;
  #summaryAsked = false;

  constructor(options: RoomNotesOptions) {
    super();
    this.#options = options;
  }

  get mayWrite(): boolean {
    return this.#options.room.grants?.notes === true;
  }

  get maySummarize(): boolean {
    return this.#options.room.grants?.lead === true;
  }

  /** What one can write about: the guide, in order. */
  get teas(): readonly Tea[] {
    return this.#options.room.guide.current?.teas ?? [];
  }

  /** The tea of the guide whose notes are shown; null where there is none. */
  get tea(): Tea | null {
    const { guide } = this.#options.room;
    const find = (wanted: string | null) => this.teas.find(({ teaId }) => teaId === wanted);
    return find(this.#chosen) ?? guide.tea ?? this.teas[0] ?? null;
  }

  /** The tea on the table, where another one is shown. */
  get otherOnTable(): Tea | null {
    const { tea } = this.#options.room.guide;
    return tea && tea.teaId !== this.tea?.teaId ? tea : null;
  }

  get saveState(): SaveState {
    const { notes, state } = this.#options.room;
    if (!notes.pending) return 'saved';
    return state === 'joined' ? 'saving' : 'keptHere';
  }

  /** Null before the first answer. */
  get summary(): NotesSummary | null {
    return this.#summary;
  }

  own(teaId: string): TastingNote | null {
    return this.#options.room.notes.own.get(teaId) ?? null;
  }

  shared(teaId: string): readonly TastingNote[] {
    return this.#shared.get(teaId) ?? [];
  }

  choose(teaId: string | null): void {
    this.#chosen = teaId;
    this.changed();
  }

  score(teaId: string, aspect: NoteAspect, score: number | null): void {
    this.#save({ teaId, aspects: { [aspect]: { score } } });
  }

  describe(teaId: string, aspect: NoteAspect, words: string): void {
    this.#save({ teaId, aspects: { [aspect]: { words } } });
  }

  conclude(teaId: string, words: string): void {
    this.#save({ teaId, words });
  }

  /** Shares what is written, all of it, or takes it back. */
  async share(teaId: string, shared: boolean): Promise<void> {
    await this.#options.attempt(() => this.#options.room.notes.share(teaId, shared));
    this.changed();
  }

  /** Asks for the notes on a tea that others share, once; from then on they come by themselves. */
  async look(teaId: string): Promise<void> {
    if (this.#asked.has(teaId)) return;
    this.#asked.add(teaId);
    try {
      const notes = await this.#options.room.notes.of(teaId);
      this.#shared = new Map(this.#shared).set(teaId, sharedByOthers(notes, this.#identity));
      this.changed();
    } catch {
      // Nobody waits for them; they are asked for when the tea is looked at again.
      this.#asked.delete(teaId);
    }
  }

  /** Asks for the summary, once; from then on it comes by itself. */
  async summarize(): Promise<void> {
    if (this.#summaryAsked || !this.maySummarize) return;
    this.#summaryAsked = true;
    try {
      this.#summary = await this.#options.room.notes.summary();
      this.changed();
    } catch {
      this.#summaryAsked = false;
    }
  }

  /** In the room, also again: what was told meanwhile is not known. */
  async entered(): Promise<void> {
    this.#asked.clear();
    this.#summaryAsked = false;
    if (this.mayWrite) await this.#options.attempt(() => this.#options.room.notes.load());
    this.changed();
  }

  /** Someone shares a note, or changed one. Returns whether it is new to this page. */
  noteShared(note: TastingNote): boolean {
    if (note.identity === this.#identity) return false;
    const isNew = !this.shared(note.teaId).some(({ identity }) => identity === note.identity);
    this.#shared = withNote(this.#shared, note);
    this.changed();
    return isNew;
  }

  noteWithdrawn(teaId: string, identity: string): void {
    this.#shared = withoutNote(this.#shared, teaId, identity);
    this.changed();
  }

  summaryChanged(summary: NotesSummary): void {
    this.#summary = summary;
    this.changed();
  }

  /** What is known by the room changed: saved, or another guide. */
  refresh(): void {
    this.changed();
  }

  get #identity(): string {
    return this.#options.room.localParticipant.identity;
  }

  /** Whoever writes stays with this tea when the table goes on. */
  #save(change: NoteChange): void {
    this.#chosen = change.teaId;
    this.#options.room.notes.save(change);
    this.changed();
  }
}
