import type { z } from 'zod';
import { ChaxiError } from '../../protocol/ChaxiError.ts';

/** Parses what came from a network. @throws ChaxiError `badRequest` with the path of the first bad field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, root?: string): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = [...(root ? [root] : []), ...(issue?.path ?? [])].join('.');
  throw new ChaxiError('badRequest', { path, message: `${path || 'data'}: ${issue?.message ?? 'not valid'}` });
}
