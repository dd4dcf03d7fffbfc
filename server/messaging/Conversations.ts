import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { ConversationInfo, MemberInfo, NewMember } from '../../protocol/conversations.ts';
import { limits } from '../../protocol/limits.ts';
import type { OpenedConversation, RealtimeRequest, RealtimeResponse } from '../../protocol/realtime.ts';
import type { ConversationStore } from '../storage/messages/ConversationStore.ts';
import type { MemberStore } from '../storage/messages/MemberStore.ts';
import { isListed } from './audience.ts';
import type { ConversationAccess } from './ConversationAccess.ts';
import type { Membership } from './Membership.ts';
import { channels } from './people/channels.ts';
import type { OnlinePeople } from './people/OnlinePeople.ts';
import type { Person, RoomPass } from './Person.ts';

export interface ConversationsOptions {
  store: ConversationStore;
  members: MemberStore;
  access: ConversationAccess;
  membership: Membership;
  online: Pick<OnlinePeople, 'has'>;
  /** Whether someone is in a room now, on whatever node; not who waits in its lobby. Rejects with `nodeUnavailable`, `clusterUnavailable`. */
  isInRoom: (tenant: string, room: string, identity: string) => Promise<boolean>;
}

/** Which conversations there are for someone, and who is in them. Each method throws storageUnavailable beside what it says. */
export class Conversations {
  readonly #options: ConversationsOptions;

  constructor(options: ConversationsOptions) {
    this.#options = options;
  }

  list(
    person: Person,
    { after, limit }: RealtimeRequest<'listConversations'>,
  ): Promise<RealtimeResponse<'listConversations'>> {
    return this.#options.store.listFor(person, person, { after, limit });
  }

  /** @throws notAllowed where the token is for another room, or this person is not in it and never was; nodeUnavailable, clusterUnavailable */
  async openRoom(person: Person, pass: RoomPass | undefined, room: string): Promise<OpenedConversation> {
    const { store, access, membership, isInRoom } = this.#options;
    if (pass?.room !== room) throw new ChaxiError('notAllowed');
    let isIn = false;
    let refusal: unknown = notInRoom();
    try {
      isIn = await isInRoom(person.tenant, room, person.identity);
    } catch (error) {
      // Who is a member needs not be in the room.
      refusal = error;
    }
    const conversation = await store.ensure({ tenant: person.tenant, kind: 'room', room }, Date.now());
    if (isIn) await membership.put(person.tenant, conversation, [{ ...named(person), role: pass.role }]);
    else if (!(await access.find(person, conversation.conversationId))) throw refusal;
    return this.#opened(person, conversation.conversationId);
  }

  /** @throws notAllowed for those of the counter, who are no customers */
  async openShop(person: Person): Promise<OpenedConversation> {
    if (person.counter) throw new ChaxiError('notAllowed');
    const { conversationId } = await this.ensureShop(person);
    return this.#opened(person, conversationId);
  }

  /** The conversation of a customer with the shop. */
  async ensureShop(customer: Pick<Person, 'tenant' | 'identity' | 'name'>): Promise<ConversationInfo> {
    const { store, membership } = this.#options;
    const { tenant, identity, name } = customer;
    const found = await store.ensure({ tenant, kind: 'shop', customer: identity, title: name }, Date.now());
    if (found.title !== name) await store.rename(found.conversationId, name);
    const conversation = { ...found, title: name };
    const memberCount = await membership.put(tenant, conversation, [{ ...named(customer), role: 'member' }]);
    return { ...conversation, memberCount };
  }

  /** @throws conversationNotFound */
  async open(person: Person, conversationId: string): Promise<OpenedConversation> {
    const { access, membership } = this.#options;
    const { conversation, isMember } = await access.assert(person, conversationId, 'read');
    // From now on the customer sees who of the shop has read what.
    if (!isMember) await membership.put(person.tenant, conversation, [{ ...named(person), role: 'host' }]);
    return this.#opened(person, conversationId);
  }

  /** @throws notAllowed without the grant, limitReached */
  async createGroup(person: Person, { title, members }: RealtimeRequest<'createGroup'>): Promise<OpenedConversation> {
    if (!person.counter) throw new ChaxiError('notAllowed');
    const conversation = await this.makeGroup(person.tenant, title, [...members, { ...named(person), role: 'host' }]);
    return this.#opened(person, conversation.conversationId);
  }

  /** @throws limitReached */
  async makeGroup(tenant: string, title: string, members: readonly NewMember[]): Promise<ConversationInfo> {
    const { store, membership } = this.#options;
    const conversation = await store.createGroup(tenant, title, members, Date.now());
    membership.begin(
      tenant,
      conversation,
      members.map(({ identity }) => identity),
    );
    return conversation;
  }

  /** @throws conversationNotFound, notAllowed, limitReached */
  async addMembers(person: Person, { conversationId, members }: RealtimeRequest<'addMembers'>): Promise<void> {
    const { access, membership } = this.#options;
    const { conversation } = await access.assert(person, conversationId, 'addMembers');
    await membership.put(person.tenant, conversation, members);
  }

  /** @throws conversationNotFound, notAllowed */
  async removeMember(person: Person, { conversationId, identity }: RealtimeRequest<'removeMember'>): Promise<void> {
    const { access, membership } = this.#options;
    const action = identity === person.identity ? 'leave' : 'removeMember';
    const { conversation } = await access.assert(person, conversationId, action);
    await membership.remove(person.tenant, conversation, identity);
  }

  /** @throws conversationNotFound */
  async listMembers(
    person: Person,
    { conversationId, after, limit }: RealtimeRequest<'listMembers'>,
  ): Promise<RealtimeResponse<'listMembers'>> {
    await this.#options.access.assert(person, conversationId, 'read');
    return this.#options.members.list(conversationId, { after, limit });
  }

  /** A host has sent someone out of a room. */
  async removeFromRoom(tenant: string, room: string, identity: string): Promise<void> {
    const { store, membership } = this.#options;
    const conversation = await store.findRoom(tenant, room);
    if (conversation) await membership.remove(tenant, conversation, identity);
  }

  async #opened(person: Person, conversationId: string): Promise<OpenedConversation> {
    const { store, online } = this.#options;
    const conversation = await store.own(person, person, conversationId);
    // Someone may have removed them in this moment.
    if (!conversation) throw new ChaxiError('conversationNotFound');
    const members = await this.#listed(person, conversation);
    const { tenant } = person;
    const isOnline = ({ identity }: MemberInfo) => online.has(channels.person({ tenant, identity }));
    return { conversation, members, online: members.filter(isOnline).map(({ identity }) => identity) };
  }

  async #listed(person: Person, conversation: ConversationInfo): Promise<MemberInfo[]> {
    const { members } = this.#options;
    const { conversationId } = conversation;
    if (isListed(conversation)) return (await members.list(conversationId, { limit: limits.listedMembers })).members;
    const own = await members.find(conversationId, person.identity);
    return own ? [own] : [];
  }
}

function named({ identity, name }: Pick<Person, 'identity' | 'name'>): Pick<NewMember, 'identity' | 'name'> {
  return { identity, name };
}

function notInRoom(): ChaxiError {
  return new ChaxiError('notAllowed', {
    message: 'You are not in this room. Join it before you open its conversation.',
  });
}
