import type { Kysely } from 'kysely';

/** Conversations, their members and messages, and what is known of files that are sent in them. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('conversations')
    .addColumn('conversationId', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('room', 'text')
    .addColumn('customer', 'text')
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('activeAt', 'bigint', (column) => column.notNull())
    .addColumn('lastChange', 'bigint', (column) => column.notNull())
    .addColumn('memberCount', 'integer', (column) => column.notNull())
    // Both databases take any number of rows with null there.
    .addUniqueConstraint('conversationOfRoom', ['tenant', 'room'])
    .addUniqueConstraint('conversationOfCustomer', ['tenant', 'customer'])
    .execute();
  await database.schema
    .createIndex('conversationsByActivity')
    .on('conversations')
    .columns(['tenant', 'activeAt', 'conversationId'])
    .execute();

  await database.schema
    .createTable('members')
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('joinedAt', 'bigint', (column) => column.notNull())
    .addColumn('deliveredSeq', 'bigint', (column) => column.notNull())
    .addColumn('readSeq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('memberKey', ['conversationId', 'identity'])
    .execute();
  await database.schema.createIndex('membersByPerson').on('members').columns(['tenant', 'identity']).execute();

  await database.schema
    .createTable('messages')
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('change', 'bigint', (column) => column.notNull())
    .addColumn('clientId', 'text', (column) => column.notNull())
    .addColumn('senderIdentity', 'text', (column) => column.notNull())
    .addColumn('senderName', 'text', (column) => column.notNull())
    .addColumn('sentAt', 'bigint', (column) => column.notNull())
    .addColumn('content', 'text')
    .addColumn('replyTo', 'bigint')
    .addColumn('mentions', 'text', (column) => column.notNull())
    .addColumn('editedAt', 'bigint')
    .addColumn('reactions', 'text', (column) => column.notNull())
    .addColumn('searchText', 'text')
    .addPrimaryKeyConstraint('messageKey', ['conversationId', 'seq'])
    .addUniqueConstraint('messageChange', ['conversationId', 'change'])
    // The sender comes first, so that all that a person wrote is found too.
    .addUniqueConstraint('messageOfDevice', ['senderIdentity', 'conversationId', 'clientId'])
    .execute();
  await database.schema.createIndex('messagesByTime').on('messages').column('sentAt').execute();

  await database.schema
    .createTable('namedPeople')
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('how', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('namedPersonKey', ['identity', 'conversationId', 'seq', 'how'])
    .execute();
  await database.schema
    .createIndex('namedPeopleByMessage')
    .on('namedPeople')
    .columns(['conversationId', 'seq'])
    .execute();

  await database.schema
    .createTable('attachments')
    .addColumn('attachmentId', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('uploader', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('sizeBytes', 'bigint', (column) => column.notNull())
    .addColumn('mimeType', 'text')
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('hasPreview', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('messageSeq', 'bigint')
    .addColumn('nodeId', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('attachmentsByMessage')
    .on('attachments')
    .columns(['conversationId', 'messageSeq'])
    .execute();
  // Holds what is asked, so that the sum of a tenant's bytes needs no look at the rows.
  await database.schema.createIndex('attachmentsBySize').on('attachments').columns(['tenant', 'sizeBytes']).execute();
  await database.schema
    .createIndex('attachmentsByUploader')
    .on('attachments')
    .columns(['tenant', 'uploader', 'attachmentId'])
    .execute();
  await database.schema
    .createIndex('unsentAttachmentsByTime')
    .on('attachments')
    .column('createdAt')
    .where('messageSeq' as never, 'is', null)
    .execute();
}
