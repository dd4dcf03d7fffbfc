import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types, type PoolConfig } from 'pg';
import type { Config } from '../../../config/schema.ts';
import type { Logger } from '../../base/logger.ts';
import { migrate } from '../migrate.ts';
import type { Database, Tables } from '../schema.ts';
import { explainPostgresError } from './postgresErrors.ts';

/** An answer later than that would come to nobody. */
const STATEMENT_TIMEOUT_MS = 15_000;
/** PostgreSQL itself hangs, or the way to it. */
const QUERY_TIMEOUT_MS = 20_000;
/** Of a node that lost its power or its network in the midst of a transaction, so that others need not wait for what it had locked. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

/**
 * Opens the PostgreSQL of `database.url` and brings it to the present schema; several nodes may do it at once. Connections that are
 * lost are replaced by others when they are needed.
 *
 * @throws Error with a message for the operator where it can not be reached or used
 */
export async function openPostgres(settings: Config['database'], logger: Logger): Promise<Database> {
  const connection = connectionOf(settings);
  await prepare(connection, logger);
  return databaseOn(
    {
      ...connection,
      max: settings.poolSize,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    },
    logger,
  );
}

function connectionOf({ url, caFile }: Config['database']): PoolConfig {
  const address = new URL(url!);
  if (caFile !== null) {
    if (!address.searchParams.has('sslmode')) address.searchParams.set('sslmode', 'verify-full');
    address.searchParams.set('sslrootcert', caFile);
  }
  return {
    connectionString: address.href,
    application_name: 'chaxi',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    types: { getTypeParser },
  };
}

/** Over a connection of its own: a step of the schema, and another node's before it, may take any time. */
async function prepare(connection: PoolConfig, logger: Logger): Promise<void> {
  const database = databaseOn({ ...connection, max: 1 }, logger);
  try {
    const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(
      database,
    );
    if (rows[0]?.encoding !== 'UTF8') {
      throw new Error(
        `Its encoding is ${rows[0]?.encoding}. Make another database with: createdb --encoding UTF8 --template template0`,
      );
    }
    await migrate(database);
  } catch (error) {
    throw new Error(`The database of database.url can not be used. ${explainPostgresError(error as Error)}`, {
      cause: error,
    });
  } finally {
    await database.destroy();
  }
}

function databaseOn(config: PoolConfig, logger: Logger): Database {
  const pool = new Pool(config);
  // Without a listener a lost connection would end the process, be it at rest (the pool tells it) or in use (only the connection does).
  // Whoever uses it hears of it from what they asked for.
  pool.on('error', (error) => logger.warn('a connection to the database was lost', { error }));
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] });
}

/** As SQLite gives them: `bigint` is a number; nothing here is beyond what a number holds exactly. */
function getTypeParser(...[type, format]: Parameters<typeof types.getTypeParser>): unknown {
  return type === types.builtins.INT8 ? Number : types.getTypeParser(type, format);
}
