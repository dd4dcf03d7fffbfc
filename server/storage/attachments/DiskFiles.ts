import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { goneAlready, removeOldFiles, syncFolder } from '../folders.ts';
import { piecesOf } from '../piecesOf.ts';
import { attachmentParts, type AttachmentFiles, type AttachmentPart, type FileOnDisk } from './AttachmentFiles.ts';
import type { StoredBytes } from './StoredBytes.ts';

/** Ending of a preview that is still being written. */
const PART = '.part';
/** Files of this class; what else lies in the folder is let alone. */
const OWN_FILE = new RegExp(`^[0-9a-f-]{36}\\.(${attachmentParts.join('|')}|preview\\${PART})$`);

/** Attachments in a folder, named by their ids. Whether a file is whole says the row of its attachment. */
export class DiskFiles implements AttachmentFiles {
  readonly shared = false;
  readonly #folder: string;

  /** @throws where the folder can not be made or written */
  static async open(folder: string): Promise<DiskFiles> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new DiskFiles(folder);
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  async begin(attachmentId: string): Promise<void> {
    const handle = await open(this.#pathOf(attachmentId, 'file'), 'wx', 0o600);
    await handle.close();
  }

  async sizeOf(attachmentId: string, part: AttachmentPart): Promise<number | undefined> {
    return stat(this.#pathOf(attachmentId, part)).then(({ size }) => size, goneAlready);
  }

  append(attachmentId: string, body: Readable, maxBytes: number): Promise<number> {
    return this.#using(attachmentId, 'r+', async (handle) => {
      let { size } = await handle.stat();
      for await (const chunk of piecesOf(body)) {
        if (size + chunk.length > maxBytes) throw new ChaxiError('fileTooLarge');
        await writeAll(handle, chunk, size);
        size += chunk.length;
      }
      return size;
    });
  }

  async keep(attachmentId: string): Promise<void> {
    await this.#using(attachmentId, 'r+', (handle) => handle.sync());
    await syncFolder(this.#folder);
  }

  read<T>(attachmentId: string, reader: (file: StoredBytes) => Promise<T>): Promise<T> {
    return this.#using(attachmentId, 'r', async (handle) => {
      const { size: sizeBytes } = await handle.stat();
      return reader({
        sizeBytes,
        async read(offset, length) {
          const bytes = Buffer.alloc(Math.max(0, Math.min(length, sizeBytes - offset)));
          const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
          return bytes.subarray(0, bytesRead);
        },
      });
    });
  }

  async writePreview(attachmentId: string, preview: Buffer): Promise<void> {
    const path = this.#pathOf(attachmentId, 'preview');
    const handle = await open(path + PART, 'w', 0o600);
    try {
      await writeAll(handle, preview, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(path + PART, path);
    await syncFolder(this.#folder);
  }

  locate(attachmentId: string, part: AttachmentPart): FileOnDisk {
    return { folder: this.#folder, name: nameOf(attachmentId, part) };
  }

  async remove(attachmentId: string): Promise<void> {
    for (const part of attachmentParts) await rm(this.#pathOf(attachmentId, part), { force: true });
  }

  async sweep(exist: (attachmentIds: string[]) => Promise<Set<string>>, ageMs: number): Promise<number> {
    const names = (await readdir(this.#folder)).filter((name) => OWN_FILE.test(name));
    const existing = await exist([...new Set(names.map(idOf))]);
    return removeOldFiles(
      this.#folder,
      names.filter((name) => name.endsWith(PART) || !existing.has(idOf(name))),
      ageMs,
    );
  }

  async #using<T>(attachmentId: string, flags: 'r' | 'r+', work: (handle: FileHandle) => Promise<T>): Promise<T> {
    const handle = await open(this.#pathOf(attachmentId, 'file'), flags);
    try {
      return await work(handle);
    } finally {
      await handle.close();
    }
  }

  #pathOf(attachmentId: string, part: AttachmentPart): string {
    return join(this.#folder, nameOf(attachmentId, part));
  }
}

/** The system may take less at once than it is given. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

function nameOf(attachmentId: string, part: AttachmentPart): string {
  return `${attachmentId}.${part}`;
}

function idOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
