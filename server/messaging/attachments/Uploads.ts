import type { Readable } from 'node:stream';
import type { Config } from '../../../config/schema.ts';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { limits } from '../../../protocol/limits.ts';
import type { AttachmentFiles } from '../../storage/attachments/AttachmentFiles.ts';
import { identifyFile, identifyPicture } from '../../storage/attachments/identifyFile.ts';
import type { AttachmentStore } from '../../storage/messages/AttachmentStore.ts';
import type { AttachmentRow } from '../../storage/messages/rows.ts';
import { piecesOf } from '../../storage/piecesOf.ts';
import type { StorageGuard } from '../../storage/StorageGuard.ts';
import type { AttachmentSigner } from './AttachmentSigner.ts';
import { tenantOfUpload, type UploadPermit } from './uploadTokens.ts';
import { UploadTurns } from './UploadTurns.ts';

/** How far an upload has come. */
export interface UploadProgress {
  /** Bytes that are there. */
  offset: number;
  sizeBytes: number;
}

/** Each browser can make it, and nothing small looks better. */
export const PREVIEW_TYPE = 'image/jpeg';

export interface UploadsOptions {
  store: AttachmentStore;
  files: AttachmentFiles;
  guard: StorageGuard;
  signer: AttachmentSigner;
  fileTypes: Config['messages']['fileTypes'];
}

/** Files that are on their way to this node. What is needed to go on with one stands in the store and on the disk: nothing is lost by a restart. */
export class Uploads {
  readonly #store: AttachmentStore;
  readonly #files: AttachmentFiles;
  readonly #guard: StorageGuard;
  readonly #signer: AttachmentSigner;
  readonly #fileTypes: Config['messages']['fileTypes'];
  readonly #turns = new UploadTurns();

  constructor({ store, files, guard, signer, fileTypes }: UploadsOptions) {
    this.#store = store;
    this.#files = files;
    this.#guard = guard;
    this.#signer = signer;
    this.#fileTypes = fileTypes;
  }

  /** Where to go on. @throws attachmentNotFound, storageUnavailable, and as `append` where all has come but was not looked at yet */
  progressOf(permit: UploadPermit): Promise<UploadProgress> {
    return this.#inTurn(
      permit,
      () => undefined,
      (row) => this.#settle(row),
    );
  }

  /**
   * Takes what comes from `offset` on. With the last byte the file is looked at, and can be sent when this resolves.
   *
   * @throws wrongStage where another place is reached, fileTooLarge where more comes than was announced, fileNotSupported for what is not
   *   taken, which is removed; attachmentNotFound, badRequest where it breaks off, storageUnavailable
   */
  append(permit: UploadPermit, offset: number, body: Readable): Promise<UploadProgress> {
    const cut = () => body.destroy(new ChaxiError('wrongStage', { message: 'Another request took its place.' }));
    return this.#inTurn(permit, cut, async (row) => {
      const { offset: reached } = await this.#settle(row);
      if (reached !== offset) {
        throw new ChaxiError('wrongStage', { message: `The upload has come to byte ${reached}. Go on from there.` });
      }
      if (row.state === 'ready') return { offset, sizeBytes: row.sizeBytes };
      await this.#guard.run('receive', () => this.#files.append(row.attachmentId, body, row.sizeBytes));
      return this.#settle(row);
    });
  }

  /**
   * Takes a small picture of the file, made where it comes from, before the end of the file itself. A later one takes its place.
   *
   * @throws fileNotSupported, fileTooLarge, wrongStage where it comes too late, attachmentNotFound, badRequest where it breaks off,
   *   storageUnavailable
   */
  async receivePreview(permit: UploadPermit, body: Readable): Promise<void> {
    const { attachmentId, state } = await this.#rowOf(permit);
    if (state === 'ready') {
      throw new ChaxiError('wrongStage', { message: 'The file is there already. Send its preview before it.' });
    }
    const preview = await readPreview(body);
    const { mimeType } = identifyPicture(preview, limits.stillPreviewPixels);
    if (mimeType !== PREVIEW_TYPE) throw new ChaxiError('fileNotSupported');
    await this.#guard.run('receivePreview', () => this.#files.writePreview(attachmentId, preview));
  }

  /** Ends an upload, whole or not, that no message has. @throws attachmentNotFound, storageUnavailable */
  discard(permit: UploadPermit): Promise<void> {
    return this.#inTurn(
      permit,
      () => undefined,
      async ({ attachmentId }) => {
        if (!(await this.#store.removeUnsent(attachmentId))) throw new ChaxiError('attachmentNotFound');
        await this.#guard.run('discard', () => this.#files.remove(attachmentId));
      },
    );
  }

  async #inTurn<T>(permit: UploadPermit, cut: () => void, work: (row: AttachmentRow) => Promise<T>): Promise<T> {
    // Strangers can not cut it.
    tenantOfUpload(this.#signer, permit);
    return this.#turns.take(permit.attachmentId, cut, async () => work(await this.#rowOf(permit)));
  }

  async #rowOf(permit: UploadPermit): Promise<AttachmentRow> {
    const tenant = tenantOfUpload(this.#signer, permit);
    const row = await this.#store.find(permit.attachmentId);
    if (row?.tenant !== tenant) throw new ChaxiError('attachmentNotFound');
    return row;
  }

  /** A node may have died between the last byte and its answer: then the file is looked at by the next request. */
  async #settle(row: AttachmentRow): Promise<UploadProgress> {
    const { attachmentId, sizeBytes, state } = row;
    const offset = await this.#guard.run('measure', () => this.#files.sizeOf(attachmentId, 'file'));
    if (offset === undefined) throw new ChaxiError('attachmentNotFound');
    if (offset === sizeBytes && state === 'uploading') await this.#finish(row);
    return { offset, sizeBytes };
  }

  async #finish(row: AttachmentRow): Promise<void> {
    const { attachmentId } = row;
    try {
      const facts = await this.#guard.run('identify', async () => {
        const found = await this.#files.read(attachmentId, (file) => identifyFile(file, this.#fileTypes));
        return { ...found, hasPreview: (await this.#files.sizeOf(attachmentId, 'preview')) !== undefined };
      });
      await this.#guard.run('keep', () => this.#files.keep(attachmentId));
      if (!(await this.#store.finish(attachmentId, facts))) throw new ChaxiError('attachmentNotFound');
    } catch (error) {
      if (error instanceof ChaxiError && error.code !== 'storageUnavailable') await this.#remove(attachmentId);
      throw error;
    }
  }

  async #remove(attachmentId: string): Promise<void> {
    await this.#store.removeUnsent(attachmentId);
    await this.#guard.run('discard', () => this.#files.remove(attachmentId));
  }
}

async function readPreview(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of piecesOf(body)) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.attachmentPreviewBytes) {
      const message = `The preview has more than ${limits.attachmentPreviewBytes} bytes. Send a smaller one.`;
      throw new ChaxiError('fileTooLarge', { message });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
