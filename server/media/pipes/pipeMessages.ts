import { z } from 'zod';
import { rtpParametersSchema } from '../../../protocol/rtp.ts';

/** The method of the bus; `ask` says what is asked. */
export const PIPES_METHOD = 'pipes';

const id = z.string().min(1).max(64);

/** Where an end of a pipe is reached, and what it encrypts with. It crosses the bus sealed, and nothing else. */
const pipeAddressSchema = z.object({
  /** An IP address or a host name. */
  address: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  srtpParameters: z.object({ cryptoSuite: z.literal('AEAD_AES_256_GCM'), keyBase64: z.string().max(64) }),
});
export type PipeAddress = z.infer<typeof pipeAddressSchema>;

const crossSchema = z.object({
  /** To the node of a producer: let it come through this pipe. */
  ask: z.literal('cross'),
  pipeId: id,
  crossingId: id,
  room: z.object({ tenant: z.string().max(128), room: z.string().max(256) }),
  /** The router that the producer is on. */
  routerId: id,
  producerId: id,
  /** Of the end that asks; left out where the pipe is known to be connected. */
  entry: pipeAddressSchema.optional(),
});
export type CrossRequest = z.infer<typeof crossSchema>;

export const pipeRequestSchema = z.discriminatedUnion('ask', [
  crossSchema,
  /** To the node of a producer: someone is ready to receive it, so that its first key frame is not sent in vain. */
  z.object({ ask: z.literal('flow'), pipeId: id, crossingId: id }),
  /** To the node of a producer: one has left the pipe, or, without `crossingId`, the pipe is closed. */
  z.object({ ask: z.literal('leave'), pipeId: id, crossingId: id.optional() }),
  /** From the node of a producer: one has ended, or, without `crossingId`, the pipe is closed. */
  z.object({ ask: z.literal('end'), pipeId: id, crossingId: id.optional() }),
]);
export type PipeRequest = z.infer<typeof pipeRequestSchema>;

/** The answer to `cross`. */
export const crossedSchema = z.object({
  origin: pipeAddressSchema,
  kind: z.enum(['audio', 'video']),
  rtpParameters: rtpParametersSchema,
  /** Whether the producer is paused now. */
  paused: z.boolean(),
});
export type Crossed = z.infer<typeof crossedSchema>;
