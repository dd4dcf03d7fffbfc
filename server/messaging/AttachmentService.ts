import type { MessageContent, OutgoingContent } from '../../protocol/messages.ts';
import type { RealtimeRequest, RealtimeResponse } from '../../protocol/realtime.ts';
import type { AttachmentRow } from '../storage/messages/rows.ts';
import type { Person } from './Person.ts';

/**
 * What messages need of the files that they carry. That the person may send or read in the conversation was looked at
 * before; failures are ChaxiErrors.
 */
export interface AttachmentService {
  /** Begins an upload. Rejects with `fileTooLarge`, `attachmentsFull`, `rateLimited`, `storageUnavailable`. */
  createAttachment(
    person: Person,
    conversationId: string,
    file: Pick<RealtimeRequest<'createAttachment'>, 'name' | 'sizeBytes'>,
  ): Promise<RealtimeResponse<'createAttachment'>>;

  /** Where a file of this conversation can be had. Rejects with `attachmentNotFound`, `storageUnavailable`. */
  urlOf(person: Person, conversationId: string, attachmentId: string): Promise<RealtimeResponse<'attachmentUrl'>>;

  /**
   * What everyone sees of what someone sends. A file must be uploaded whole, be this person's own and of this conversation, and
   * fit the type of the message. That no other message has it is for the store to say, which knows what is sent again.
   * Rejects with `attachmentNotFound`, `fileNotSupported`, `storageUnavailable`.
   */
  resolve(person: Person, conversationId: string, content: OutgoingContent): Promise<MessageContent>;

  /** Files whose messages were deleted, and whose rows are gone. */
  discard(attachments: readonly AttachmentRow[]): void;
}
