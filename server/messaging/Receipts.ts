import type { ConversationInfo } from '../../protocol/conversations.ts';
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
  conversation: ConversationInfo;
  /** By identity. */
  receipts: Map<string, Receipt>;
}

export interface ReceiptsOptions {
  store: Pick<MemberStore, 'advance'>;
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
    const { tenant, identity } = person;
    const { conversation } = await this.#options.access.assert(person, conversationId, 'read');
    const waiting = this.#waiting.get(conversationId) ?? { tenant, conversation, receipts: new Map<string, Receipt>() };
    const { deliveredSeq = 0, readSeq = 0 } = waiting.receipts.get(identity) ?? {};
    waiting.conversation = conversation;
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
    await new Promise((resolve) => setTimeout(resolve, COLLECT_MS));
    this.#flushing = undefined;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    const moved = await this.#options.store.advance(
      [...waiting.values()].flatMap(({ receipts }) => [...receipts.values()]),
    );
    for (const [conversationId, receipts] of Map.groupBy(moved, (receipt) => receipt.conversationId)) {
      const found = waiting.get(conversationId);
      if (found) this.#tell(found, receipts);
    }
  }

  #tell({ tenant, conversation }: Waiting, moved: readonly Receipt[]): void {
    const { fanout } = this.#options;
    const { conversationId } = conversation;
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
