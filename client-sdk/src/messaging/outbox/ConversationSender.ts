import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { Message } from '../../../../protocol/messages.ts';
import type { RealtimeRequester } from '../connection/RealtimeConnection.ts';
import type { UploadAttachment } from '../uploads/AttachmentUpload.ts';
import type { KeptEntry, Outbox } from './Outbox.ts';
import { clientIdOf, fileNameOf, fileOf } from './OutboxEntry.ts';
import { batchSize, judgeRefusal } from './sendPolicy.ts';
import { toOutgoing } from './toOutgoing.ts';

/** Lets one tab of a browser in at a time. */
export type Exclusive = <T>(name: string, run: () => Promise<T>) => Promise<T>;

export interface ConversationSenderOptions {
  conversationId: string;
  outbox: Outbox;
  exclusive: Exclusive;
  request: RealtimeRequester;
  /** There is a connection. */
  live: () => boolean;
  serverUrl: () => string;
  upload: UploadAttachment;
  /** The server has them; they are in the outbox still. */
  stored: (messages: readonly Message[]) => void;
  /** An attempt failed, and another one follows; null where one succeeded since. */
  delayed: (error: ChaxiError | null) => void;
  progressed: (clientId: string, sentBytes: number) => void;
}

/**
 * Sends what waits in one conversation, one batch at a time, in order. Each batch begins with the first message that is not
 * acknowledged. So, whichever tab sends it, and however often, the server has all before it, and knows again what it has.
 */
export class ConversationSender {
  readonly #options: ConversationSenderOptions;
  #running = false;
  /** Something was added while it was looked whether there is something. */
  #again = false;
  #closed = false;
  /** Attempts in a row that failed. */
  #attempt = 0;
  /** How often the first message was refused by an answer that is not sure to be the last word. */
  #refusals = 0;
  /** So many of the first messages go one by one. */
  #singles = 0;
  #uploading: { clientId: string; aborter: AbortController } | null = null;
  /** Ends the pause after a failure. */
  #wake: () => void = () => undefined;

  constructor(options: ConversationSenderOptions) {
    this.#options = options;
  }

  /** There may be something to send, or a connection again: then it does not wait for the end of a pause. */
  start({ atOnce = false } = {}): void {
    this.#again = true;
    if (atOnce) this.#wake();
    if (!this.#running && !this.#closed) void this.#run();
  }

  /** A message was discarded. */
  abort(clientId: string): void {
    if (this.#uploading?.clientId === clientId) this.#uploading.aborter.abort();
  }

  close(): void {
    this.#closed = true;
    this.#uploading?.aborter.abort();
    this.#wake();
  }

  async #run(): Promise<void> {
    const { exclusive, conversationId } = this.#options;
    this.#running = true;
    while (this.#again && this.#canSend) {
      this.#again = false;
      if ((await this.#unsent()).length === 0) continue;
      const pauseMs = await exclusive(conversationId, () => this.#sendNext());
      // Until nothing is left.
      this.#again = true;
      if (pauseMs > 0 && this.#canSend) await this.#pause(pauseMs);
    }
    this.#running = false;
  }

  get #canSend(): boolean {
    return !this.#closed && this.#options.live();
  }

  async #unsent(): Promise<KeptEntry[]> {
    const entries = await this.#options.outbox.list(this.#options.conversationId);
    return entries.filter(({ failure }) => failure === null);
  }

  /** @returns milliseconds to wait before the next step */
  async #sendNext(): Promise<number> {
    const entries = await this.#unsent();
    const [first] = entries;
    if (!first || !this.#canSend) return 0;
    const batch = needsUpload(first) ? [first] : this.#nextBatch(entries);
    try {
      if (needsUpload(first)) await this.#upload(first);
      else await this.#send(batch);
      this.#attempt = 0;
      this.#options.delayed(null);
      return 0;
    } catch (error) {
      return this.#handleRefusal(
        error instanceof ChaxiError ? error : new ChaxiError('internal', { cause: error }),
        batch,
      );
    }
  }

  #nextBatch(entries: readonly KeptEntry[]): readonly KeptEntry[] {
    const end = entries.findIndex(needsUpload);
    const ready = end === -1 ? entries : entries.slice(0, end);
    const size = batchSize(ready.map((entry) => encoder.encode(JSON.stringify(toOutgoing(entry))).length));
    return ready.slice(0, this.#singles > 0 ? 1 : size);
  }

  async #send(batch: readonly KeptEntry[]): Promise<void> {
    const { conversationId, request, outbox, stored } = this.#options;
    const { messages } = await request('send', { conversationId, messages: batch.map(toOutgoing) });
    const acknowledged = new Set(messages.map(({ clientId }) => clientId));
    // First shown as stored, and then no more as waiting: so it is never gone in between.
    stored(messages);
    outbox.tellStored(conversationId, messages);
    await outbox.remove(
      conversationId,
      batch.filter((entry) => acknowledged.has(clientIdOf(entry))),
    );
    this.#refusals = 0;
    this.#singles = Math.max(0, this.#singles - batch.length);
  }

  async #upload(entry: KeptEntry): Promise<void> {
    const { conversationId, outbox, request, serverUrl, upload, progressed } = this.#options;
    const clientId = clientIdOf(entry);
    const aborter = new AbortController();
    this.#uploading = { clientId, aborter };
    try {
      const attachmentId = await upload({
        conversationId,
        blob: fileOf(entry)!,
        name: fileNameOf(entry),
        serverUrl: serverUrl(),
        ticket: entry.ticket,
        keepTicket: (ticket) => outbox.update(entry, { ticket }),
        createAttachment: (asked) => request('createAttachment', asked),
        progressed: (sentBytes) => progressed(clientId, sentBytes),
        signal: aborter.signal,
      });
      await outbox.update(entry, { attachmentId });
    } catch (error) {
      // It was discarded, and is no longer there at the next look.
      if (!aborter.signal.aborted) throw error;
    } finally {
      this.#uploading = null;
    }
  }

  async #handleRefusal(error: ChaxiError, batch: readonly KeptEntry[]): Promise<number> {
    const { outbox, delayed } = this.#options;
    const first = batch[0]!;
    const refused = { code: error.code, size: batch.length, attempt: this.#attempt, refusals: this.#refusals };
    const verdict = judgeRefusal(refused, Math.random());
    switch (verdict.do) {
      case 'retry':
        this.#attempt++;
        if (error.code === 'internal') this.#refusals++;
        delayed(error);
        return verdict.delayMs;
      case 'single':
        this.#singles = batch.length;
        return 0;
      case 'upload':
        this.#refusals++;
        await outbox.update(first, { ticket: null, attachmentId: null });
        return 0;
      case 'fail':
        this.#attempt = 0;
        this.#refusals = 0;
        this.#singles = Math.max(0, this.#singles - 1);
        await outbox.update(first, { failure: error.toBody() });
        return 0;
    }
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const encoder = new TextEncoder();

function needsUpload(entry: KeptEntry): boolean {
  return fileOf(entry) !== null && entry.attachmentId === null;
}
