import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { Message } from '../../../../protocol/messages.ts';
import type { Logger } from '../../Logger.ts';
import type { RealtimeRequester } from '../connection/RealtimeConnection.ts';
import { mayPass } from '../mayPass.ts';
import {
  applyEvent,
  applyHistory,
  applyStored,
  applySync,
  emptyTimeline,
  hearOf,
  isBehind,
  shownMessages,
  startAt,
  type AppliedChanges,
  type Timeline,
} from './Timeline.ts';

const RETRY_MS = 2_000;
/** Changes. Where more were missed, the last page is loaded anew, and the messages before it when someone wants to see them. */
const LONGEST_SYNC = 1_000;

export interface TimelineLoaderOptions {
  conversationId: string;
  request: RealtimeRequester;
  live: () => boolean;
  logger: Logger;
  /** The timeline is another one. */
  changed: (added: readonly Message[]) => void;
  /** The server refuses what is asked; for what may pass it is asked again. */
  failed: (error: ChaxiError) => void;
}

/** Keeps the timeline of one conversation in step with the server. */
export class TimelineLoader {
  readonly #options: TimelineLoaderOptions;
  #timeline: Timeline = emptyTimeline;
  #loading: Promise<void> | null = null;
  #older: Promise<boolean> | null = null;
  #syncing = false;
  #syncAgain = false;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(options: TimelineLoaderOptions) {
    this.#options = options;
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  /** The first page of the history is there. */
  get isLoaded(): boolean {
    return this.#timeline.from !== Infinity;
  }

  get shown(): readonly Message[] {
    return shownMessages(this.#timeline);
  }

  /** Before anything is loaded: how far the server is. */
  startAt(lastChange: number): void {
    this.#timeline = startAt(this.#timeline, lastChange);
  }

  /** What a page before knew. */
  restore(timeline: Timeline): void {
    this.#timeline = timeline;
  }

  /** The server is at least this far. */
  hearOf(lastChange: number): void {
    this.#timeline = hearOf(this.#timeline, lastChange);
    if (lastChange - this.#timeline.known > LONGEST_SYNC) void this.#startAnew(lastChange);
    else if (isBehind(this.#timeline)) this.sync();
  }

  /** Loads the last page, unless it is there. */
  load(): Promise<void> {
    this.#loading ??= this.#loadFirst().finally(() => (this.#loading = null));
    return this.isLoaded ? Promise.resolve() : this.#loading;
  }

  /** The last message alone, which a list shows. */
  async loadLast(): Promise<void> {
    const { conversationId, request } = this.#options;
    const { messages } = await request('history', { conversationId, limit: 1 });
    // Whether it is the first of all does not matter here: nothing is shown from it on.
    if (!this.isLoaded) this.#set({ ...applyHistory(this.#timeline, { messages, more: true }), from: Infinity });
  }

  loadOlder(): Promise<boolean> {
    this.#older ??= this.#loadOlder().finally(() => (this.#older = null));
    return this.#older;
  }

  handleEvent(previous: number, messages: readonly Message[]): void {
    this.#apply(applyEvent(this.#timeline, previous, messages));
    if (isBehind(this.#timeline)) this.sync();
  }

  /** The answer to `send`, or to a change of one message. */
  handleStored(messages: readonly Message[]): void {
    this.#apply(applyStored(this.#timeline, messages));
  }

  /** Asks for all that is missing, page after page. */
  sync(): void {
    this.#syncAgain = true;
    if (!this.#syncing && !this.#closed) void this.#sync();
  }

  close(): void {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
  }

  async #loadFirst(): Promise<void> {
    const { conversationId, request } = this.#options;
    const page = await request('history', { conversationId });
    this.#set(applyHistory(this.#timeline, page));
  }

  async #startAnew(lastChange: number): Promise<void> {
    const { conversationId, request } = this.#options;
    try {
      const page = await request('history', { conversationId });
      const { heard } = this.#timeline;
      this.#set(applyHistory({ ...startAt(emptyTimeline, lastChange), heard: Math.max(heard, lastChange) }, page));
    } catch (error) {
      this.#options.logger.debug('messages: the last page can not be had', error);
    }
    // From where it is now: what came meanwhile, or all of it.
    if (isBehind(this.#timeline)) this.sync();
  }

  async #loadOlder(): Promise<boolean> {
    const { conversationId, request } = this.#options;
    const { from, hasOlder } = this.#timeline;
    if (!hasOlder) return false;
    const page = await request('history', { conversationId, before: from });
    this.#set(applyHistory(this.#timeline, page));
    return this.#timeline.hasOlder;
  }

  async #sync(): Promise<void> {
    const { conversationId, request, live } = this.#options;
    this.#syncing = true;
    try {
      while (this.#syncAgain && live() && !this.#closed) {
        this.#syncAgain = false;
        const { known, heard } = this.#timeline;
        const page = await request('sync', { conversationId, after: known });
        this.#apply(applySync(this.#timeline, page, heard));
        if (page.more || isBehind(this.#timeline)) this.#syncAgain = true;
      }
    } catch (error) {
      this.#handleFailure(error instanceof ChaxiError ? error : new ChaxiError('internal', { cause: error }));
    }
    this.#syncing = false;
  }

  #handleFailure(error: ChaxiError): void {
    if (this.#closed) return;
    if (!mayPass(error.code)) return this.#options.failed(error);
    // Where the connection is lost, the next one begins with a sync.
    this.#retry = setTimeout(() => this.sync(), RETRY_MS);
  }

  #apply({ timeline, added }: AppliedChanges): void {
    if (timeline.messages === this.#timeline.messages) {
      this.#timeline = timeline;
      return;
    }
    this.#timeline = timeline;
    this.#options.changed(added);
  }

  #set(timeline: Timeline): void {
    this.#timeline = timeline;
    this.#options.changed([]);
  }
}
