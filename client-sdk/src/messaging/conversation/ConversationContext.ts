import type { Logger } from '../../Logger.ts';
import type { ChatMessage } from '../ChatMessage.ts';
import type { RealtimeRequester } from '../connection/RealtimeConnection.ts';
import type { Exclusive } from '../outbox/ConversationSender.ts';
import type { Outbox } from '../outbox/Outbox.ts';
import type { UploadAttachment } from '../uploads/AttachmentUpload.ts';
import type { Author } from './PendingMessages.ts';

/** What a conversation needs of its messenger. */
export interface ConversationContext {
  /** Whose messenger it is. */
  self: Author;
  request: RealtimeRequester;
  notify: (name: 'typing', data: { conversationId: string }) => void;
  /** There is a connection. */
  live: () => boolean;
  serverUrl: () => string;
  outbox: Outbox;
  exclusive: Exclusive;
  upload: UploadAttachment;
  /** Makes of a picture what is sent. */
  prepare: (picture: Blob) => Promise<Blob>;
  logger: Logger;
  /** A list shows something else of it. */
  listed: () => void;
  added: (message: ChatMessage) => void;
  /** The server says that it is gone for this person. */
  gone: () => void;
  /** Asks how it is now, and takes that in. Rejects with what the server refuses for good. */
  askAnew: () => Promise<void>;
}
