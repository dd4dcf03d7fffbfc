import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ConversationInfo, NewMember } from '../../protocol/conversations.ts';
import type { Message } from '../../protocol/messages.ts';
import type {
  ConversationList,
  ConversationPage,
  CreateConversation,
  MemberList,
  MemberPage,
  PersonalRecord,
  PostMessage,
} from '../../protocol/rest.ts';
import type { MessageStores } from '../storage/messages/MessageStores.ts';
import type { Forgotten } from '../storage/messages/PersonalData.ts';
import type { AttachmentService } from './AttachmentService.ts';
import { audienceOf } from './audience.ts';
import { notAllowed } from './ConversationAccess.ts';
import { mayInConversation, type ConversationAction } from './conversationPolicy.ts';
import type { Conversations } from './Conversations.ts';
import type { Fanout } from './Fanout.ts';
import type { Membership } from './Membership.ts';
import type { Messages } from './Messages.ts';

export interface ShopDeskOptions {
  stores: MessageStores;
  conversations: Conversations;
  messages: Messages;
  membership: Membership;
  attachments: AttachmentService;
  fanout: Fanout;
}

/** What the backend of a shop does in its conversations: all that a host may, in each of them, and what is asked of nobody else. */
export class ShopDesk {
  readonly #options: ShopDeskOptions;

  constructor(options: ShopDeskOptions) {
    this.#options = options;
  }

  create(tenant: string, asked: CreateConversation): Promise<ConversationInfo> {
    const { conversations } = this.#options;
    if ('customer' in asked) return conversations.ensureShop({ tenant, ...asked.customer });
    return conversations.makeGroup(tenant, asked.title, asked.members);
  }

  async listOf(tenant: string, { identity, after, limit }: ConversationPage): Promise<ConversationList> {
    const last = after === undefined ? undefined : await this.get(tenant, after);
    return this.#options.stores.conversations.listFor({ tenant, identity }, { counter: false }, { after: last, limit });
  }

  async get(tenant: string, conversationId: string): Promise<ConversationInfo> {
    const conversation = await this.#options.stores.conversations.find(tenant, conversationId);
    if (!conversation) throw new ChaxiError('conversationNotFound');
    return conversation;
  }

  async delete(tenant: string, conversationId: string): Promise<void> {
    const { stores, attachments, fanout } = this.#options;
    const conversation = await this.get(tenant, conversationId);
    for await (const removed of stores.retention.removeConversation(conversationId)) {
      attachments.discard(removed.attachments);
    }
    fanout.tell(audienceOf(tenant, conversation), 'conversationGone', { conversationId });
    fanout.closeConversation(conversationId);
  }

  async listMembers(tenant: string, conversationId: string, page: MemberPage): Promise<MemberList> {
    await this.get(tenant, conversationId);
    return this.#options.stores.members.list(conversationId, page);
  }

  async putMembers(tenant: string, conversationId: string, members: readonly NewMember[]): Promise<void> {
    const conversation = await this.#assert(tenant, conversationId, 'addMembers');
    await this.#options.membership.put(tenant, conversation, members);
  }

  async removeMember(tenant: string, conversationId: string, identity: string): Promise<void> {
    const conversation = await this.#assert(tenant, conversationId, 'removeMember');
    await this.#options.membership.remove(tenant, conversation, identity);
  }

  async post(tenant: string, conversationId: string, { from, ...message }: PostMessage): Promise<Message> {
    const conversation = await this.get(tenant, conversationId);
    const [stored] = await this.#options.messages.store({ tenant, counter: false, ...from }, conversation, [message]);
    return stored!;
  }

  async *export(tenant: string, identity: string): AsyncGenerator<PersonalRecord> {
    for await (const record of this.#options.stores.personalData.export({ tenant, identity })) {
      if (record.type !== 'attachment') {
        yield record;
        continue;
      }
      const { attachmentId, conversationId, name, sizeBytes, mimeType, createdAt } = record.attachment;
      yield { type: 'attachment', attachment: { attachmentId, conversationId, name, sizeBytes, mimeType, createdAt } };
    }
  }

  async forget(tenant: string, identity: string): Promise<void> {
    const touched = new Set<string>();
    for await (const step of this.#options.stores.personalData.forget({ tenant, identity })) {
      if (step.type !== 'attachments') touched.add(step.conversationId);
      await this.#tellForgotten(tenant, identity, step);
    }
    // The name of a customer was the title of their conversation.
    for (const conversationId of touched) {
      const conversation = await this.#options.stores.conversations.find(tenant, conversationId);
      if (conversation) this.#options.fanout.tell(audienceOf(tenant, conversation), 'conversation', { conversation });
    }
  }

  async #tellForgotten(tenant: string, identity: string, step: Forgotten): Promise<void> {
    const { stores, messages, membership, attachments } = this.#options;
    if (step.type === 'attachments') return attachments.discard(step.attachments);
    const conversation = await stores.conversations.find(tenant, step.conversationId);
    if (!conversation) return;
    if (step.type === 'membership') membership.tellRemoved(tenant, conversation, identity);
    else messages.tellChanged(audienceOf(tenant, conversation), step);
  }

  async #assert(tenant: string, conversationId: string, action: ConversationAction): Promise<ConversationInfo> {
    const conversation = await this.get(tenant, conversationId);
    if (!mayInConversation(conversation.kind, 'host', action)) throw notAllowed();
    return conversation;
  }
}
