import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { AttachmentInfo, MessageContent } from '../../../../protocol/messages.ts';
import type { ChatMessage, OutgoingState } from '../ChatMessage.ts';
import type { DraftContent } from '../DraftContent.ts';
import type { KeptEntry } from '../outbox/Outbox.ts';
import { clientIdOf, fileNameOf, fileOf } from '../outbox/OutboxEntry.ts';
import { messageKey } from './makeChatMessage.ts';

export interface Author {
  identity: string;
  name: string;
}

/** The messages of one conversation that the server has not stored yet, as a page shows them. */
export class PendingMessages {
  #entries: readonly KeptEntry[] = [];
  #shown: readonly ChatMessage[] | null = null;
  /** Why nothing was stored at the last attempt. */
  #delay: ChaxiError | null = null;
  /** Of the files that are uploaded from this page. */
  readonly #sentBytes = new Map<string, number>();

  set(entries: readonly KeptEntry[]): void {
    this.#entries = entries;
    this.#shown = null;
  }

  find(clientId: string): KeptEntry | undefined {
    return this.#entries.find((entry) => clientIdOf(entry) === clientId);
  }

  /** @returns whether that is another one than before */
  setDelay(error: ChaxiError | null): boolean {
    if (this.#entries.length === 0 || this.#delay?.code === error?.code) return false;
    this.#delay = error;
    this.#shown = null;
    return true;
  }

  progressed(clientId: string, sentBytes: number): void {
    this.#sentBytes.set(clientId, sentBytes);
    this.#shown = null;
  }

  shown(author: Author): readonly ChatMessage[] {
    this.#shown ??= this.#entries.map((entry) => this.#toMessage(entry, author));
    return this.#shown;
  }

  #toMessage(entry: KeptEntry, from: Author): ChatMessage {
    const clientId = clientIdOf(entry);
    return {
      key: messageKey(from.identity, clientId),
      conversationId: entry.conversationId,
      seq: null,
      clientId,
      from,
      sentAt: entry.writtenAt,
      content: toContent(entry),
      replyTo: entry.replyTo,
      mentions: [...entry.mentions],
      editedAt: null,
      reactions: [],
      isOwn: true,
      outgoing: this.#stateOf(entry, clientId),
    };
  }

  #stateOf(entry: KeptEntry, clientId: string): OutgoingState {
    if (entry.failure) return { state: 'failed', error: ChaxiError.fromBody(entry.failure), upload: null };
    const file = entry.attachmentId === null ? fileOf(entry) : null;
    const upload = file && { sentBytes: this.#sentBytes.get(clientId) ?? 0, totalBytes: file.size };
    return { state: 'sending', error: this.#delay, upload };
  }
}

function toContent(entry: KeptEntry): MessageContent {
  const { content } = entry;
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text };
    case 'card':
      return { type: 'card', card: content.card };
    case 'voice': {
      const { durationMs, waveform } = content;
      return { type: 'voice', attachment: toAttachment(entry, content), durationMs, waveform: [...waveform] };
    }
    case 'image':
    case 'file':
      return { type: content.type, attachment: toAttachment(entry, content), text: content.text ?? '' };
  }
}

function toAttachment(entry: KeptEntry, { file }: Extract<DraftContent, { file: Blob }>): AttachmentInfo {
  return {
    attachmentId: entry.attachmentId ?? '',
    name: fileNameOf(entry),
    mimeType: file.type,
    sizeBytes: file.size,
    width: null,
    height: null,
    hasPreview: file.type.startsWith('image/'),
  };
}
