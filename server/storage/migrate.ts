import { Migrator, type Migration } from 'kysely/migration';
import * as invites from './migrations/invites.ts';
import * as messages from './migrations/messages.ts';
import * as stills from './migrations/stills.ts';
import * as tasting from './migrations/tasting.ts';
import type { Database } from './schema.ts';

/** Every step of the schema, in the order of their names. A step that was released is never changed; add another. */
const migrations: Record<string, Migration> = {
  '0001_stills': stills,
  '0002_messages': messages,
  '0003_tasting': tasting,
  '0004_invites': invites,
};

/** Brings a database to the present schema, each step in one transaction. @throws where a newer Chaxi made it */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message)) {
    throw new Error('It was made by a newer version of Chaxi. Start that version, or use another database.', {
      cause: error,
    });
  }
  throw error;
}
