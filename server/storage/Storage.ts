import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/schema.ts';
import type { Logger } from '../base/logger.ts';
import { MessageStores } from './messages/MessageStores.ts';
import type { Database } from './schema.ts';
import { openSqlite } from './sqlite/openSqlite.ts';
import { StillArchive } from './StillArchive.ts';
import { StillFiles } from './StillFiles.ts';
import { StillStore } from './StillStore.ts';

const SWEEP_INTERVAL_MS = 3_600_000;

/** What a node keeps, in its dataDir: `chaxi.sqlite`, and the pictures in `stills/`. */
export class Storage {
  readonly stills: StillArchive;
  readonly messaging: MessageStores;
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #sweeper: NodeJS.Timeout;

  /** @throws Error with a message for the operator where the folder or the database can not be used */
  static async open({
    config,
    logger,
  }: {
    config: Pick<Config, 'dataDir' | 'stills'>;
    logger: Logger;
  }): Promise<Storage> {
    const { dataDir, stills } = config;
    await mkdir(dataDir, { recursive: true }).catch((error: Error) => {
      throw new Error(`The folder ${dataDir} can not be made (${error.message}). Correct dataDir (CHAXI_DATA_DIR).`);
    });
    const database = await openSqlite(join(dataDir, 'chaxi.sqlite'), logger);
    try {
      const files = await StillFiles.open(join(dataDir, 'stills'));
      return new Storage(
        database,
        new StillArchive({ store: new StillStore(database), files, settings: stills, logger }),
        logger,
      );
    } catch (error) {
      await database.destroy();
      throw error;
    }
  }

  private constructor(database: Database, stills: StillArchive, logger: Logger) {
    this.#database = database;
    this.stills = stills;
    this.messaging = new MessageStores(database, logger);
    this.#logger = logger;
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_INTERVAL_MS);
    this.#sweep();
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([this.stills.idle(), this.messaging.idle()]);
    await this.#database.destroy();
  }

  /** The archive has said what failed; the next time may go better. */
  #sweep(): void {
    this.stills.sweep().catch((error: unknown) => this.#logger.debug('sweep failed', { error }));
  }
}
