import type { Readable } from 'node:stream';
import type { StoredBytes } from './StoredBytes.ts';

/** The two files of an attachment: itself, and a small picture of it. */
export const attachmentParts = ['file', 'preview'] as const;
export type AttachmentPart = (typeof attachmentParts)[number];

/** Where an answer gets its bytes from. */
export interface ServedFile {
  folder: string;
  name: string;
}

/** Where the bytes of attachments lie. What fails without a ChaxiError is a failure of the disk. */
export interface AttachmentFiles {
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
  /** From now on what is there outlives a loss of power. */
  sync(attachmentId: string): Promise<void>;
  /** Lets something read in it. */
  read<T>(attachmentId: string, reader: (file: StoredBytes) => Promise<T>): Promise<T>;
  /** Takes the place of an earlier one, and outlives a loss of power. */
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
