import type { ConversationKind, MemberRole } from '../../../protocol/conversations.ts';

/** A person, on whatever device. */
export interface Person {
  /** API key. */
  tenant: string;
  /** The token's subject. */
  identity: string;
}

/** A row of `conversations`. */
export interface ConversationRow {
  /** UUID version 7. */
  conversationId: string;
  tenant: string;
  kind: ConversationKind;
  /** One conversation for each room of a tenant; null where it has none. */
  room: string | null;
  /** One conversation for each customer of a tenant; null where it has none. */
  customer: string | null;
  title: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  activeAt: number;
  /** From it every message and every change of one takes its number. */
  lastChange: number;
  memberCount: number;
}

/** A row of `members`. */
export interface MemberRow {
  conversationId: string;
  /** As in the conversation, for looking up by person. */
  tenant: string;
  identity: string;
  name: string;
  role: MemberRole;
  /** Milliseconds since 1970. */
  joinedAt: number;
  deliveredSeq: number;
  readSeq: number;
}

/** A row of `messages`. */
export interface MessageRow {
  conversationId: string;
  seq: number;
  change: number;
  clientId: string;
  senderIdentity: string;
  senderName: string;
  /** Milliseconds since 1970. */
  sentAt: number;
  /** JSON of MessageContent; null where it was deleted for all. */
  content: string | null;
  replyTo: number | null;
  /** JSON. */
  mentions: string;
  editedAt: number | null;
  /** JSON. */
  reactions: string;
  /** What can be found of it, as searchText.ts makes it; null where that is nothing. */
  searchText: string | null;
}

/** A row of `named_people`: someone other than the sender whom a message names. Says nothing that the message does not; it is for looking up. */
export interface NamedPersonRow {
  identity: string;
  conversationId: string;
  seq: number;
  how: 'mentioned' | 'reacted';
}

/** A row of `attachments`. */
export interface AttachmentRow {
  /** UUID version 7. */
  attachmentId: string;
  tenant: string;
  conversationId: string;
  /** Identity of whoever uploads it. */
  uploader: string;
  name: string;
  /** As it was announced; an upload of another size does not become ready. */
  sizeBytes: number;
  /** What the server found it to be; null until then. */
  mimeType: string | null;
  /** Pixels; of pictures only. */
  width: number | null;
  height: number | null;
  /** 0 or 1: SQLite has no booleans. */
  hasPreview: 0 | 1;
  state: 'uploading' | 'ready';
  /** The message that has it; null until it is sent. */
  messageSeq: number | null;
  /** The node on whose disk it is; null for storage that all nodes share. */
  nodeId: string | null;
  /** Milliseconds since 1970. */
  createdAt: number;
}

export interface MessageTables {
  conversations: ConversationRow;
  members: MemberRow;
  messages: MessageRow;
  namedPeople: NamedPersonRow;
  attachments: AttachmentRow;
}
