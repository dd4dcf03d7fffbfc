import type { Readable } from 'node:stream';
import type { AttachmentAddress, LocatedAttachment } from '../messaging/attachments/AttachmentDesk.ts';
import type { UploadProgress } from '../messaging/attachments/Uploads.ts';
import type { UploadPermit } from '../messaging/attachments/uploadTokens.ts';

/** What HTTP needs of the files that messages carry. Failures are ChaxiErrors. */
export interface AttachmentHttpService {
  readonly uploads: UploadService;
  /** Rejects with `attachmentNotFound`, also where the address has expired; `storageUnavailable`, `nodeUnavailable`. */
  locate(address: AttachmentAddress): Promise<LocatedAttachment | { serverUrl: string }>;
}

/** Each rejects with `attachmentNotFound`, also where the token is not its own, and with `storageUnavailable`. */
export interface UploadService {
  /** Rejects as `append` where all has come but was not looked at yet. */
  progressOf(permit: UploadPermit): Promise<UploadProgress>;
  /** Rejects with `wrongStage` where another place is reached, `fileTooLarge`, `fileNotSupported`, `badRequest`. */
  append(permit: UploadPermit, offset: number, body: Readable): Promise<UploadProgress>;
  /** Rejects with `wrongStage` where the file is there already, `fileTooLarge`, `fileNotSupported`, `badRequest`. */
  receivePreview(permit: UploadPermit, body: Readable): Promise<void>;
  discard(permit: UploadPermit): Promise<void>;
}
