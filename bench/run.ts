import { join, resolve } from 'node:path';
import { isReached } from './judge.ts';
import { interruption } from './lib/interruption.ts';
import { describeVersions } from './lib/versions.ts';
import { parseOptions, UsageError } from './options.ts';
import { helpText } from './optionTable.ts';
import { readRules } from './readRules.ts';
import { explainVerdict } from './report/explainVerdict.ts';
import type { Result } from './report/result.ts';
import { openResults, writeReport, writeResult } from './report/resultFiles.ts';
import { runScenario } from './runScenario.ts';
import { scenarios } from './scenarios/index.ts';

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(helpText());
    return 0;
  }
  const rules = await readRules(options.budgetsFile);
  const outDir = resolve(options.outDir);
  await openResults(outDir).catch((error: unknown) => {
    throw new UsageError(`--out ${options.outDir} cannot be written to: ${String(error)}`);
  });
  // Before it measures: who goes on working meanwhile changes what is on the disk, not what runs.
  const versions = await describeVersions();
  const { signal, release } = interruption();
  let isAllReached = true;
  for (const name of options.scenarios) {
    if (signal.aborted) break;
    const result = await runScenario(scenarios[name], { name, options, rules, versions, signal });
    const isWritten = await write(outDir, result);
    for (const verdict of result.verdicts) console.log(explainVerdict(verdict));
    const isWhole = !result.interrupted && result.failed === undefined;
    if (!isWritten || !isWhole || !isReached(result.verdicts, options.smoke)) isAllReached = false;
  }
  release();
  console.log(`\n${join(outDir, 'report.html')}`);
  return isAllReached && !signal.aborted ? 0 : 1;
}

/** Whatever goes wrong with one result, the next scenario is measured. */
async function write(outDir: string, result: Result): Promise<boolean> {
  try {
    if (!(await writeResult(outDir, result))) {
      console.error(`${result.scenario} ended before it had measured anything: the earlier result stays.`);
    }
    await writeReport(outDir);
    return true;
  } catch (error) {
    console.error(`The result of ${result.scenario} could not be written:`, error);
    return false;
  }
}

// A terminal that was closed, or a pipe that nobody reads any more, must not cost the result.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
try {
  // What a scenario left open, such as a browser that hangs, must not keep the process.
  process.exit(await main());
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\nnpm run bench -- --help tells what there is.`);
    process.exit(2);
  }
  console.error(error);
  process.exit(1);
}
