import type { Card } from '../../../protocol/messages.ts';

/** What `Conversation.send()` takes. Files are kept on this device until they are uploaded. */
export type DraftContent =
  | { type: 'text'; text: string }
  | { type: 'image'; file: Blob; name?: string; text?: string }
  | { type: 'voice'; file: Blob; name?: string; durationMs: number; waveform: readonly number[] }
  | { type: 'file'; file: Blob; name?: string; text?: string }
  | { type: 'card'; card: Card };

export interface SendOptions {
  /** The message that this one answers, or its `seq`. */
  replyTo?: { readonly seq: number | null } | number | null;
  /** Identities of members who are meant. */
  mentions?: readonly string[];
}
