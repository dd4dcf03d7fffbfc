import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { budgets } from './budgets.ts';
import { peerNames, UsageError } from './options.ts';
import { scenarioNames } from './optionTable.ts';
import { statistics, type Rule } from './report/result.ts';

const rulesSchema: z.ZodType<Rule[]> = z.array(
  z
    .strictObject({
      scenario: z.enum(scenarioNames),
      peer: z.enum(peerNames).optional(),
      metric: z.string().min(1),
      statistic: z.enum(statistics),
      op: z.enum(['<', '<=', '>=', '>']),
      limit: z.number(),
      minSamples: z.int().positive().optional(),
      params: z.record(z.string(), z.unknown()).optional(),
      note: z.string(),
    })
    .refine(({ scenario, peer }) => peer === undefined || scenario === 'peers', 'only peers has a peer'),
);

/**
 * The rules of a file, or ours.
 *
 * @throws UsageError that says what is wrong with the file
 */
export async function readRules(file: string | undefined): Promise<readonly Rule[]> {
  if (!file) return budgets;
  try {
    return rulesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UsageError(`--budgets ${file} cannot be used: ${why}`);
  }
}
