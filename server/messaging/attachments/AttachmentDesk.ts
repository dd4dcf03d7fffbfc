import type { Config } from '../../../config/schema.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { FileType } from '../../../protocol/fileTypes.ts';
import { limits } from '../../../protocol/limits.ts';
import { attachmentIdSchema, type MessageContent, type OutgoingContent } from '../../../protocol/messages.ts';
import type { RealtimeRequest, RealtimeResponse } from '../../../protocol/realtime.ts';
import { KeyedRates } from '../../base/KeyedRates.ts';
import type { Logger } from '../../base/logger.ts';
import { uuidV7 } from '../../base/uuidV7.ts';
import type { AttachmentFiles, AttachmentPart, ServedFile } from '../../storage/attachments/AttachmentFiles.ts';
import type { AttachmentStore } from '../../storage/messages/AttachmentStore.ts';
import type { AttachmentRow } from '../../storage/messages/rows.ts';
import { StorageGuard } from '../../storage/StorageGuard.ts';
import type { AttachmentService } from '../AttachmentService.ts';
import type { Person } from '../Person.ts';
import { AttachmentNodes, type AttachmentNodesOptions } from './AttachmentNodes.ts';
import { AttachmentSigner, type AttachmentPermission } from './AttachmentSigner.ts';
import { cleanFileName, savedFileName } from './fileNames.ts';
import { fitsMessage } from './fitsMessage.ts';
import { PREVIEW_TYPE, Uploads } from './Uploads.ts';
import { makeUploadToken } from './uploadTokens.ts';

export interface AttachmentDeskOptions {
  store: AttachmentStore;
  files: AttachmentFiles;
  cluster: AttachmentNodesOptions['cluster'];
  config: Pick<Config, 'messages' | 'auth'>;
  logger: Logger;
}

/** What an address permits. */
export type AttachmentAddress = Pick<AttachmentPermission, 'attachmentId' | 'expires'> & {
  part: AttachmentPart;
  signature: string;
};

/** Where a file is, and what its answer says. */
export type LocatedAttachment = ServedFile & {
  mimeType: FileType;
  /** To save it under. */
  fileName: string;
};

/** Path below which attachments are served. */
export const ATTACHMENTS_PATH = '/attachments';
/** Below it files are sent to the server; the id of the attachment follows. */
export const UPLOADS_PATH = `${ATTACHMENTS_PATH}/uploads`;

/** A page that comes back after a night goes on with its uploads. What no message has by then is swept. */
const UPLOAD_TTL_SECONDS = 86_400;
/** An address is good for one to two of these. It is the same for all who ask meanwhile, so that a browser keeps what it has shown. */
const ADDRESS_PERIOD_SECONDS = 600;
/** A file without its row is older than its upload took to begin. */
const ORPHAN_AGE_MS = 240_000;
const SWEEP_INTERVAL_MS = 3_600_000;
/** Rows that one sweep takes at once. */
const SWEPT_AT_ONCE = 500;

/** The files that messages carry: for messages, for the uploads, and for whoever has an address of one. */
export class AttachmentDesk implements AttachmentService {
  readonly uploads: Uploads;
  readonly #store: AttachmentStore;
  readonly #files: AttachmentFiles;
  readonly #settings: Config['messages'];
  readonly #logger: Logger;
  readonly #guard: StorageGuard;
  readonly #signer: AttachmentSigner;
  readonly #nodes: AttachmentNodes;
  readonly #rates = new KeyedRates({ perSecond: limits.uploadsPerMinute / 60, burst: limits.uploadsPerMinute });
  readonly #sweeper: NodeJS.Timeout;

  constructor({ store, files, cluster, config, logger }: AttachmentDeskOptions) {
    this.#store = store;
    this.#files = files;
    this.#settings = config.messages;
    this.#logger = logger;
    this.#guard = new StorageGuard('attachments', logger);
    this.#signer = new AttachmentSigner(config.auth.apiKeys);
    this.#nodes = new AttachmentNodes({
      cluster,
      isHere: async (attachmentId) =>
        (await this.#guard.answer('find', () => files.sizeOf(attachmentId, 'file'))) !== undefined,
      discard: (attachmentIds) => this.#discardHere(attachmentIds),
    });
    const { fileTypes } = config.messages;
    this.uploads = new Uploads({ store, files, guard: this.#guard, signer: this.#signer, fileTypes });
    this.#sweeper = setInterval(() => this.#sweepQuietly(), SWEEP_INTERVAL_MS);
    this.#sweepQuietly();
  }

  async createAttachment(
    { tenant, identity }: Person,
    conversationId: string,
    { name, sizeBytes }: Pick<RealtimeRequest<'createAttachment'>, 'name' | 'sizeBytes'>,
  ): Promise<RealtimeResponse<'createAttachment'>> {
    const { maxFileBytes, maxBytesPerKey } = this.#settings;
    if (sizeBytes > maxFileBytes) throw new ChaxiError('fileTooLarge');
    this.#rates.take(JSON.stringify([tenant, identity]));
    if (maxBytesPerKey > 0 && (await this.#store.bytesOf(tenant)) + sizeBytes > maxBytesPerKey) {
      throw new ChaxiError('attachmentsFull');
    }
    const createdAt = Date.now();
    const attachmentId = uuidV7(createdAt);
    await this.#guard.run('begin', () => this.#files.begin(attachmentId));
    await this.#store.create({
      attachmentId,
      tenant,
      conversationId,
      uploader: identity,
      name: cleanFileName(name),
      sizeBytes,
      nodeId: this.#files.shared ? null : this.#nodes.nodeId,
      createdAt,
    });
    const expires = Math.floor(createdAt / 1_000) + UPLOAD_TTL_SECONDS;
    return {
      attachmentId,
      path: `${UPLOADS_PATH}/${attachmentId}`,
      token: makeUploadToken(this.#signer, { tenant, attachmentId, expires }),
      serverUrl: this.#nodes.ownUrl,
      maxBytes: maxFileBytes,
    };
  }

  async urlOf(
    { tenant, identity }: Person,
    conversationId: string,
    attachmentId: string,
  ): Promise<RealtimeResponse<'attachmentUrl'>> {
    const row = await this.#store.find(attachmentId);
    const mayHave =
      row?.tenant === tenant &&
      row.conversationId === conversationId &&
      row.state === 'ready' &&
      (row.messageSeq !== null || row.uploader === identity);
    if (!mayHave) throw new ChaxiError('attachmentNotFound');
    const elsewhere = await this.#nodes.find(row);
    const now = Date.now();
    const expires = (Math.floor(now / 1_000 / ADDRESS_PERIOD_SECONDS) + 2) * ADDRESS_PERIOD_SECONDS;
    return {
      path: this.#pathOf(row, 'file', expires),
      previewPath: row.hasPreview === 1 ? this.#pathOf(row, 'preview', expires) : null,
      serverUrl: elsewhere ?? this.#nodes.ownUrl,
      expiresInMs: expires * 1_000 - now,
    };
  }

  async resolve({ identity }: Person, conversationId: string, content: OutgoingContent): Promise<MessageContent> {
    if (!('attachmentId' in content)) return content;
    const { attachmentId } = content;
    const attachment = (await this.#store.readyOf(conversationId, identity, [attachmentId])).get(attachmentId);
    if (!attachment) throw new ChaxiError('attachmentNotFound');
    if (!fitsMessage(content.type, attachment.mimeType)) throw new ChaxiError('fileNotSupported');
    if (content.type !== 'voice') return { type: content.type, attachment, text: content.text };
    const { durationMs, waveform } = content;
    return { type: 'voice', attachment, durationMs, waveform };
  }

  /**
   * The file at an address that was given out, or the address of the node that has it.
   *
   * @throws attachmentNotFound, also where the address has expired; storageUnavailable, nodeUnavailable
   */
  async locate(address: AttachmentAddress): Promise<LocatedAttachment | { serverUrl: string }> {
    const { attachmentId, part } = address;
    const row = attachmentIdSchema.safeParse(attachmentId).success && (await this.#store.find(attachmentId));
    if (!row || row.state !== 'ready' || !this.#permits(row, address)) throw new ChaxiError('attachmentNotFound');
    if (part === 'preview' && row.hasPreview === 0) throw new ChaxiError('attachmentNotFound');
    const serverUrl = await this.#nodes.find(row);
    if (serverUrl !== undefined) return { serverUrl };
    const mimeType = part === 'preview' ? PREVIEW_TYPE : (row.mimeType as FileType);
    return { ...this.#files.locate(attachmentId, part), mimeType, fileName: savedFileName(row.name, mimeType) };
  }

  discard(rows: readonly Pick<AttachmentRow, 'attachmentId'>[]): void {
    const attachmentIds = rows.map(({ attachmentId }) => attachmentId);
    if (!this.#files.shared) this.#nodes.tellGone(attachmentIds);
    void this.#discardHere(attachmentIds);
  }

  /** Removes what no message has taken for a day, and files without a row. @throws storageUnavailable */
  async sweep(): Promise<void> {
    const beforeMs = Date.now() - UPLOAD_TTL_SECONDS * 1_000;
    let unsent = 0;
    for (let rows = await this.#store.unsent(beforeMs, SWEPT_AT_ONCE); rows.length > 0;) {
      for (const { attachmentId } of rows) if (await this.#store.removeUnsent(attachmentId)) unsent += 1;
      rows = await this.#store.unsent(beforeMs, SWEPT_AT_ONCE);
    }
    const orphans = await this.#guard.run('sweep', () =>
      this.#files.sweep((attachmentIds) => this.#store.existing(attachmentIds), ORPHAN_AGE_MS),
    );
    if (unsent + orphans > 0) this.#logger.info('attachments swept', { unsent, orphans });
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await this.#guard.idle();
  }

  #pathOf({ tenant, attachmentId }: AttachmentRow, part: AttachmentPart, expires: number): string {
    const signature = this.#signer.sign({ tenant, attachmentId, use: part, expires });
    const path = `${ATTACHMENTS_PATH}/${attachmentId}${part === 'preview' ? '/preview' : ''}`;
    return `${path}?expires=${expires}&signature=${signature}`;
  }

  #permits({ tenant }: AttachmentRow, { attachmentId, part, expires, signature }: AttachmentAddress): boolean {
    return this.#signer.permits({ tenant, attachmentId, use: part, expires }, signature);
  }

  /** What can not be removed now is swept later. */
  async #discardHere(attachmentIds: readonly string[]): Promise<void> {
    for (const attachmentId of attachmentIds) {
      await this.#guard
        .run('discard', () => this.#files.remove(attachmentId))
        .catch((error: unknown) => {
          this.#logger.debug('a file is left to be swept', { attachmentId, error });
        });
    }
  }

  #sweepQuietly(): void {
    this.sweep().catch((error: unknown) => this.#logger.debug('sweep failed', { error }));
  }
}
