import type { Readable } from 'node:stream';
import type { StoredBytes } from './StoredBytes.ts';

/** The two files of an attachment: itself, and a small picture of it. */
export const attachmentParts = ['file', 'preview'] as const;
export type AttachmentPart = (typeof attachmentParts)[number];

export interface FileOnDisk {
  folder: string;
  name: string;
}

/** A file that is had from elsewhere. */
export interface FileElsewhere {
  name: string;
  /** @param range As in HTTP. */
  fetch: (range: string | undefined) => Promise<FetchedFile>;
}

export interface FetchedFile {
  /** 200, 206, 416, or 404. */
  status: number;
  /** How long it is, and which part of it this is. */
  headers: Record<string, string>;
  /** To be read or destroyed. */
  body: Readable;
}

/** Where an answer gets its bytes from. */
export type ServedFile = FileOnDisk | FileElsewhere;

/** Where the bytes of attachments lie. What fails without a ChaxiError is a failure of the disk, or of what stands in for it. */
export interface AttachmentFiles {
  /** Every node has what any has kept. */
  readonly shared: boolean;
  /** Makes place for a file of which nothing has come yet. */
  begin(attachmentId: string): Promise<void>;
  /** Bytes that have come of it; undefined where there is none. */
  sizeOf(attachmentId: string, part: AttachmentPart): Promise<number | undefined>;
  /**
   * Writes what comes behind what is there. What came before a body broke off stays.
   *
   * @param body Its stream; left open where too much comes, so that its sender can be told.
   * @returns bytes that are there then
   * @throws fileTooLarge where more comes than may be there in the end, badRequest where it breaks off
   */
  append(attachmentId: string, body: Readable, maxBytes: number): Promise<number>;
  /** From now on what has come outlives a loss of power. Both parts are whole, and known for what they are. */
  keep(attachmentId: string): Promise<void>;
  /** Lets something read in it. */
  read<T>(attachmentId: string, reader: (file: StoredBytes) => Promise<T>): Promise<T>;
  /** Takes the place of an earlier one. */
  writePreview(attachmentId: string, preview: Buffer): Promise<void>;
  locate(attachmentId: string, part: AttachmentPart): ServedFile;
  /** Removes both parts, where they are. */
  remove(attachmentId: string): Promise<void>;
  /**
   * Removes what belongs to no attachment.
   *
   * @param exist Tells which of some attachments there are.
   * @param ageMs What is younger may be on its way.
   * @returns how many files were removed
   */
  sweep(exist: (attachmentIds: string[]) => Promise<Set<string>>, ageMs: number): Promise<number>;
}
