import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ConversationInfo, MemberRole } from '../../protocol/conversations.ts';
import type { ConversationStore } from '../storage/messages/ConversationStore.ts';
import { mayInConversation, type ConversationAction } from './conversationPolicy.ts';
import type { Person } from './Person.ts';

export interface Admitted {
  conversation: ConversationInfo;
  role: MemberRole;
  /** False for one of the counter who has not opened it yet. */
  isMember: boolean;
}

/** Looks whether someone may do something in a conversation. */
export class ConversationAccess {
  readonly #conversations: Pick<ConversationStore, 'access'>;

  constructor(conversations: Pick<ConversationStore, 'access'>) {
    this.#conversations = conversations;
  }

  /** Undefined where the person may not know of the conversation. @throws storageUnavailable */
  find(person: Person, conversationId: string): Promise<Admitted | undefined> {
    return this.#conversations.access(person, person, conversationId);
  }

  /** @throws conversationNotFound, notAllowed, storageUnavailable */
  async assert(person: Person, conversationId: string, action: ConversationAction): Promise<Admitted> {
    const admitted = await this.find(person, conversationId);
    if (!admitted) throw new ChaxiError('conversationNotFound');
    if (!mayInConversation(admitted.conversation.kind, admitted.role, action)) throw notAllowed();
    return admitted;
  }
}

/** The code's own text speaks of tokens. */
export function notAllowed(): ChaxiError {
  return new ChaxiError('notAllowed', {
    message: 'What you are in this conversation does not allow that. Ask its host for another role.',
  });
}
