import type { AttachmentInfo } from '../../../protocol/messages.ts';
import type { Database } from '../schema.ts';
import { slices } from '../slices.ts';
import type { StorageGuard } from '../StorageGuard.ts';
import type { AttachmentRow } from './rows.ts';

/** What is known of a file before its upload. */
export type NewAttachment = Pick<
  AttachmentRow,
  'attachmentId' | 'tenant' | 'conversationId' | 'uploader' | 'name' | 'sizeBytes' | 'nodeId' | 'createdAt'
>;

/** What is known of it after its upload. */
export type AttachmentFacts = Pick<AttachmentInfo, 'mimeType' | 'width' | 'height' | 'hasPreview'>;

/** What is known of files that are sent in messages. Every method throws `storageUnavailable` where the database fails. */
export class AttachmentStore {
  readonly #database: Database;
  readonly #guard: StorageGuard;

  constructor(database: Database, guard: StorageGuard) {
    this.#database = database;
    this.#guard = guard;
  }

  /** Its upload begins. */
  create(attachment: NewAttachment): Promise<AttachmentRow> {
    const row: AttachmentRow = {
      ...attachment,
      // PostgreSQL takes no NUL in a text.
      name: attachment.name.replaceAll('\0', '').toWellFormed(),
      mimeType: null,
      width: null,
      height: null,
      hasPreview: 0,
      state: 'uploading',
      messageSeq: null,
    };
    return this.#guard.answer('createAttachment', async () => {
      await this.#database.insertInto('attachments').values(row).execute();
      return row;
    });
  }

  /** From now on it can be sent. Undefined where it was removed meanwhile. */
  finish(attachmentId: string, { hasPreview, ...facts }: AttachmentFacts): Promise<AttachmentRow | undefined> {
    return this.#guard.answer('finishAttachment', () =>
      this.#database
        .updateTable('attachments')
        .set({ ...facts, hasPreview: hasPreview ? 1 : 0, state: 'ready' })
        .where('attachmentId', '=', attachmentId)
        .returningAll()
        .executeTakeFirst(),
    );
  }

  /** By id alone, for whoever has proved by a token which one is meant. */
  find(attachmentId: string): Promise<AttachmentRow | undefined> {
    return this.#guard.answer('findAttachment', () =>
      this.#database.selectFrom('attachments').selectAll().where('attachmentId', '=', attachmentId).executeTakeFirst(),
    );
  }

  /**
   * Ready files of one uploader in one conversation, by id. They may have been sent before: `MessageStore.append` decides, as it alone knows
   * which message is sent again.
   */
  readyOf(
    conversationId: string,
    uploader: string,
    attachmentIds: readonly string[],
  ): Promise<Map<string, AttachmentInfo>> {
    if (attachmentIds.length === 0) return Promise.resolve(new Map());
    return this.#guard.answer('readyAttachments', async () => {
      const rows = await this.#database
        .selectFrom('attachments')
        .selectAll()
        .where('attachmentId', 'in', attachmentIds)
        .where('conversationId', '=', conversationId)
        .where('uploader', '=', uploader)
        .where('state', '=', 'ready')
        .execute();
      return new Map(rows.map((row) => [row.attachmentId, attachmentInfo(row)]));
    });
  }

  /** Of all files of a tenant, also of those that are still being uploaded. */
  bytesOf(tenant: string): Promise<number> {
    return this.#guard.answer('attachmentBytes', async () => {
      const { bytes } = await this.#database
        .selectFrom('attachments')
        .select(({ fn }) => fn.sum('sizeBytes').as('bytes'))
        .where('tenant', '=', tenant)
        .executeTakeFirstOrThrow();
      return Number(bytes ?? 0);
    });
  }

  /** Files that no message has, uploaded or not, made before a time; the oldest first. */
  unsent(beforeMs: number, limit: number): Promise<AttachmentRow[]> {
    return this.#guard.answer('unsentAttachments', () =>
      this.#database
        .selectFrom('attachments')
        .selectAll()
        .where('messageSeq', 'is', null)
        .where('createdAt', '<', beforeMs)
        .orderBy('createdAt')
        .limit(limit)
        .execute(),
    );
  }

  /** Removes one that no message has. @returns what was removed */
  removeUnsent(attachmentId: string): Promise<AttachmentRow | undefined> {
    return this.#guard.answer('removeAttachment', () =>
      this.#database
        .deleteFrom('attachments')
        .where('attachmentId', '=', attachmentId)
        .where('messageSeq', 'is', null)
        .returningAll()
        .executeTakeFirst(),
    );
  }

  /** Those of the ids that there are rows of: files of others are nobody's any more. */
  existing(attachmentIds: readonly string[]): Promise<Set<string>> {
    return this.#guard.run('existingAttachments', async () => {
      const found = new Set<string>();
      for (const ids of slices(attachmentIds)) {
        const rows = await this.#database
          .selectFrom('attachments')
          .select('attachmentId')
          .where('attachmentId', 'in', ids)
          .execute();
        for (const { attachmentId } of rows) found.add(attachmentId);
      }
      return found;
    });
  }
}

/** What everyone sees of a file that is ready. */
export function attachmentInfo(row: AttachmentRow): AttachmentInfo {
  const { attachmentId, name, sizeBytes, mimeType, width, height, hasPreview } = row;
  return {
    attachmentId,
    name,
    sizeBytes,
    mimeType: mimeType ?? 'application/octet-stream',
    width,
    height,
    hasPreview: hasPreview === 1,
  };
}
