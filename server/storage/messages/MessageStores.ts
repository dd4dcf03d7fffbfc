import type { Logger } from '../../base/logger.ts';
import type { Database } from '../schema.ts';
import { StorageGuard } from '../StorageGuard.ts';
import { AttachmentStore } from './AttachmentStore.ts';
import { ConversationStore } from './ConversationStore.ts';
import { MemberStore } from './MemberStore.ts';
import { MessageStore } from './MessageStore.ts';
import { PersonalData } from './PersonalData.ts';
import { Retention } from './Retention.ts';

/** All that is kept for messaging, in one database. */
export class MessageStores {
  readonly conversations: ConversationStore;
  readonly members: MemberStore;
  readonly messages: MessageStore;
  readonly attachments: AttachmentStore;
  readonly personalData: PersonalData;
  readonly retention: Retention;
  readonly #guard: StorageGuard;

  constructor(database: Database, logger: Logger) {
    const guard = new StorageGuard('messages', logger);
    this.conversations = new ConversationStore(database, guard);
    this.members = new MemberStore(database, guard);
    this.messages = new MessageStore(database, guard);
    this.attachments = new AttachmentStore(database, guard);
    this.personalData = new PersonalData(database, guard);
    this.retention = new Retention(database, guard);
    this.#guard = guard;
  }

  /** Resolves when nothing is being read or written any more. */
  idle(): Promise<void> {
    return this.#guard.idle();
  }
}
