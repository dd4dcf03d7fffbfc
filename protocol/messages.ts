import { z } from 'zod';
import { limits } from './limits.ts';
import { nameSchema, roomNameSchema } from './participants.ts';

/** UUID version 7. */
export const attachmentIdSchema = z.uuid();
const text = z.string().max(limits.messageText);
const durationMs = z.int().min(0).max(limits.voiceMs);

/** What the server found the file to be. A sender names the id alone; the rest is what the server wrote at the upload. */
export const attachmentSchema = z.object({
  attachmentId: attachmentIdSchema,
  /** As its sender's device calls it; for showing and saving only. */
  name: z.string(),
  /** By content, not by name. */
  mimeType: z.string(),
  sizeBytes: z.int(),
  /** Pixels as it is shown; of pictures only. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** There is a small picture of it. */
  hasPreview: z.boolean(),
});
export type AttachmentInfo = z.infer<typeof attachmentSchema>;

/** Something of Chaxi itself, shown as a card. */
export const cardSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('invite'),
    room: roomNameSchema,
    title: nameSchema,
    /** Link to the page of the room; http or https. */
    url: z.url({ protocol: /^https?$/ }).max(2_048),
    /** Milliseconds since 1970; null where it is open. */
    startsAt: z.int().nullable(),
  }),
  z.object({
    kind: z.literal('still'),
    stillId: z.string().min(1).max(64),
    room: roomNameSchema,
    /** As in the still itself (stills.ts). */
    path: z.string().regex(/^\/stills\/[A-Za-z0-9_-]{1,128}$/),
    previewPath: z
      .string()
      .regex(/^\/stills\/[A-Za-z0-9_-]{1,128}$/)
      .nullable(),
    takenAt: z.int(),
    takenFrom: nameSchema,
  }),
  z.object({
    kind: z.literal('guide'),
    title: nameSchema,
    teas: z
      .array(z.object({ name: nameSchema, note: z.string().max(limits.guideNote) }))
      .min(1)
      .max(limits.guideTeas),
  }),
]);
export type Card = z.infer<typeof cardSchema>;

/** What a sender gives. Text is shown as it is: nothing in it is ever taken for markup. */
export const outgoingContentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: text.min(1).regex(/\S/u, 'must not be blank') }),
  z.object({ type: z.literal('image'), attachmentId: attachmentIdSchema, text: text.default('') }),
  z.object({
    type: z.literal('voice'),
    attachmentId: attachmentIdSchema,
    durationMs,
    /** Loudness of equal parts from the first to the last, 0 to 100. */
    waveform: z.array(z.int().min(0).max(100)).min(1).max(limits.waveformParts),
  }),
  z.object({ type: z.literal('file'), attachmentId: attachmentIdSchema, text: text.default('') }),
  z.object({ type: z.literal('card'), card: cardSchema }),
]);
export type OutgoingContent = z.infer<typeof outgoingContentSchema>;

/** What everyone sees. */
export const contentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image'), attachment: attachmentSchema, text: z.string() }),
  z.object({
    type: z.literal('voice'),
    attachment: attachmentSchema,
    durationMs: z.int(),
    waveform: z.array(z.int()),
  }),
  z.object({ type: z.literal('file'), attachment: attachmentSchema, text: z.string() }),
  z.object({ type: z.literal('card'), card: cardSchema }),
]);
export type MessageContent = z.infer<typeof contentSchema>;

/** One emoji: what a reader sees as one character. */
export const emojiSchema = z
  .string()
  .min(1)
  .max(32)
  .regex(/^\p{RGI_Emoji}$/v, 'must be one emoji');

/** A message as its sender's device numbers it. Sent twice, it is stored once, and answered alike. */
export const outgoingMessageSchema = z.object({
  /** Chosen by the sender's device, unique among all messages of this person: an id of the device, a colon and a number that grows. */
  clientId: z.string().regex(/^[A-Za-z0-9_-]{8,40}:\d{1,12}$/),
  content: outgoingContentSchema,
  /** `seq` of the message that it answers. */
  replyTo: z.int().min(1).nullable().default(null),
  /** Identities of members who are meant. */
  mentions: z.array(nameSchema).max(limits.mentions).default([]),
});
export type OutgoingMessage = z.infer<typeof outgoingMessageSchema>;
/** As a page may write it, what has a default left out. */
export type OutgoingMessageInput = z.input<typeof outgoingMessageSchema>;

export const messageSchema = z.object({
  conversationId: z.string(),
  /** Place in the conversation, from 1; never changes, and names the message. Others may be left out in between. */
  seq: z.int(),
  /** Number of the last change of this message; `seq` where there was none. Whoever knows all up to a number asks for what is above it. */
  change: z.int(),
  clientId: z.string(),
  from: z.object({ identity: z.string(), name: z.string() }),
  /** By the clock of the server, milliseconds since 1970. */
  sentAt: z.int(),
  /** Null where it was deleted for all. */
  content: contentSchema.nullable(),
  replyTo: z.int().nullable(),
  mentions: z.array(z.string()),
  /** Milliseconds since 1970. */
  editedAt: z.int().nullable(),
  /** Oldest first. */
  reactions: z.array(z.object({ emoji: z.string(), identities: z.array(z.string()) })),
});
export type Message = z.infer<typeof messageSchema>;
