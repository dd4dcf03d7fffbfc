import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../lib/writeWhole.ts';
import { scenarioNames } from '../optionTable.ts';
import { renderReport } from './renderReport.ts';
import type { Result } from './result.ts';

/** What JSON has for a number that is none, such as the latency of no frame. */
const figure = z.number().nullable();
/** As much of a result as the report needs; what an older version wrote besides does no harm. */
const resultSchema = z.object({
  startedAt: z.string(),
  machine: z.object({ cpu: z.string(), cores: figure, memoryBytes: figure, kernel: z.string(), loadAverage: figure }),
  versions: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.unknown()),
  samples: z.array(z.record(z.string(), z.unknown())),
  metrics: z.record(
    z.string(),
    z.object({ unit: z.string(), n: figure, min: figure, p50: figure, p95: figure, p99: figure, max: figure }),
  ),
  verdicts: z.array(
    z.object({
      rule: z.object({
        metric: z.string(),
        statistic: z.string(),
        op: z.string(),
        limit: z.number(),
        note: z.string(),
      }),
      ok: z.boolean().nullable(),
      actual: figure,
    }),
  ),
});

/** Makes the folder of the results. @throws Error where it cannot be written to, before anything is measured */
export async function openResults(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const probe = join(dir, `.writable-${process.pid}`);
  await writeFile(probe, '');
  await rm(probe);
}

/**
 * Writes DIR/SCENARIO.json. A run that ended before it had measured anything does not replace an earlier result.
 *
 * @returns whether it was written
 */
export async function writeResult(dir: string, result: Result): Promise<boolean> {
  const file = join(dir, `${result.scenario}.json`);
  const isCutShort = result.interrupted ?? result.failed !== undefined;
  if (isCutShort && result.samples.length === 0 && (await exists(file))) return false;
  await writeWhole(file, `${JSON.stringify(result, null, 1)}\n`);
  return true;
}

/** Writes DIR/report.html from all results in the folder. */
export async function writeReport(dir: string): Promise<void> {
  const results = await Promise.all(scenarioNames.map((name) => readResult(dir, name)));
  await writeWhole(join(dir, 'report.html'), renderReport(results.filter((result) => result !== null)));
}

/** Null where there is none, or a file that is something else. */
async function readResult(dir: string, scenario: string): Promise<Result | null> {
  const file = join(dir, `${scenario}.json`);
  if (!(await exists(file))) return null;
  try {
    const result: unknown = JSON.parse(await readFile(file, 'utf8'));
    resultSchema.extend({ scenario: z.literal(scenario) }).parse(result);
    return result as Result;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    console.error(`The report leaves out ${file}, which is no result of ${scenario}: ${why}`);
    return null;
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
