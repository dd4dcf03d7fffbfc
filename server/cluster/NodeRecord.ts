import { z } from 'zod';

/** What a node tells the others of itself. A field that is added later must be optional: nodes of two versions meet in an upgrade. */
export const nodeRecordSchema = z.object({
  nodeId: z.string().min(1).max(64),
  /** Where browsers find it. */
  url: z.string().min(1).max(512),
  /** Of its process: one that begins anew under the same id is another one. */
  instance: z.string().max(64).optional(),
  /** Free name such as `eu-west`; empty where none is configured. */
  region: z.string().max(64),
  /** Of Chaxi. */
  version: z.string().max(64),
  /** Producers and consumers on its workers. */
  load: z.int().min(0),
  /** How many it is meant to carry. */
  capacity: z.int().min(1),
  rooms: z.int().min(0),
  participants: z.int().min(0),
  /** A media worker runs. One that died is replaced within seconds, and its rooms go on: this is no reason to take them. */
  mediaReady: z.boolean(),
  /** It takes nobody new, and others may take its rooms. */
  draining: z.boolean(),
});
export type NodeRecord = z.infer<typeof nodeRecordSchema>;
