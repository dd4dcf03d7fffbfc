import { limits, type ErrorCode, type TastingGuide } from '../../../client-sdk/src/index.ts';
import { loadDraft, saveDraft } from '../chat/drafts.ts';
import { errorCodeOf } from '../session/errorCodeOf.ts';
import { Observable } from '../session/observable.ts';
import { rebaseDraft, type GuideChange } from './rebaseDraft.ts';
import {
  emptyTea,
  readGuideDraft,
  toGuideDraft,
  type GuideDraft,
  type Problems,
  type TeaDraft,
  type TeaField,
} from './teaDraft.ts';

export interface GuideEditingOptions {
  guide: Pick<TastingGuide, 'current' | 'revision' | 'save'>;
  /** Of the draft in this browser. */
  storageKey: string;
  /** Between flavours. */
  listSeparator: string;
}

const unchanged: Problems = new Map();

/**
 * The guide while it is written. All of it is saved as one act; until then it is kept in this browser, through a closing of the
 * panel and a reload. When someone else changes the guide, their changes come into it.
 */
export class GuideEditing extends Observable {
  readonly #options: GuideEditingOptions;
  /** What the typing began from. */
  #base: GuideDraft;
  #baseRevision: number;
  #draft: GuideDraft;
  #changes: readonly GuideChange[] = [];
  #removed: { tea: TeaDraft; place: number } | null = null;
  #saving = false;
  #error: ErrorCode | null = null;
  /** Someone wanted to save it, so what is missing is told. */
  #checked = false;

  constructor(options: GuideEditingOptions) {
    super();
    this.#options = options;
    this.#base = this.#current;
    this.#baseRevision = options.guide.revision;
    this.#draft = this.#base;
    const stored = parseStored(loadDraft(options.storageKey));
    if (!stored) return;
    this.#base = stored.base;
    this.#draft = stored.draft;
    this.guideChanged();
  }

  get draft(): GuideDraft {
    return this.#draft;
  }

  /** What someone else changed, not yet acknowledged. */
  get changes(): readonly GuideChange[] {
    return this.#changes;
  }

  /** The tea that was taken out last, and can be put back. */
  get removed(): TeaDraft | null {
    return this.#removed?.tea ?? null;
  }

  get saving(): boolean {
    return this.#saving;
  }

  /** Why the last attempt to save did not succeed. */
  get error(): ErrorCode | null {
    return this.#error;
  }

  /** Something is typed that is not saved. */
  get isDirty(): boolean {
    return !isSame(this.#base, this.#draft);
  }

  get problems(): Problems {
    return this.#checked ? readGuideDraft(this.#draft).problems : unchanged;
  }

  get isFull(): boolean {
    return this.#draft.teas.length >= limits.guideTeas;
  }

  setTitle(title: string): void {
    this.#change({ ...this.#draft, title });
  }

  setField<F extends TeaField>(teaId: string, field: F, value: TeaDraft[F]): void {
    this.#changeTeas((teas) => teas.map((tea) => (tea.teaId === teaId ? { ...tea, [field]: value } : tea)));
  }

  /** Returns the new tea's id. */
  add(): string {
    const teaId = newTeaId();
    this.#changeTeas((teas) => [...teas, emptyTea(teaId)]);
    return teaId;
  }

  /** Up by -1, down by 1; at the end nothing happens. */
  move(teaId: string, by: -1 | 1): void {
    const teas = [...this.#draft.teas];
    const from = teas.findIndex((tea) => tea.teaId === teaId);
    const to = from + by;
    if (from === -1 || to < 0 || to >= teas.length) return;
    teas.splice(to, 0, ...teas.splice(from, 1));
    this.#changeTeas(() => teas);
  }

  remove(teaId: string): void {
    const place = this.#draft.teas.findIndex((tea) => tea.teaId === teaId);
    const tea = this.#draft.teas[place];
    if (!tea) return;
    this.#removed = { tea, place };
    this.#changeTeas((teas) => teas.filter((other) => other !== tea));
  }

  /** Puts the tea back that was taken out last. */
  undo(): void {
    const removed = this.#removed;
    if (!removed) return;
    this.#removed = null;
    this.#changeTeas((teas) => teas.toSpliced(removed.place, 0, removed.tea));
  }

  /** Returns whether it is saved now; else `problems` or `error` say why not. */
  async save(): Promise<boolean> {
    if (this.#saving) return false;
    this.#checked = true;
    const { guide, problems } = readGuideDraft(this.#draft);
    if (problems.size > 0) {
      this.changed();
      return false;
    }
    return this.#send(() => this.#options.guide.save(guide, this.#baseRevision));
  }

  /** Takes the whole guide away. */
  removeGuide(): Promise<boolean> {
    return this.#send(() => this.#options.guide.save(null, this.#baseRevision));
  }

  discard(): void {
    this.#changes = [];
    this.#error = null;
    this.#begin(this.#base);
  }

  /** The other one's changes have been seen. */
  acknowledge(): void {
    this.#changes = [];
    this.changed();
  }

  /** The guide of the room is another one now. */
  guideChanged(): void {
    const theirs = this.#current;
    // What is being saved comes back as it was sent.
    if (this.#saving) return;
    this.#baseRevision = this.#options.guide.revision;
    if (isSame(theirs, this.#base)) return;
    const wasDirty = this.isDirty;
    const { draft, changes } = rebaseDraft(this.#base, this.#draft, theirs);
    this.#base = theirs;
    this.#draft = draft;
    // To who has typed nothing it is no conflict.
    if (wasDirty && changes.length > 0) this.#changes = changes;
    this.#keep();
    this.changed();
  }

  get #current(): GuideDraft {
    const { guide, listSeparator } = this.#options;
    return toGuideDraft(guide.current, listSeparator);
  }

  async #send(send: () => Promise<void>): Promise<boolean> {
    const sent = this.#draft;
    this.#saving = true;
    this.#error = null;
    this.changed();
    try {
      await send();
    } catch (error) {
      this.#saving = false;
      this.#error = errorCodeOf(error);
      this.guideChanged();
      this.changed();
      return false;
    }
    this.#saving = false;
    this.#base = this.#current;
    this.#baseRevision = this.#options.guide.revision;
    this.#changes = [];
    // What was typed meanwhile stays.
    this.#begin(rebaseDraft(sent, this.#draft, this.#base).draft);
    return true;
  }

  #begin(draft: GuideDraft): void {
    this.#removed = null;
    this.#checked = false;
    this.#change(draft);
  }

  #changeTeas(change: (teas: readonly TeaDraft[]) => readonly TeaDraft[]): void {
    this.#change({ ...this.#draft, teas: change(this.#draft.teas) });
  }

  #change(draft: GuideDraft): void {
    this.#draft = draft;
    this.#keep();
    this.changed();
  }

  #keep(): void {
    const stored = this.isDirty ? JSON.stringify({ base: this.#base, draft: this.#draft }) : '';
    saveDraft(this.#options.storageKey, stored);
  }
}

function isSame(one: GuideDraft, other: GuideDraft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function newTeaId(): string {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What another version of this page has kept may have another shape: then it begins anew. */
function parseStored(text: string): { base: GuideDraft; draft: GuideDraft } | null {
  try {
    const { base, draft } = JSON.parse(text) as Record<'base' | 'draft', unknown>;
    return isGuideDraft(base) && isGuideDraft(draft) ? { base, draft } : null;
  } catch {
    return null;
  }
}

function isGuideDraft(value: unknown): value is GuideDraft {
  if (typeof value !== 'object' || value === null) return false;
  const { title, teas } = value as Partial<GuideDraft>;
  const shape = Object.keys(emptyTea('')).toSorted().join();
  return (
    typeof title === 'string' &&
    Array.isArray(teas) &&
    teas.every(
      (tea: unknown) => typeof tea === 'object' && tea !== null && Object.keys(tea).toSorted().join() === shape,
    )
  );
}
