import type { Kysely } from 'kysely';

/** Invitations to rooms, and the devices that opened them. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('invites')
    .addColumn('inviteId', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('grants', 'text', (column) => column.notNull())
    .addColumn('createdByIdentity', 'text', (column) => column.notNull())
    .addColumn('createdByName', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('expiresAt', 'bigint', (column) => column.notNull())
    .addColumn('maxUses', 'integer', (column) => column.notNull())
    .addColumn('revokedAt', 'bigint')
    .execute();
  await database.schema.createIndex('invitesByRoom').on('invites').columns(['tenant', 'room', 'inviteId']).execute();
  await database.schema
    .createIndex('invitesByInviter')
    .on('invites')
    .columns(['tenant', 'createdByIdentity', 'inviteId'])
    .execute();
  await database.schema.createIndex('invitesByExpiry').on('invites').column('expiresAt').execute();

  await database.schema
    .createTable('inviteUses')
    .addColumn('inviteId', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('device', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('openedAt', 'bigint', (column) => column.notNull())
    .addColumn('enteredAt', 'bigint')
    .addPrimaryKeyConstraint('inviteUseKey', ['inviteId', 'number'])
    .addUniqueConstraint('inviteUseOfDevice', ['inviteId', 'device'])
    .execute();
}
