import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import {
  attachmentParts,
  type AttachmentFiles,
  type AttachmentPart,
  type FetchedFile,
  type ServedFile,
} from './AttachmentFiles.ts';
import type { DiskFiles } from './DiskFiles.ts';
import type { S3Bucket } from './S3Bucket.ts';
import type { StoredBytes } from './StoredBytes.ts';

/** What the bucket has of attachments; the rest of it is let alone. */
const PREFIX = 'attachments/';
const OWN_KEY = new RegExp(`^${PREFIX}([0-9a-f-]{36})\\.(${attachmentParts.join('|')})$`);

/**
 * Attachments in a bucket that all nodes share. A file comes to the disk of the node that takes its upload, is looked at there, and goes to the
 * bucket whole: so nothing unfinished, and nothing that was refused, is ever there.
 */
export class S3Files implements AttachmentFiles {
  readonly shared = true;
  readonly #arriving: DiskFiles;
  readonly #bucket: S3Bucket;

  constructor(arriving: DiskFiles, bucket: S3Bucket) {
    this.#arriving = arriving;
    this.#bucket = bucket;
  }

  begin(attachmentId: string): Promise<void> {
    return this.#arriving.begin(attachmentId);
  }

  async sizeOf(attachmentId: string, part: AttachmentPart): Promise<number | undefined> {
    return (await this.#arriving.sizeOf(attachmentId, part)) ?? this.#bucket.sizeOf(keyOf(attachmentId, part));
  }

  append(attachmentId: string, body: Readable, maxBytes: number): Promise<number> {
    return this.#arriving.append(attachmentId, body, maxBytes);
  }

  async keep(attachmentId: string): Promise<void> {
    // Where the process ended between this and the answer, the bucket has it already.
    for (const part of attachmentParts) {
      if ((await this.#arriving.sizeOf(attachmentId, part)) === undefined) continue;
      const { folder, name } = this.#arriving.locate(attachmentId, part);
      await this.#bucket.put(keyOf(attachmentId, part), await openAsBlob(join(folder, name)));
    }
    await this.#arriving.remove(attachmentId);
  }

  async read<T>(attachmentId: string, reader: (file: StoredBytes) => Promise<T>): Promise<T> {
    if ((await this.#arriving.sizeOf(attachmentId, 'file')) !== undefined) {
      return this.#arriving.read(attachmentId, reader);
    }
    const key = keyOf(attachmentId, 'file');
    const sizeBytes = (await this.#bucket.sizeOf(key)) ?? 0;
    return reader({
      sizeBytes,
      read: async (offset, length) => {
        if (offset >= sizeBytes || length === 0) return Buffer.alloc(0);
        const response = await this.#bucket.get(key, `bytes=${offset}-${offset + length - 1}`);
        return Buffer.from(await response.arrayBuffer());
      },
    });
  }

  writePreview(attachmentId: string, preview: Buffer): Promise<void> {
    return this.#arriving.writePreview(attachmentId, preview);
  }

  locate(attachmentId: string, part: AttachmentPart): ServedFile {
    const key = keyOf(attachmentId, part);
    return { name: key.slice(PREFIX.length), fetch: async (range) => fetched(await this.#bucket.get(key, range)) };
  }

  async remove(attachmentId: string): Promise<void> {
    await this.#arriving.remove(attachmentId);
    for (const part of attachmentParts) await this.#bucket.remove(keyOf(attachmentId, part));
  }

  async sweep(exist: (attachmentIds: string[]) => Promise<Set<string>>, ageMs: number): Promise<number> {
    let removed = await this.#arriving.sweep(exist, ageMs);
    for await (const objects of this.#bucket.list(PREFIX)) {
      const old = objects.flatMap(({ key, changedAt }) => {
        const attachmentId = OWN_KEY.exec(key)?.[1];
        return attachmentId !== undefined && Date.now() - changedAt >= ageMs ? [{ key, attachmentId }] : [];
      });
      const existing = await exist([...new Set(old.map(({ attachmentId }) => attachmentId))]);
      for (const { key, attachmentId } of old) {
        if (existing.has(attachmentId)) continue;
        await this.#bucket.remove(key);
        removed += 1;
      }
    }
    return removed;
  }
}

function keyOf(attachmentId: string, part: AttachmentPart): string {
  return `${PREFIX}${attachmentId}.${part}`;
}

function fetched({ status, headers, body }: Response): FetchedFile {
  const told = ['content-length', 'content-range', 'accept-ranges'].flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const content = body ? Readable.fromWeb(body as ReadableStream<Uint8Array>) : Readable.from([]);
  return { status, headers: Object.fromEntries(told), body: content };
}
