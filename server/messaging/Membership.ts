import type { ConversationInfo, MemberInfo, NewMember } from '../../protocol/conversations.ts';
import type { MemberStore } from '../storage/messages/MemberStore.ts';
import { audienceOf, isListed } from './audience.ts';
import type { Fanout } from './Fanout.ts';
import { channels } from './people/channels.ts';

export interface MembershipOptions {
  store: MemberStore;
  fanout: Fanout;
}

/** Takes people into conversations and out of them, and tells whom it concerns. That it may be done was looked at before. */
export class Membership {
  readonly #options: MembershipOptions;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  /**
   * Takes people in, or gives members another name or role.
   * @returns how many members there are now
   * @throws conversationNotFound, limitReached, storageUnavailable
   */
  async put(tenant: string, conversation: ConversationInfo, members: readonly NewMember[]): Promise<number> {
    const { store, fanout } = this.#options;
    const { conversationId } = conversation;
    const { changed, memberCount } = await store.put(conversationId, members, Date.now());
    // Those too who were members before: the word of it may have been lost with the answer of the database.
    fanout.changeMembers(tenant, conversationId, { joined: members.map(({ identity }) => identity) });
    if (changed.length === 0) return memberCount;
    this.#tell(tenant, { ...conversation, memberCount }, { members: changed, gone: [] });
    return memberCount;
  }

  /** Ends a membership. @throws storageUnavailable */
  async remove(tenant: string, conversation: ConversationInfo, identity: string): Promise<void> {
    const memberCount = await this.#options.store.remove(conversation.conversationId, identity);
    // Where there is none it may have ended when the answer of the database was lost, and nobody have heard of it.
    this.tellRemoved(tenant, { ...conversation, memberCount: memberCount ?? conversation.memberCount }, identity);
  }

  /** Of a conversation as it is without that member. */
  tellRemoved(tenant: string, conversation: ConversationInfo, identity: string): void {
    const { fanout } = this.#options;
    const { conversationId } = conversation;
    // Who stands at the counter may still read it.
    const except = conversation.kind === 'shop' ? [channels.counter(tenant)] : [];
    fanout.tell([channels.person({ tenant, identity })], 'conversationGone', { conversationId }, except);
    fanout.changeMembers(tenant, conversationId, { left: [identity] });
    this.#tell(tenant, conversation, { members: [], gone: [identity] });
  }

  /** A conversation that was made with these members. */
  begin(tenant: string, conversation: ConversationInfo, identities: readonly string[]): void {
    const { fanout } = this.#options;
    fanout.changeMembers(tenant, conversation.conversationId, { joined: [...identities] });
    fanout.tell(audienceOf(tenant, conversation), 'conversation', { conversation });
  }

  #tell(tenant: string, conversation: ConversationInfo, changed: { members: MemberInfo[]; gone: string[] }): void {
    const { fanout } = this.#options;
    const audience = audienceOf(tenant, conversation);
    fanout.tell(audience, 'conversation', { conversation });
    if (!isListed(conversation)) return;
    fanout.tell(audience, 'members', { conversationId: conversation.conversationId, ...changed });
    for (const { identity } of changed.members) {
      if (!fanout.online.has(channels.person({ tenant, identity }))) continue;
      fanout.tell(audience, 'presence', { identity, online: true });
    }
  }
}
