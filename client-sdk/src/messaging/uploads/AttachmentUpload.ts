import type { RealtimeRequestInput, RealtimeResponse } from '../../../../protocol/realtime.ts';

/** Where an upload goes: what the server answered to `createAttachment`. */
export type UploadTicket = RealtimeResponse<'createAttachment'>;

/** One file on its way to the server, in one attempt. */
export interface AttachmentUpload {
  conversationId: string;
  blob: Blob;
  name: string;
  /** Where the messenger is connected; a ticket may name another node. */
  serverUrl: string;
  /** Of an attempt before, which may have been made by another tab or before a reload: the upload goes on where it stood. */
  ticket: UploadTicket | null;
  /** Keeps a ticket beside the file, so that the next attempt has it. */
  keepTicket: (ticket: UploadTicket) => Promise<void>;
  createAttachment: (request: RealtimeRequestInput<'createAttachment'>) => Promise<UploadTicket>;
  progressed: (sentBytes: number) => void;
  /** The message was discarded, or the messenger closed. */
  signal: AbortSignal;
}

/**
 * Brings a file to the server, and resolves with its `attachmentId` when all of it is there. Where a ticket is no longer good, it asks for
 * another one. It does not repeat for long: whoever calls it tries again.
 * @throws ChaxiError `serverUnreachable` and the like where another attempt may succeed; fileTooLarge, fileNotSupported, …
 */
export type UploadAttachment = (upload: AttachmentUpload) => Promise<string>;
