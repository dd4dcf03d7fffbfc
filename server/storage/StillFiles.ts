import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ChaxiError } from '../../protocol/ChaxiError.ts';
import { pictureTypes, type PictureType } from '../../protocol/pictureTypes.ts';
import { removeOldFiles, syncFolder } from './folders.ts';
import { piecesOf } from './piecesOf.ts';
import { PICTURE_HEAD_BYTES, readPicture, type PictureInfo } from './readPicture.ts';

/** A picture that has arrived whole and is not kept yet. */
export interface ReceivedPicture extends PictureInfo {
  file: string;
  sizeBytes: number;
}

/** What is taken of a picture at most. */
export interface PictureBounds {
  maxBytes: number;
  maxPixels: number;
}

/** The pictures of one still: the one that was taken, and a small one of it. */
export interface StillPictures<Picture> {
  picture: Picture;
  preview: Picture | null;
}

/** Ending of files that are still being written. */
const PART = '.part';
/** Files of this class; what else lies in the folder is let alone. */
const OWN_FILE = new RegExp(`^[0-9a-f-]{36}(${PART}|(\\.preview)?\\.(${Object.values(pictureTypes).join('|')}))$`);

/** The pictures on disk, named by the id of their still. A name without `.part` is a whole picture. */
export class StillFiles {
  readonly folder: string;

  /** @throws where the folder can not be made or written */
  static async open(folder: string): Promise<StillFiles> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new StillFiles(folder);
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  static nameOf(stillId: string, kind: keyof StillPictures<unknown>, mimeType: PictureType): string {
    return `${stillId}${kind === 'preview' ? '.preview' : ''}.${pictureTypes[mimeType]}`;
  }

  /**
   * Writes what arrives beside the kept pictures. Where it fails nothing is left.
   *
   * @param body Its stream; left open where the picture is refused, so that its sender can be told.
   * @throws ChaxiError pictureTooLarge, pictureNotSupported, badRequest where it breaks off; the disk's own errors
   */
  async receive(body: Readable, { maxBytes, maxPixels }: PictureBounds): Promise<ReceivedPicture> {
    const file = join(this.folder, randomUUID() + PART);
    const handle = await open(file, 'wx', 0o600);
    try {
      const { sizeBytes, head } = await write(handle, body, maxBytes);
      const info = readPicture(head, maxPixels);
      await handle.sync();
      return { ...info, file, sizeBytes };
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  }

  /** From now on the pictures are there also after a loss of power. */
  async keep({ picture, preview }: StillPictures<ReceivedPicture>, stillId: string): Promise<void> {
    if (preview) await this.#rename(preview, StillFiles.nameOf(stillId, 'preview', preview.mimeType));
    await this.#rename(picture, StillFiles.nameOf(stillId, 'picture', picture.mimeType));
    await syncFolder(this.folder);
  }

  async discard({ file }: ReceivedPicture): Promise<void> {
    await rm(file, { force: true });
  }

  async remove(stillId: string, { picture, preview }: StillPictures<PictureType>): Promise<void> {
    const names = [StillFiles.nameOf(stillId, 'picture', picture)];
    if (preview) names.push(StillFiles.nameOf(stillId, 'preview', preview));
    for (const name of names) await rm(join(this.folder, name), { force: true });
  }

  /**
   * Removes what a crash left: parts, and pictures of which there is no still.
   *
   * @param exist Tells which of some stills there are.
   * @param ageMs What is younger may be on its way, also by the hand of another process.
   * @returns how many files were removed
   */
  async sweep(exist: (stillIds: string[]) => Promise<Set<string>>, ageMs: number): Promise<number> {
    const names = (await readdir(this.folder)).filter((name) => OWN_FILE.test(name));
    const existing = await exist(names.filter((name) => !name.endsWith(PART)).map(stillIdOf));
    return removeOldFiles(
      this.folder,
      names.filter((name) => !existing.has(stillIdOf(name))),
      ageMs,
    );
  }

  async #rename({ file }: ReceivedPicture, name: string): Promise<void> {
    await rename(file, join(this.folder, name));
  }
}

async function write(
  handle: FileHandle,
  body: Readable,
  maxBytes: number,
): Promise<{ sizeBytes: number; head: Uint8Array }> {
  const head: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of piecesOf(body)) {
    if (sizeBytes < PICTURE_HEAD_BYTES) head.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new ChaxiError('pictureTooLarge');
    await handle.appendFile(chunk);
  }
  return { sizeBytes, head: Buffer.concat(head).subarray(0, PICTURE_HEAD_BYTES) };
}

function stillIdOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
