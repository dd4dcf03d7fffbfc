import type { Kysely } from 'kysely';

/** Small documents of rooms, such as the tasting guide, and the notes of those who taste. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('roomRecords')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('roomRecordKey', ['tenant', 'room', 'part'])
    .execute();
  await database.schema.createIndex('roomRecordsByTime').on('roomRecords').column('updatedAt').execute();

  await database.schema
    .createTable('tastingNotes')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('teaId', 'text', (column) => column.notNull())
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('shared', 'integer', (column) => column.notNull())
    .addColumn('aspects', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('tastingNoteKey', ['tenant', 'room', 'identity', 'teaId'])
    .execute();
  await database.schema
    .createIndex('tastingNotesByPerson')
    .on('tastingNotes')
    .columns(['tenant', 'identity', 'room', 'teaId'])
    .execute();
  await database.schema.createIndex('tastingNotesByTime').on('tastingNotes').column('updatedAt').execute();
}
