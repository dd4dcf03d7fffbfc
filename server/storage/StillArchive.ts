import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Config } from '../../config/schema.ts';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { limits } from '../../protocol/limits.ts';
import type { PictureType } from '../../protocol/pictureTypes.ts';
import type { StillInfo } from '../../protocol/stills.ts';
import type { Logger } from '../base/logger.ts';
import { StorageGuard } from './StorageGuard.ts';
import type { StillRow } from './schema.ts';
import { stillInfo } from './stillInfo.ts';
import { StillFiles, type PictureBounds, type ReceivedPicture, type StillPictures } from './StillFiles.ts';
import type { Page, RoomKey, StillStore } from './StillStore.ts';

/** What is known of a still before its picture is there. */
export type StillOrigin = Pick<
  StillInfo,
  'stillId' | 'takenAt' | 'source' | 'takenFrom' | 'requestedBy' | 'colorCorrected'
>;

/** Which picture of a still. */
export type PictureKind = keyof StillPictures<unknown>;

/** Where a picture lies, and what its answer says. */
export interface LocatedPicture {
  folder: string;
  name: string;
  mimeType: PictureType;
  kind: PictureKind;
  still: StillInfo;
}

export interface StillArchiveOptions {
  store: StillStore;
  files: StillFiles;
  settings: Pick<Config['stills'], 'maxBytes' | 'retentionDays'>;
  logger: Logger;
}

/** Bytes of chance in a picture's address: 256 bits. */
const ACCESS_KEY_BYTES = 32;
/** Twice what an upload may take at most: whatever is older is nobody's any more. */
const ORPHAN_AGE_MS = 240_000;
const DAY_MS = 86_400_000;

/**
 * Keeps stills: the files of the pictures, and after them the row that makes a still of them. Whatever the disk or the database does,
 * its callers meet a ChaxiError, `storageUnavailable`; who only asks, or removes, meets it after 3 s at most.
 */
export class StillArchive {
  readonly #store: StillStore;
  readonly #files: StillFiles;
  readonly #retentionDays: number;
  readonly #bounds: Record<PictureKind, PictureBounds>;
  readonly #logger: Logger;
  readonly #guard: StorageGuard;

  constructor({ store, files, settings, logger }: StillArchiveOptions) {
    this.#store = store;
    this.#files = files;
    this.#retentionDays = settings.retentionDays;
    this.#bounds = {
      picture: { maxBytes: settings.maxBytes, maxPixels: limits.stillPixels },
      preview: { maxBytes: limits.stillPreviewBytes, maxPixels: limits.stillPreviewPixels },
    };
    this.#logger = logger;
    this.#guard = new StorageGuard('stills', logger);
  }

  /** Takes a picture in; it is nobody's until `keep`. @throws pictureTooLarge, pictureNotSupported, badRequest, storageUnavailable */
  receive(body: Readable, kind: PictureKind): Promise<ReceivedPicture> {
    return this.#guard.run('receive', () => this.#files.receive(body, this.#bounds[kind]));
  }

  discard(picture: ReceivedPicture): Promise<void> {
    return this.#guard.run('discard', () => this.#files.discard(picture));
  }

  /** When this resolves the still outlives a crash. @throws storageUnavailable */
  keep(pictures: StillPictures<ReceivedPicture>, room: RoomKey, origin: StillOrigin): Promise<StillInfo> {
    const { picture, preview } = pictures;
    const { mimeType, width, height, sizeBytes } = picture;
    const { stillId, takenAt, source, takenFrom, requestedBy } = origin;
    const row: StillRow = {
      ...room,
      stillId,
      accessKey: newKey(),
      mimeType,
      previewKey: preview && newKey(),
      previewType: preview && preview.mimeType,
      width,
      height,
      sizeBytes,
      diskBytes: sizeBytes + (preview?.sizeBytes ?? 0),
      takenAt,
      source,
      takenFromIdentity: takenFrom.identity,
      takenFromName: takenFrom.name,
      requestedByIdentity: requestedBy.identity,
      requestedByName: requestedBy.name,
      colorCorrected: origin.colorCorrected ? 1 : 0,
    };
    return this.#guard.run('keep', async () => {
      try {
        await this.#files.keep(pictures, stillId);
      } catch (error) {
        await this.#removePictures(pictures, stillId);
        throw error;
      }
      try {
        await this.#store.save(row);
      } catch (error) {
        // The row may be there all the same, where only the answer was lost, and a row needs its pictures.
        const rowIsGone = await this.#store.remove(room, stillId).then(
          () => true,
          () => false,
        );
        if (rowIsGone) await this.#removePictures(pictures, stillId);
        throw error;
      }
      return stillInfo(row);
    });
  }

  /** Newest first. @throws storageUnavailable */
  list(room: RoomKey, page: Page): Promise<StillInfo[]> {
    return this.#guard.answer('list', async () => (await this.#store.list(room, page)).map(stillInfo));
  }

  /** @throws storageUnavailable */
  count(room: RoomKey): Promise<number> {
    return this.#guard.answer('count', () => this.#store.count(room));
  }

  /** Of all pictures of a tenant. @throws storageUnavailable */
  bytesOf(tenant: string): Promise<number> {
    return this.#guard.answer('bytesOf', () => this.#store.bytesOf(tenant));
  }

  /** The picture at an address that was given out. @throws stillNotFound, storageUnavailable */
  async locate(key: string): Promise<LocatedPicture> {
    const row = await this.#guard.answer('locate', () => this.#store.findByKey(key));
    if (!row) throw new ChaxiError('stillNotFound');
    const kind = row.previewKey === key ? 'preview' : 'picture';
    const mimeType = typesOf(row)[kind] ?? row.mimeType;
    const name = StillFiles.nameOf(row.stillId, kind, mimeType);
    return { folder: this.#files.folder, name, mimeType, kind, still: stillInfo(row) };
  }

  /** Where it takes too long it may be done all the same, later. @throws stillNotFound, storageUnavailable */
  remove(room: RoomKey, stillId: string): Promise<void> {
    return this.#guard.answer('remove', async () => {
      const row = await this.#store.remove(room, stillId);
      if (!row) throw new ChaxiError('stillNotFound');
      await this.#removeFiles(row);
    });
  }

  /** Removes what is older than the retention allows, and what a crash left. @throws storageUnavailable */
  sweep(): Promise<void> {
    return this.#guard.run('sweep', async () => {
      const retentionDays = this.#retentionDays;
      const expired = retentionDays === 0 ? [] : await this.#store.removeOlderThan(Date.now() - retentionDays * DAY_MS);
      for (const row of expired) await this.#removeFiles(row);
      const orphans = await this.#files.sweep((stillIds) => this.#store.existing(stillIds), ORPHAN_AGE_MS);
      if (expired.length + orphans > 0) this.#logger.info('stills swept', { expired: expired.length, orphans });
    });
  }

  /** Resolves when nothing is being read or written any more. */
  idle(): Promise<void> {
    return this.#guard.idle();
  }

  async #removePictures({ picture, preview }: StillPictures<ReceivedPicture>, stillId: string): Promise<void> {
    const types = { picture: picture.mimeType, preview: preview && preview.mimeType };
    await Promise.allSettled([
      ...[picture, preview].map((item) => item && this.#files.discard(item)),
      this.#files.remove(stillId, types),
    ]);
  }

  /** Without its row it is no still any more; a file that can not be removed now is swept later. */
  async #removeFiles(row: StillRow): Promise<void> {
    const { stillId } = row;
    await this.#files.remove(stillId, typesOf(row)).catch((error: unknown) => {
      this.#logger.warn('a picture of a removed still is left over', { stillId, error });
    });
  }
}

function newKey(): string {
  return randomBytes(ACCESS_KEY_BYTES).toString('base64url');
}

function typesOf({ mimeType, previewType }: StillRow): StillPictures<PictureType> {
  return { picture: mimeType, preview: previewType };
}
