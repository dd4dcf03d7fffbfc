import { z } from 'zod';
import { limits } from '../../../protocol/limits.ts';
import { nameSchema } from '../../../protocol/participants.ts';
import { banSchema } from '../../../protocol/signaling.ts';
import { plainPart } from './RecordPart.ts';

/** What holds in a room, whoever is in it. A field that is added later needs a default. */
export const rulesSchema = z.object({
  locked: z.boolean(),
  lobbyNote: z.string().max(limits.lobbyNote),
  /** The first one first. */
  bans: z.array(banSchema),
  /** `hostingPolicy.ts`. One of which it is not known when it was does not hold any more. */
  handOvers: z.array(
    z.object({
      from: nameSchema,
      to: nameSchema,
      toName: nameSchema,
      byToken: z.boolean(),
      at: z.number().default(0),
    }),
  ),
});
export type Rules = z.infer<typeof rulesSchema>;

export const rulesPart = plainPart(rulesSchema, { locked: false, lobbyNote: '', bans: [], handOvers: [] });
