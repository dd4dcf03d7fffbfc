import { z } from 'zod';
import { stillSchema, stillSourceSchema } from '../../protocol/stills.ts';
import { roomKeySchema } from './span/rosterMessage.ts';

/** Who asks a camera for a still. */
const askerSchema = z.object({ participantId: z.string(), identity: z.string(), name: z.string() });
export type StillAsker = z.infer<typeof askerSchema>;

/** What a node asks of another one about stills. The node that asks has looked at the grants. */
export const stillRequestSchema = z.discriminatedUnion('ask', [
  /** Of the camera of someone who is there. */
  z.object({
    ask: z.literal('take'),
    room: roomKeySchema,
    participantId: z.string(),
    source: stillSourceSchema,
    requestedBy: askerSchema,
  }),
  z.object({
    ask: z.literal('list'),
    room: roomKeySchema,
    page: z.object({ before: z.string().optional(), limit: z.int().min(1) }),
  }),
  z.object({ ask: z.literal('remove'), room: roomKeySchema, stillId: z.string() }),
  /** Whether the picture at this address is there. */
  z.object({ ask: z.literal('find'), key: z.string() }),
]);
export type StillRequest = z.infer<typeof stillRequestSchema>;

/** What becomes of the stills of a room, as every node hears it of the one that has them. */
export const stillNewsSchema = z.discriminatedUnion('news', [
  z.object({ news: z.literal('added'), room: roomKeySchema, still: stillSchema }),
  /** With a code of errors.md. */
  z.object({ news: z.literal('failed'), room: roomKeySchema, stillId: z.string(), code: z.string() }),
  z.object({ news: z.literal('removed'), room: roomKeySchema, stillId: z.string() }),
]);
export type StillNews = z.infer<typeof stillNewsSchema>;

/** What a camera was asked for. */
export const askedStillSchema = z.object({ stillId: z.string(), timeoutMs: z.number() });
