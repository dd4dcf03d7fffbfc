import type { Kysely } from 'kysely';

/** Stills of the rooms; the pictures themselves are files. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('stills')
    .addColumn('stillId', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('accessKey', 'text', (column) => column.notNull().unique())
    .addColumn('mimeType', 'text', (column) => column.notNull())
    .addColumn('previewKey', 'text', (column) => column.unique())
    .addColumn('previewType', 'text')
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('sizeBytes', 'bigint', (column) => column.notNull())
    .addColumn('diskBytes', 'bigint', (column) => column.notNull())
    .addColumn('takenAt', 'bigint', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('takenFromIdentity', 'text', (column) => column.notNull())
    .addColumn('takenFromName', 'text', (column) => column.notNull())
    .addColumn('requestedByIdentity', 'text', (column) => column.notNull())
    .addColumn('requestedByName', 'text', (column) => column.notNull())
    .addColumn('colorCorrected', 'integer', (column) => column.notNull())
    .execute();
  await database.schema.createIndex('stillsByRoom').on('stills').columns(['tenant', 'room', 'stillId']).execute();
  // Holds what is asked, so that the sum of a tenant's bytes needs no look at the rows.
  await database.schema.createIndex('stillsBySize').on('stills').columns(['tenant', 'diskBytes']).execute();
  await database.schema.createIndex('stillsByTime').on('stills').column('takenAt').execute();
}
