import type { ConversationInfo, NewMember } from '../../protocol/conversations.ts';
import type { Message } from '../../protocol/messages.ts';
import type {
  ConversationList,
  ConversationPage,
  CreateConversation,
  MemberList,
  MemberPage,
  PostMessage,
} from '../../protocol/rest.ts';

/**
 * What REST needs of the conversations. A tenant sees its own only: of others each method rejects with `conversationNotFound`.
 * Failures are ChaxiErrors, `storageUnavailable` among them.
 */
export interface ConversationService {
  /** Rejects with `limitReached`. */
  create(tenant: string, asked: CreateConversation): Promise<ConversationInfo>;
  listOf(tenant: string, page: ConversationPage): Promise<ConversationList>;
  get(tenant: string, conversationId: string): Promise<ConversationInfo>;
  /** With all that is in it, for everyone. */
  delete(tenant: string, conversationId: string): Promise<void>;
  listMembers(tenant: string, conversationId: string, page: MemberPage): Promise<MemberList>;
  /** Rejects with `notAllowed` where it is no group, `limitReached`. */
  putMembers(tenant: string, conversationId: string, members: readonly NewMember[]): Promise<void>;
  /** Rejects with `notAllowed` where it is the shop's with a customer. */
  removeMember(tenant: string, conversationId: string, identity: string): Promise<void>;
  /** Rejects with `messageNotFound`, `attachmentNotFound`, `fileNotSupported`. */
  post(tenant: string, conversationId: string, message: PostMessage): Promise<Message>;
}
