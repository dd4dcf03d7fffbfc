import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import { Deferred } from '../../session/Deferred.ts';
import type { ChatMessage } from '../ChatMessage.ts';
import type { DraftContent, SendOptions } from '../DraftContent.ts';
import { ConversationSender } from '../outbox/ConversationSender.ts';
import { clientIdOf } from '../outbox/OutboxEntry.ts';
import { checkDraft } from '../outbox/toOutgoing.ts';
import type { ConversationContext } from './ConversationContext.ts';
import type { ConversationFeed } from './ConversationFeed.ts';

/** The way of own messages of one conversation, from being written to being stored. */
export class OutgoingMessages {
  readonly #conversationId: string;
  readonly #context: ConversationContext;
  readonly #feed: ConversationFeed;
  readonly #sender: ConversationSender;
  readonly #waiting = new Map<string, Deferred<ChatMessage>>();
  /** What was written before is kept before, however long a picture takes. */
  #kept: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(conversationId: string, context: ConversationContext, feed: ConversationFeed) {
    this.#conversationId = conversationId;
    this.#context = context;
    this.#feed = feed;
    const { outbox, exclusive, request, live, serverUrl, upload } = context;
    this.#sender = new ConversationSender({
      conversationId,
      outbox,
      exclusive,
      request,
      live,
      serverUrl,
      upload,
      stored: (messages) => feed.loader.handleStored(messages),
      delayed: (error) => feed.pending.setDelay(error) && feed.pendingChanged(),
      progressed: (clientId, sentBytes) => {
        feed.pending.progressed(clientId, sentBytes);
        feed.pendingChanged();
      },
    });
  }

  /** @throws ChaxiError messageTooLarge, badRequest, fileNotSupported: a picture that can not be shown here, invalidState */
  async add(content: DraftContent, { replyTo = null, mentions = [] }: SendOptions): Promise<ChatMessage> {
    if (this.#closed) throw new ChaxiError('invalidState');
    checkDraft(content);
    const answered = typeof replyTo === 'number' ? replyTo : (replyTo?.seq ?? null);
    this.#feed.typing.sent();
    const draft = { conversationId: this.#conversationId, replyTo: answered, mentions, writtenAt: Date.now() };
    const former = this.#kept;
    const kept = this.#prepare(content).then(async (prepared) => {
      await former;
      return this.#context.outbox.add({ ...draft, content: prepared });
    });
    this.#kept = kept.catch(() => undefined);
    const entry = await kept;
    await this.#feed.readOutbox();
    const clientId = clientIdOf(entry);
    const message = this.#feed.find(clientId);
    // Discarded meanwhile, or the conversation is gone.
    if (!message) throw new ChaxiError('invalidState');
    return message;
  }

  whenStored({ clientId }: ChatMessage): Promise<ChatMessage> {
    const waiting = this.#waiting.get(clientId) ?? new Deferred<ChatMessage>();
    this.#waiting.set(clientId, waiting);
    if (this.#closed) waiting.reject(new ChaxiError('invalidState'));
    else this.#settle(clientId, this.#feed.find(clientId));
    return waiting.promise;
  }

  async retry(message: ChatMessage): Promise<void> {
    const entry = this.#feed.pending.find(message.clientId);
    if (!entry?.failure) return;
    await this.#context.outbox.update(entry, { failure: null });
    await this.#feed.readOutbox();
  }

  async discard(message: ChatMessage): Promise<void> {
    const entry = this.#feed.pending.find(message.clientId);
    if (!entry) return;
    await this.#context.outbox.remove(this.#conversationId, [entry]);
    this.#sender.abort(message.clientId);
    await this.#feed.readOutbox();
    this.#refuse(message.clientId, new ChaxiError('invalidState', { message: 'The message was discarded.' }));
  }

  /** Something was added or changed, in this tab or another one. */
  async handleOutbox(): Promise<void> {
    this.#sender.start();
    await this.#feed.readOutbox();
  }

  /** There is a connection. */
  handleConnected(): void {
    this.#sender.start({ atOnce: true });
  }

  /** Tells those who wait what has become of their messages. */
  settle(): void {
    if (this.#waiting.size === 0) return;
    // Hundreds may wait after a while without a network: they are not looked for one by one.
    const { own } = this.#feed;
    for (const clientId of this.#waiting.keys()) this.#settle(clientId, own.get(clientId));
  }

  close(): void {
    this.#closed = true;
    this.#sender.close();
    for (const clientId of this.#waiting.keys()) this.#refuse(clientId, new ChaxiError('invalidState'));
  }

  async #prepare(content: DraftContent): Promise<DraftContent> {
    if (content.type !== 'image') return content;
    const { file } = content;
    const name = content.name ?? (file instanceof File ? file.name : undefined);
    return { ...content, name, file: await this.#context.prepare(file) };
  }

  #settle(clientId: string, message: ChatMessage | undefined): void {
    if (message?.outgoing?.state === 'failed') this.#refuse(clientId, message.outgoing.error);
    if (message?.outgoing !== null) return;
    this.#waiting.get(clientId)?.resolve(message);
    this.#waiting.delete(clientId);
  }

  #refuse(clientId: string, error: ChaxiError | null): void {
    this.#waiting.get(clientId)?.reject(error ?? new ChaxiError('internal'));
    this.#waiting.delete(clientId);
  }
}
