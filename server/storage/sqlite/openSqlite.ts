import { CamelCasePlugin, Kysely } from 'kysely';
import type { Logger } from '../../base/logger.ts';
import { migrate } from '../migrate.ts';
import type { Database, Tables } from '../schema.ts';
import { NodeSqliteDialect } from './NodeSqliteDialect.ts';
import { explainOpenError } from './sqliteErrors.ts';
import { SqliteThreads } from './SqliteThreads.ts';

/**
 * Opens a database in a file, made where there is none, and brings it to the present schema. When its thread dies, what
 * was asked of it fails, and another one takes its place.
 *
 * @throws Error with a message for the operator where the file is damaged, newer, held by another or not to be written
 */
export async function openSqlite(file: string, logger: Logger): Promise<Database> {
  let threads: SqliteThreads | undefined;
  try {
    threads = await SqliteThreads.open(file, logger);
    const dialect = new NodeSqliteDialect(threads);
    const database = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
    await migrate(database);
    return database;
  } catch (error) {
    await threads?.close();
    throw new Error(`The database ${file} can not be opened. ${explainOpenError(error as Error)}`, { cause: error });
  }
}
