import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/schema.ts';
import type { Logger } from '../base/logger.ts';
import type { AttachmentFiles } from './attachments/AttachmentFiles.ts';
import { DiskFiles } from './attachments/DiskFiles.ts';
import { S3Bucket } from './attachments/S3Bucket.ts';
import { S3Files } from './attachments/S3Files.ts';
import { InviteStore } from './invites/InviteStore.ts';
import { MessageStores } from './messages/MessageStores.ts';
import { openPostgres } from './postgres/openPostgres.ts';
import type { Database } from './schema.ts';
import { openSqlite } from './sqlite/openSqlite.ts';
import { StillArchive } from './StillArchive.ts';
import { StillFiles } from './StillFiles.ts';
import { StillStore } from './StillStore.ts';
import { TastingStores } from './tasting/TastingStores.ts';

const SWEEP_INTERVAL_MS = 3_600_000;

/**
 * What lasts. Stills lie in the node's dataDir: the pictures in `stills/`, what is known of them in `chaxi.sqlite`. What is said in
 * conversations, what is kept of tastings, and who was invited, is in the PostgreSQL of `database.url`, which all nodes of a cluster share,
 * or else in `chaxi.sqlite` too; the files of messages are in `attachments/`, or in the bucket of `messages.s3`.
 */
export class Storage {
  readonly stills: StillArchive;
  readonly messaging: MessageStores;
  readonly tasting: TastingStores;
  readonly invites: InviteStore;
  readonly attachmentFiles: AttachmentFiles;
  readonly #databases: readonly Database[];
  readonly #logger: Logger;
  readonly #sweeper: NodeJS.Timeout;

  /** @throws Error with a message for the operator where the folder or a database can not be used */
  static async open({
    config,
    logger,
  }: {
    config: Pick<Config, 'dataDir' | 'database' | 'stills' | 'messages' | 'tastings'>;
    logger: Logger;
  }): Promise<Storage> {
    const { dataDir, stills } = config;
    await mkdir(dataDir, { recursive: true }).catch((error: Error) => {
      throw new Error(`The folder ${dataDir} can not be made (${error.message}). Correct dataDir (CHAXI_DATA_DIR).`);
    });
    const own = await openSqlite(join(dataDir, 'chaxi.sqlite'), logger);
    try {
      const files = await StillFiles.open(join(dataDir, 'stills'));
      const onDisk = await DiskFiles.open(join(dataDir, 'attachments'));
      const { s3 } = config.messages;
      const attachmentFiles = s3.endpoint === null ? onDisk : new S3Files(onDisk, new S3Bucket(s3));
      const shared = config.database.url === null ? own : await openPostgres(config.database, logger);
      return new Storage({
        databases: [...new Set([own, shared])],
        stills: new StillArchive({ store: new StillStore(own), files, settings: stills, logger }),
        messaging: new MessageStores(shared, logger),
        tasting: new TastingStores({
          database: shared,
          isShared: shared !== own,
          retentionDays: config.tastings.retentionDays,
          logger,
        }),
        invites: new InviteStore({ database: shared, retentionDays: config.tastings.retentionDays, logger }),
        attachmentFiles,
        logger,
      });
    } catch (error) {
      await own.destroy();
      throw error;
    }
  }

  private constructor({
    databases,
    stills,
    messaging,
    tasting,
    invites,
    attachmentFiles,
    logger,
  }: Pick<Storage, 'stills' | 'messaging' | 'tasting' | 'invites' | 'attachmentFiles'> & {
    databases: readonly Database[];
    logger: Logger;
  }) {
    this.#databases = databases;
    this.stills = stills;
    this.messaging = messaging;
    this.tasting = tasting;
    this.invites = invites;
    this.attachmentFiles = attachmentFiles;
    this.#logger = logger;
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_INTERVAL_MS);
    this.#sweep();
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([this.stills.idle(), this.messaging.idle(), this.tasting.idle(), this.invites.idle()]);
    for (const database of this.#databases) await database.destroy();
  }

  /** Each has said what failed; the next time may go better. */
  #sweep(): void {
    for (const kept of [this.stills, this.tasting, this.invites]) {
      kept.sweep().catch((error: unknown) => this.#logger.debug('sweep failed', { error }));
    }
  }
}
