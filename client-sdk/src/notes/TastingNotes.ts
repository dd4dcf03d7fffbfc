import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Snapshot } from '../../../protocol/signaling.ts';
import type { NoteChange, NotesSummary, TastingNote } from '../../../protocol/tastingNotes.ts';
import type { Logger } from '../Logger.ts';
import type { RoomEmit } from '../RoomEvents.ts';
import type { SessionRequest } from '../session/SessionRequest.ts';
import { NoteSender } from './NoteSender.ts';
import {
  applyFields,
  changeOf,
  emptyNote,
  withChange,
  withoutFields,
  type PendingFields,
  type PendingNotes,
} from './pendingNotes.ts';
import { PendingStore, type NotesOwner } from './PendingStore.ts';
import type { TastingExport } from './TastingExport.ts';

/** @internal */
export interface TastingNotesOptions {
  /** Address of the server, as the page knows it. */
  url: string;
  request: SessionRequest;
  /** Requests are answered now, and one is in the room: those who wait before it keep their notes to themselves. */
  isReady: () => boolean;
  fetchExport: () => Promise<TastingExport>;
  emit: RoomEmit;
  logger: Logger;
}

/** Whose notes these are. */
interface Writer extends NotesOwner {
  name: string;
  mayWrite: boolean;
}

/**
 * Tasting notes: the own ones, and those that others share. What is written is kept on this device at once and sent when it can be, by the
 * next visit at the latest.
 */
export class TastingNotes {
  readonly #options: TastingNotesOptions;
  readonly #sender: NoteSender;
  #writer: Writer | null = null;
  #store: PendingStore | null = null;
  /** As the server has them, by tea. */
  #saved = new Map<string, TastingNote>();
  /** What was sent last of each tea. */
  readonly #sent = new Map<string, PendingFields>();
  #wasLoaded = false;
  #isSummaryWatched = false;

  /** @internal */
  constructor(options: TastingNotesOptions) {
    this.#options = options;
    this.#sender = new NoteSender({
      waiting: () => Object.keys(this.#pending),
      isReady: options.isReady,
      send: (teaId) => this.#exclusively(() => this.#send(teaId)),
      drop: (teaId, error) => this.#drop(teaId, error),
      done: () => options.emit('notesSaved'),
    });
  }

  /** The own notes by teaId, with all that is written, whether the server has it yet or not. Complete after `load()`. */
  get own(): ReadonlyMap<string, TastingNote> {
    const own = new Map(this.#saved);
    for (const [teaId, fields] of Object.entries(this.#pending)) own.set(teaId, applyFields(this.#base(teaId), fields));
    return own;
  }

  /** Something is not on the server yet. */
  get pending(): boolean {
    return Object.keys(this.#pending).length > 0;
  }

  /** Gets the own notes from the server. @throws ChaxiError notAllowed without the grant `notes`; storageUnavailable */
  async load(): Promise<void> {
    const { notes } = await this.#options.request('listNotes', {});
    this.#wasLoaded = true;
    for (const note of notes) this.#take(note);
  }

  /** Of one tea: the own note and those that others share. @throws ChaxiError as `load` */
  async of(teaId: string): Promise<TastingNote[]> {
    const { notes } = await this.#options.request('listNotes', { teaId });
    const isOwn = ({ identity }: TastingNote) => identity === this.#writer?.identity;
    const saved = notes.find(isOwn);
    if (saved) this.#take(saved);
    const own = this.own.get(teaId);
    return [...(own ? [own] : []), ...notes.filter((note) => !isOwn(note))];
  }

  /**
   * Writes into the own note on a tea; what is left out stays. It is kept here at once, and sent a second after the last change: `notesSaved`
   * tells when the server has all, `noteRefused` what it will never take.
   * @throws ChaxiError invalidState before one was in the room or its lobby; notAllowed without the grant `notes`
   */
  save(change: NoteChange): void {
    if (!this.#store) throw new ChaxiError('invalidState');
    if (!this.#writer?.mayWrite) throw new ChaxiError('notAllowed');
    this.#store.write(withChange(this.#pending, change));
    this.#sender.soon();
  }

  /**
   * Sends at once what waits, and resolves when the server has it.
   * @throws ChaxiError why it still waits: connectionLost, storageUnavailable, … It is sent later all the same.
   */
  async flushed(): Promise<void> {
    const error = await this.#sender.now();
    if (error) throw error;
  }

  /** Shows the own note on a tea to everyone in the room, or no longer. @throws ChaxiError as `load` and `flushed` */
  async share(teaId: string, shared: boolean): Promise<void> {
    await this.flushed();
    this.#take((await this.#options.request('shareNote', { teaId, shared })).note);
  }

  /**
   * How far everyone is with their notes, and the scores that are shared. From then on `notesSummaryChanged` tells of changes.
   * @throws ChaxiError notAllowed without the grant `lead`; storageUnavailable
   */
  async summary(): Promise<NotesSummary> {
    const summary = await this.#options.request('summarizeNotes', {});
    this.#isSummaryWatched = true;
    return summary;
  }

  /**
   * All of the tasting that this person may keep. By HTTP with the token: one need not be in the room.
   * @throws ChaxiError tokenInvalid, tokenExpired, notAllowed, storageUnavailable, serverUnreachable
   */
  async export(): Promise<TastingExport> {
    await this.#sender.now();
    return this.#options.fetchExport();
  }

  /** @internal Who one is, as each snapshot tells. */
  handleSnapshot({ room, self, grants }: Snapshot): void {
    const { url, logger } = this.#options;
    const before = this.#writer;
    const owner = { server: url, room: room.name, identity: self.identity };
    this.#writer = { ...owner, name: self.name, mayWrite: grants.notes };
    if (before?.room !== owner.room || before.identity !== owner.identity) {
      this.#store = new PendingStore(owner, logger);
      this.#saved.clear();
      this.#wasLoaded = false;
    }
    if (this.pending) void this.#sender.now();
  }

  /** @internal The socket was away: what changed meanwhile was not told. */
  async catchUp(): Promise<void> {
    try {
      if (this.#wasLoaded) await this.load();
      if (this.#isSummaryWatched) this.handleSummary(await this.summary());
    } catch (error) {
      this.#options.logger.debug('notes could not be caught up with', error);
    }
  }

  /** @internal */
  handleShared(note: TastingNote): void {
    this.#options.emit('noteShared', note);
  }

  /** @internal */
  handleWithdrawn(teaId: string, identity: string): void {
    this.#options.emit('noteWithdrawn', teaId, identity);
  }

  /** @internal */
  handleSummary(summary: NotesSummary): void {
    this.#options.emit('notesSummaryChanged', summary);
  }

  /** @internal The page may go any moment: sends all that waits at once. @returns null where nothing waits */
  hurry(): Promise<unknown> | null {
    if (!this.pending || !this.#options.isReady()) return null;
    const sent = Promise.allSettled(Object.keys(this.#pending).map((teaId) => this.#send(teaId)));
    return sent.then(() => {
      if (!this.pending) this.#options.emit('notesSaved');
    });
  }

  /** @internal The room was left. */
  left(): void {
    this.#sender.close();
    this.#isSummaryWatched = false;
  }

  get #pending(): PendingNotes {
    return this.#store?.read() ?? {};
  }

  #base(teaId: string): TastingNote {
    const { identity = '', name = '' } = this.#writer ?? {};
    return this.#saved.get(teaId) ?? emptyNote({ teaId, identity, name });
  }

  /** An answer that was overtaken by a later one changes nothing. */
  #take(note: TastingNote): void {
    const known = this.#saved.get(note.teaId);
    if (!known || known.updatedAt <= note.updatedAt) this.#saved.set(note.teaId, note);
  }

  async #send(teaId: string): Promise<void> {
    const store = this.#store;
    const fields = store?.read()[teaId];
    if (!store || !fields) return;
    this.#sent.set(teaId, fields);
    const { note } = await this.#options.request('saveNote', changeOf(teaId, fields));
    this.#take(note);
    store.write(withoutFields(store.read(), teaId, fields));
  }

  /** What was written since then may be better. */
  #drop(teaId: string, error: ChaxiError): void {
    this.#store?.write(withoutFields(this.#pending, teaId, this.#sent.get(teaId) ?? {}));
    this.#options.emit('noteRefused', teaId, error);
  }

  /** Of several tabs one after the other: what two of them send may overtake each other. */
  async #exclusively(run: () => Promise<void>): Promise<void> {
    const locks = (globalThis.navigator as { locks?: LockManager } | undefined)?.locks;
    const { room, identity } = this.#writer ?? {};
    if (!locks) return run();
    let hasBegun = false;
    try {
      await locks.request(`chaxi-notes:${room}:${identity}`, () => {
        hasBegun = true;
        return run();
      });
    } catch (error) {
      if (hasBegun) throw error;
      // Where the browser forbids the page to store anything it gives no locks either, and no two tabs share what waits.
      await run();
    }
  }
}
