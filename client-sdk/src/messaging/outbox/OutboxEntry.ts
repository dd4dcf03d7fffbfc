import type { ErrorBody } from '../../../../protocol/ChaxiError.ts';
import { limits } from '../../../../protocol/limits.ts';
import type { DraftContent } from '../DraftContent.ts';
import type { UploadTicket } from '../uploads/AttachmentUpload.ts';

/** A message that the server has not stored yet, as the application gave it. */
export interface OutboxDraft {
  conversationId: string;
  content: DraftContent;
  replyTo: number | null;
  mentions: readonly string[];
  /** By this device's clock, milliseconds since 1970; for showing only. */
  writtenAt: number;
}

/** The same as it is kept on this device. */
export interface OutboxEntry extends OutboxDraft {
  /** Taken in the order of writing, among all tabs that share a store. */
  number: number;
  /**
   * Names this store to the server together with the number. Each messenger has another one, so that numbers of a store that was restored
   * from a copy mean nothing else than before.
   */
  deviceId: string;
  /** Where its file goes, as soon as that is known. */
  ticket: UploadTicket | null;
  /** Its file is on the server. */
  attachmentId: string | null;
  /** Why it is not sent any more. */
  failure: ErrorBody | null;
}

export function clientIdOf({ deviceId, number }: Pick<OutboxEntry, 'deviceId' | 'number'>): string {
  return `${deviceId}:${number}`;
}

/** The file that has to be there before the message can be sent. */
export function fileOf({ content }: Pick<OutboxEntry, 'content'>): Blob | null {
  return 'file' in content ? content.file : null;
}

/** As it is shown to others. */
export function fileNameOf({ content }: Pick<OutboxEntry, 'content'>): string {
  if (!('file' in content)) return '';
  const given = content.name ?? (content.file instanceof File ? content.file.name : '');
  return (given || content.type).slice(-limits.fileName);
}
