import { setTimeout as sleep } from 'node:timers/promises';
import type { ConversationStore } from '../storage/messages/ConversationStore.ts';
import type { MemberStore, Receipt } from '../storage/messages/MemberStore.ts';
import { audienceOf, isListed } from './audience.ts';
import type { ConversationAccess } from './ConversationAccess.ts';
import type { Fanout } from './Fanout.ts';
import { channels } from './people/channels.ts';
import type { Person } from './Person.ts';

/** So long receipts are collected: everyone in a conversation sends one for each message. */
const COLLECT_MS = 100;

interface Waiting {
  tenant: string;
  /** By identity. */
  receipts: Map<string, Receipt>;
}

export interface ReceiptsOptions {
  store: Pick<MemberStore, 'advance'>;
  conversations: Pick<ConversationStore, 'find'>;
  access: ConversationAccess;
  fanout: Fanout;
}

/** How far members have got. */
export class Receipts {
  readonly #options: ReceiptsOptions;
  /** By conversation. */
  #waiting = new Map<string, Waiting>();
  #flushing: Promise<void> | undefined;

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /** Resolves when it is stored. @throws conversationNotFound, storageUnavailable */
  async mark(person: Person, conversationId: string, { seq, isRead }: { seq: number; isRead: boolean }): Promise<void> {
    const { access, fanout } = this.#options;
    const { tenant, identity } = person;
    // The store passes over who is no member any more; so nobody has to be looked up for each of so many.
    if (!fanout.people.isMember(person, conversationId)) await access.assert(person, conversationId, 'read');
    const waiting = this.#waiting.get(conversationId) ?? { tenant, receipts: new Map<string, Receipt>() };
    const { deliveredSeq = 0, readSeq = 0 } = waiting.receipts.get(identity) ?? {};
    waiting.receipts.set(identity, {
      conversationId,
      identity,
      deliveredSeq: Math.max(deliveredSeq, seq),
      readSeq: isRead ? Math.max(readSeq, seq) : readSeq,
    });
    this.#waiting.set(conversationId, waiting);
    await (this.#flushing ??= this.#flushLater());
  }

  async #flushLater(): Promise<void> {
    await sleep(COLLECT_MS);
    this.#flushing = undefined;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    const asked = [...waiting.values()].flatMap(({ receipts }) => [...receipts.values()]);
    const moved = Map.groupBy(await this.#options.store.advance(asked), ({ conversationId }) => conversationId);
    await Promise.all(
      [...moved].map(([conversationId, receipts]) =>
        this.#tell(waiting.get(conversationId)!.tenant, conversationId, receipts),
      ),
    );
  }

  async #tell(tenant: string, conversationId: string, moved: readonly Receipt[]): Promise<void> {
    const { conversations, fanout } = this.#options;
    const conversation = await conversations.find(tenant, conversationId);
    if (!conversation) return;
    const receipts = moved.map(({ identity, deliveredSeq, readSeq }) => ({ identity, deliveredSeq, readSeq }));
    if (isListed(conversation)) {
      fanout.tell(audienceOf(tenant, conversation), 'receipts', { conversationId, receipts });
      return;
    }
    for (const own of receipts) {
      fanout.tell([channels.person({ tenant, identity: own.identity })], 'receipts', {
        conversationId,
        receipts: [own],
      });
    }
  }
}
