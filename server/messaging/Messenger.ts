import type { RealtimeRequest, RealtimeResponse } from '../../protocol/realtime.ts';
import type { Logger } from '../base/logger.ts';
import { RetriedWork } from '../base/RetriedWork.ts';
import type { MessageStores } from '../storage/messages/MessageStores.ts';
import type { AttachmentService } from './AttachmentService.ts';
import { audienceOf } from './audience.ts';
import { ConversationAccess } from './ConversationAccess.ts';
import { Conversations, type ConversationsOptions } from './Conversations.ts';
import { Fanout, type FanoutOptions } from './Fanout.ts';
import { Membership } from './Membership.ts';
import { Messages } from './Messages.ts';
import { channels, type PersonKey } from './people/channels.ts';
import type { ConnectedPeople } from './people/ConnectedPeople.ts';
import type { Person } from './Person.ts';
import { PresenceNews } from './PresenceNews.ts';
import { Receipts } from './Receipts.ts';
import { RetentionSweep } from './RetentionSweep.ts';
import { ShopDesk } from './ShopDesk.ts';
import { Typing } from './Typing.ts';

/** People whose conversations are read anew at once, when news of other nodes were lost. */
const RESYNCS_AT_ONCE = 8;

/** All nodes of a room have heard by then who was sent out. */
const SECOND_LOOK_MS = 2_000;

interface Removal extends PersonKey {
  room: string;
  unlessInRoom: boolean;
}

export interface MessengerOptions {
  stores: MessageStores;
  attachments: AttachmentService;
  link: FanoutOptions['link'];
  /** Hands an event to the sockets of this node. */
  emit: FanoutOptions['emit'];
  isInRoom: ConversationsOptions['isInRoom'];
  /** Transactions that store messages at once. */
  lanes: number;
  /** 0 keeps messages for ever. */
  retentionDays: number;
  /** So many new messages were stored. */
  count: (messages: number) => void;
  logger: Logger;
}

/** All of messaging on one node. What people may is decided here, whatever way they ask. */
export class Messenger {
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly receipts: Receipts;
  readonly typing: Typing;
  /** For the backend of the shop. */
  readonly shop: ShopDesk;
  readonly #stores: MessageStores;
  readonly #attachments: AttachmentService;
  readonly #sweep: RetentionSweep;
  readonly #access: ConversationAccess;
  readonly #fanout: Fanout;
  readonly #presence: PresenceNews;
  /** Whose conversations are to be read anew, by their channels. */
  readonly #resyncs: RetriedWork<Person>;
  /** Conversations in which messages may be stored of which nobody has heard. */
  readonly #doubts: RetriedWork<{ tenant: string; conversationId: string }>;
  /** People whom a host has sent out of a room, or who may not come into it any more. */
  readonly #removals: RetriedWork<Removal>;
  readonly #secondLooks = new Set<NodeJS.Timeout>();
  readonly #isInRoom: ConversationsOptions['isInRoom'];

  constructor({ stores, attachments, link, emit, isInRoom, lanes, retentionDays, count, logger }: MessengerOptions) {
    this.#stores = stores;
    this.#attachments = attachments;
    this.#isInRoom = isInRoom;
    this.#resyncs = new RetriedWork({ concurrency: RESYNCS_AT_ONCE, work: (person) => this.#resync(person) });
    this.#doubts = new RetriedWork({ concurrency: 1, work: (doubt) => this.#tellLastChange(doubt) });
    this.#removals = new RetriedWork({
      concurrency: 1,
      work: (removal) => this.#remove(removal),
    });
    const fanout = new Fanout({
      link,
      emit,
      loadConversations: (person) => stores.conversations.conversationIdsOf(person, { counter: false }),
      missed: () => {
        for (const person of fanout.people.people) this.#resyncs.add(channels.person(person), person);
      },
      presenceChanged: (person, isOnline) => this.#presence.add(person, isOnline),
    });
    this.#fanout = fanout;
    this.#presence = new PresenceNews({ store: stores.conversations, fanout, logger });
    const access = new ConversationAccess(stores.conversations);
    this.#access = access;
    const membership = new Membership({ store: stores.members, fanout });
    this.conversations = new Conversations({
      store: stores.conversations,
      members: stores.members,
      access,
      membership,
      online: fanout.online,
      isInRoom,
    });
    this.messages = new Messages({
      store: stores.messages,
      access,
      attachments,
      fanout,
      lanes,
      doubtful: (tenant, conversationId) => this.#doubts.add(conversationId, { tenant, conversationId }),
      count,
    });
    this.receipts = new Receipts({ store: stores.members, conversations: stores.conversations, access, fanout });
    this.typing = new Typing({ access, fanout });
    const { conversations, messages } = this;
    this.shop = new ShopDesk({ stores, conversations, messages, membership, attachments, fanout });
    this.#sweep = new RetentionSweep({ store: stores.retention, attachments, retentionDays, logger });
  }

  /** Who is connected to this node. */
  get people(): ConnectedPeople {
    return this.#fanout.people;
  }

  /** @throws conversationNotFound, notAllowed, fileTooLarge, attachmentsFull, rateLimited, storageUnavailable */
  async createAttachment(
    person: Person,
    { conversationId, ...file }: RealtimeRequest<'createAttachment'>,
  ): Promise<RealtimeResponse<'createAttachment'>> {
    await this.#access.assert(person, conversationId, 'send');
    return this.#attachments.createAttachment(person, conversationId, file);
  }

  /** @throws conversationNotFound, attachmentNotFound, storageUnavailable */
  async attachmentUrl(
    person: Person,
    { conversationId, attachmentId }: RealtimeRequest<'attachmentUrl'>,
  ): Promise<RealtimeResponse<'attachmentUrl'>> {
    await this.#access.assert(person, conversationId, 'read');
    return this.#attachments.urlOf(person, conversationId, attachmentId);
  }

  /** A host has sent someone out of a room, and by that out of its conversation: at last, also where the database is away now. */
  removeFromRoom(tenant: string, room: string, identity: string): void {
    this.#addRemoval({ tenant, room, identity, unlessInRoom: false });
    // Another node may have taken them for someone who is in the room, and in its conversation, a moment after this. They may also
    // have come back, let in anew.
    const timer = setTimeout(() => {
      this.#secondLooks.delete(timer);
      this.removeUnlessInRoom(tenant, room, identity);
    }, SECOND_LOOK_MS);
    this.#secondLooks.add(timer);
  }

  /** Someone may not come into a room any more, and so not into its conversation; who was let in before stays in both. */
  removeUnlessInRoom(tenant: string, room: string, identity: string): void {
    this.#addRemoval({ tenant, room, identity, unlessInRoom: true });
  }

  /** When nobody is connected any more: waits for what is being stored, and tells the other nodes that this was all. */
  async close(): Promise<void> {
    await Promise.all([this.#sweep.close(), this.messages.idle()]);
    for (const work of [this.#resyncs, this.#doubts, this.#removals]) work.close();
    for (const timer of this.#secondLooks) clearTimeout(timer);
    this.#presence.close();
    this.#fanout.close();
  }

  async #resync(person: Person): Promise<void> {
    await this.people.reload(person);
    this.#fanout.tellHere([channels.person(person)], 'resync', {});
  }

  #addRemoval(removal: Removal): void {
    this.#removals.add(JSON.stringify(removal), removal);
  }

  async #remove({ tenant, room, identity, unlessInRoom }: Removal): Promise<void> {
    if (unlessInRoom && (await this.#isInRoom(tenant, room, identity))) return;
    await this.conversations.removeFromRoom(tenant, room, identity);
  }

  /** Who does not know this change finds out that something was missed. */
  async #tellLastChange({ tenant, conversationId }: { tenant: string; conversationId: string }): Promise<void> {
    const conversation = await this.#stores.conversations.settled(conversationId);
    if (!conversation) return;
    const { lastChange: previous } = conversation;
    this.#fanout.tell(audienceOf(tenant, conversation), 'messages', { conversationId, previous, messages: [] });
  }
}
