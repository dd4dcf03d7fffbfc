import type { ConversationInfo } from '../../protocol/conversations.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import type { Message, OutgoingMessage } from '../../protocol/messages.ts';
import type { RealtimeRequest } from '../../protocol/realtime.ts';
import { KeyedRates } from '../base/KeyedRates.ts';
import type { Appended } from '../storage/messages/appendMessages.ts';
import type { Changed, Mutate } from '../storage/messages/changeMessages.ts';
import type { MessagePage, MessageStore } from '../storage/messages/MessageStore.ts';
import type { AttachmentService } from './AttachmentService.ts';
import { audienceOf } from './audience.ts';
import { deleted, withReaction, withText } from './changeMessage.ts';
import type { Admitted, ConversationAccess } from './ConversationAccess.ts';
import { mayInConversation, type ConversationAction } from './conversationPolicy.ts';
import type { Fanout } from './Fanout.ts';
import { channels } from './people/channels.ts';
import type { Person } from './Person.ts';
import { SendQueue } from './SendQueue.ts';

export interface MessagesOptions {
  store: MessageStore;
  access: ConversationAccess;
  attachments: AttachmentService;
  fanout: Fanout;
  /** Transactions that may run at once. */
  lanes: number;
  /** Messages may be stored there of which nobody has heard. */
  doubtful: (tenant: string, conversationId: string) => void;
  /** So many new messages were stored. */
  count: (messages: number) => void;
}

/** What is said in conversations. Each method throws conversationNotFound, notAllowed and storageUnavailable beside what it says. */
export class Messages {
  readonly #options: MessagesOptions;
  readonly #queue: SendQueue;
  readonly #personRates = new KeyedRates({ perSecond: limits.messagesPerMinute / 60, burst: limits.messageBurst });
  readonly #conversationRates = new KeyedRates({
    perSecond: limits.conversationMessagesPerSecond,
    burst: 2 * limits.conversationMessagesPerSecond,
  });
  readonly #searchRates = new KeyedRates({ perSecond: limits.searchesPerMinute / 60, burst: limits.searchesPerMinute });

  constructor(options: MessagesOptions) {
    this.#options = options;
    this.#queue = new SendQueue(options);
  }

  /** @throws rateLimited, messageNotFound where one answers none, attachmentNotFound, fileNotSupported */
  async send(person: Person, conversationId: string, messages: readonly OutgoingMessage[]): Promise<Message[]> {
    const { conversation } = await this.#options.access.assert(person, conversationId, 'send');
    this.#personRates.take(channels.person(person), messages.length);
    this.#conversationRates.take(conversationId, messages.length);
    return this.store(person, conversation, messages);
  }

  /** As `send`, of someone who was looked at. */
  async store(
    person: Person,
    { conversationId, kind, lastChange }: ConversationInfo,
    messages: readonly OutgoingMessage[],
  ): Promise<Message[]> {
    const { tenant, identity, name } = person;
    if (messages.some(({ replyTo }) => (replyTo ?? 0) > lastChange)) throw new ChaxiError('messageNotFound');
    const resolved = await Promise.all(
      messages.map(async ({ clientId, content, replyTo, mentions }) => ({
        clientId,
        replyTo,
        mentions: [...new Set(mentions)],
        content: await this.#options.attachments.resolve(person, conversationId, content),
      })),
    );
    const request = { conversationId, from: { identity, name }, sentAt: Date.now(), messages: resolved };
    const audience = audienceOf(tenant, { conversationId, kind });
    const appended = await this.#queue.append(tenant, request, (stored) => this.#tellStored(audience, stored));
    return appended.messages;
  }

  /** @throws messageNotFound, badRequest where it has no text, rateLimited */
  edit(person: Person, { text, mentions, ...message }: RealtimeRequest<'edit'>): Promise<Message> {
    return this.#change(person, 'editOwn', message, () => withText(person.identity, text, mentions, Date.now()));
  }

  /** @throws messageNotFound, rateLimited */
  delete(person: Person, message: RealtimeRequest<'deleteMessage'>): Promise<Message> {
    return this.#change(person, 'deleteOwn', message, ({ conversation, role }) =>
      deleted(person.identity, mayInConversation(conversation.kind, role, 'deleteAny')),
    );
  }

  /** @throws messageNotFound, limitReached, rateLimited */
  react(person: Person, { emoji, on, ...message }: RealtimeRequest<'react'>): Promise<Message> {
    return this.#change(person, 'react', message, () => withReaction(person.identity, emoji, on));
  }

  async history(person: Person, { conversationId, before, limit }: RealtimeRequest<'history'>): Promise<MessagePage> {
    await this.#options.access.assert(person, conversationId, 'read');
    return this.#options.store.history(conversationId, { before, limit });
  }

  async sync(person: Person, { conversationId, after, limit }: RealtimeRequest<'sync'>): Promise<MessagePage> {
    await this.#options.access.assert(person, conversationId, 'read');
    return this.#options.store.sync(conversationId, { after, limit });
  }

  /** @throws rateLimited */
  async search(person: Person, asked: RealtimeRequest<'search'>): Promise<MessagePage> {
    const { conversationId, query, before, limit } = asked;
    this.#searchRates.take(channels.person(person));
    if (conversationId !== undefined) await this.#options.access.assert(person, conversationId, 'read');
    return this.#options.store.search(person, person, query, { conversationId, before, limit });
  }

  /** Resolves when nothing waits to be stored any more. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  /** Tells members what changed, and gives up the files that are nobody's any more. */
  tellChanged(audience: readonly string[], { conversationId, previous, messages, attachments }: Changed): void {
    const { fanout, attachments: files } = this.#options;
    fanout.tell(audience, 'messages', { conversationId, previous, messages });
    if (attachments.length > 0) files.discard(attachments);
  }

  async #change(
    person: Person,
    action: ConversationAction,
    { conversationId, seq }: { conversationId: string; seq: number },
    mutateFor: (admitted: Admitted) => Mutate,
  ): Promise<Message> {
    const admitted = await this.#options.access.assert(person, conversationId, action);
    this.#personRates.take(channels.person(person));
    const audience = audienceOf(person.tenant, admitted.conversation);
    const request = { conversationId, seq, mutate: mutateFor(admitted) };
    return this.#queue.change(person.tenant, request, (changed) => this.tellChanged(audience, changed));
  }

  #tellStored(audience: readonly string[], { previous, messages, added }: Appended): void {
    const { fanout, count } = this.#options;
    const [first] = messages;
    if (!first) return;
    const { conversationId } = first;
    if (added.length > 0) fanout.tell(audience, 'messages', { conversationId, previous, messages: added });
    count(added.length);
    // One that is sent again may have been stored without a word: its node, or the way to the database, broke in the midst of it.
    const seqs = new Set(added.map(({ seq }) => seq));
    for (const message of messages) {
      if (seqs.has(message.seq)) continue;
      fanout.tell(audience, 'messages', { conversationId, previous: message.change - 1, messages: [message] });
    }
  }
}
