import type { ChaxiError } from '../../../protocol/ChaxiError.ts';
import type { Message, MessageContent } from '../../../protocol/messages.ts';

/**
 * A message as a page shows it. It never changes: what becomes of it is another object with the same `key`. All text in it is
 * plain text, whatever it looks like.
 */
export interface ChatMessage extends Omit<Message, 'seq' | 'change' | 'content'> {
  /** Names the message from the moment when it was written, before and after it was stored. */
  readonly key: string;
  /** Place in the conversation; null while the server has not stored it. */
  readonly seq: number | null;
  /** Milliseconds since 1970: by the clock of the server, and by that of this device while `seq` is null. */
  readonly sentAt: number;
  /** Null where it was deleted for all. The `attachmentId` of a file that is not uploaded yet is empty. */
  readonly content: MessageContent | null;
  /** Written by this person, on whatever device. */
  readonly isOwn: boolean;
  /** What keeps it from being stored; null as soon as it is. */
  readonly outgoing: OutgoingState | null;
}

export interface OutgoingState {
  /** `failed`: the server refused it for good. It waits for `retry()` or `discard()`, and holds up no other. */
  readonly state: 'sending' | 'failed';
  /** Why it failed, or why it was not stored at the last attempt. */
  readonly error: ChaxiError | null;
  /** How far its file is; null where there is none, or all of it is there. */
  readonly upload: { readonly sentBytes: number; readonly totalBytes: number } | null;
}

/** `sending`: kept on this device until the server has it. `delivered` and `read`: by all other members. */
export type MessageStatus = 'sending' | 'failed' | 'sent' | 'delivered' | 'read';
