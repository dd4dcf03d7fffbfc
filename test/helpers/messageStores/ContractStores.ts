import type { ConversationInfo, MemberRole } from '../../../protocol/conversations.ts';
import type { Message, MessageContent } from '../../../protocol/messages.ts';
import type { Appended, AppendRequest } from '../../../server/storage/messages/appendMessages.ts';
import type { NewAttachment } from '../../../server/storage/messages/AttachmentStore.ts';
import { MessageStores } from '../../../server/storage/messages/MessageStores.ts';
import type { Database } from '../../../server/storage/schema.ts';
import { recordLog } from '../recordLog.ts';
import { draft, nameOf, newFile, NOW, request, unique } from './fixtures.ts';

/** What a contract needs of a database: two ways to it, as two nodes have them. */
export interface ContractDatabase {
  open(): Promise<Database>;
  close(): Promise<void>;
}

/** The stores of two nodes on one database, and what tests put into them. One database serves all tests, so each test has a tenant of its own. */
export class ContractStores {
  readonly one: MessageStores;
  readonly two: MessageStores;
  readonly database: Database;
  readonly #other: Database;
  readonly #close: () => Promise<void>;

  static async open({ open, close }: ContractDatabase): Promise<ContractStores> {
    return new ContractStores(await open(), await open(), close);
  }

  private constructor(database: Database, other: Database, close: () => Promise<void>) {
    const { logger } = recordLog();
    this.database = database;
    this.#other = other;
    this.one = new MessageStores(database, logger);
    this.two = new MessageStores(other, logger);
    this.#close = close;
  }

  get both(): [MessageStores, MessageStores] {
    return [this.one, this.two];
  }

  async close(): Promise<void> {
    await this.database.destroy();
    await this.#other.destroy();
    await this.#close();
  }

  /** A group of people, all of them hosts, in a shop of its own. */
  async group(...identities: string[]): Promise<ConversationInfo & { tenant: string }> {
    return this.groupIn(`shop-${unique()}`, ...identities);
  }

  async groupIn(tenant: string, ...identities: string[]): Promise<ConversationInfo & { tenant: string }> {
    const members = identities.map((identity) => ({ identity, name: nameOf(identity), role: 'host' as MemberRole }));
    return { tenant, ...(await this.one.conversations.createGroup(tenant, 'group', members, NOW)) };
  }

  /** Stores one request. @throws what it is refused with */
  async send(request: AppendRequest, stores = this.one): Promise<Appended> {
    const [outcome] = await stores.messages.append([request]);
    if (outcome instanceof Error) throw outcome;
    return outcome!;
  }

  /** Sends texts. */
  async say(conversationId: string, identity: string, ...texts: string[]): Promise<Message[]> {
    return (
      await this.send(
        request(
          conversationId,
          identity,
          texts.map((text) => draft({ text })),
        ),
      )
    ).messages;
  }

  /** A file that can be sent. */
  async readyFile(
    conversation: { tenant: string; conversationId: string },
    uploader: string,
    changes: Partial<NewAttachment> = {},
  ): Promise<MessageContent & { type: 'file' }> {
    const { attachmentId } = await this.one.attachments.create(newFile(conversation, uploader, changes));
    await this.one.attachments.finish(attachmentId, {
      mimeType: 'application/pdf',
      width: null,
      height: null,
      hasPreview: false,
    });
    const found = await this.one.attachments.readyOf(conversation.conversationId, uploader, [attachmentId]);
    return { type: 'file', attachment: found.get(attachmentId)!, text: '' };
  }

  /** All messages of a conversation, as a client has them that was there from the first one. */
  async synced(conversationId: string, after = 0, limit = 100): Promise<Message[]> {
    const messages: Message[] = [];
    for (let more = true; more;) {
      const page = await this.two.messages.sync(conversationId, { after: messages.at(-1)?.change ?? after, limit });
      messages.push(...page.messages);
      ({ more } = page);
    }
    return messages;
  }
}
