import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scenarioDocs } from '../optionTable.ts';
import { renderReport } from './renderReport.ts';
import type { Result } from './result.ts';

/** Writes DIR/report.html from all results in the folder. */
export async function writeReport(dir: string): Promise<void> {
  const results = await Promise.all(Object.keys(scenarioDocs).map((name) => readResult(join(dir, `${name}.json`))));
  await writeFile(join(dir, 'report.html'), renderReport(results.filter((result) => result !== null)));
}

async function readResult(file: string): Promise<Result | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
