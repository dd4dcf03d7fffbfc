import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { budgets } from './budgets.ts';
import { judge } from './judge.ts';
import { interruption } from './lib/interruption.ts';
import { OtherLoad } from './lib/OtherLoad.ts';
import { Progress } from './lib/Progress.ts';
import { Scratch } from './lib/Scratch.ts';
import { describeMachine, describeVersions } from './lib/versions.ts';
import { parseOptions, UsageError, type BenchOptions } from './options.ts';
import { helpText, type ScenarioName } from './optionTable.ts';
import { explainVerdict } from './report/explainVerdict.ts';
import { writeReport } from './report/writeReport.ts';
import { statistics, type Result, type Rule } from './report/result.ts';
import { scenarios } from './scenarios/index.ts';

const rulesSchema: z.ZodType<Rule[]> = z.array(
  z.strictObject({
    scenario: z.string(),
    metric: z.string(),
    statistic: z.enum(statistics),
    op: z.enum(['<', '<=', '>=', '>']),
    limit: z.number(),
    minSamples: z.int().optional(),
    note: z.string(),
  }),
);

/** What others may use of the processors before the figures tell more of them than of us. */
const BUSY_CORES = 0.2;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(helpText());
    return 0;
  }
  const rules = await readRules(options.budgetsFile);
  const outDir = resolve(options.outDir);
  await mkdir(outDir, { recursive: true });
  const { signal, release } = interruption();
  let allHold = true;
  for (const name of options.scenarios) {
    if (signal.aborted) break;
    const result = await runScenario(name, options, rules, signal);
    await writeFile(join(outDir, `${name}.json`), `${JSON.stringify(result, null, 1)}\n`);
    await writeReport(outDir);
    for (const verdict of result.verdicts) console.log(explainVerdict(verdict));
    if (result.interrupted || result.verdicts.some(({ ok }) => ok === false)) allHold = false;
  }
  release();
  console.log(`\n${join(outDir, 'report.html')}`);
  return allHold && !signal.aborted ? 0 : 1;
}

async function readRules(file: string | undefined): Promise<readonly Rule[]> {
  if (!file) return budgets;
  try {
    return rulesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UsageError(`${file} has no rules: ${why}`);
  }
}

async function runScenario(
  name: ScenarioName,
  options: BenchOptions,
  rules: readonly Rule[],
  signal: AbortSignal,
): Promise<Result> {
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  const progress = new Progress(name);
  const otherLoad = new OtherLoad();
  const scratch = await Scratch.create();
  try {
    const measured = await scenarios[name]({ options, signal, progress, scratch });
    const { params, samples } = measured;
    const others = otherLoad.close();
    if (others && others.p50 > BUSY_CORES) {
      progress.say(
        `Something else used ${others.p50.toFixed(1)} cores meanwhile: run again when the machine is quiet.`,
      );
    }
    const metrics = { ...measured.metrics, ...(others && { others }) };
    return {
      scenario: name,
      startedAt,
      machine,
      versions: { ...(await describeVersions()), ...measured.versions },
      params,
      samples,
      metrics,
      verdicts: judge(rules, name, metrics),
      ...(signal.aborted && { interrupted: true as const }),
    };
  } finally {
    otherLoad.close();
    progress.end();
    await scratch.close();
  }
}

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
