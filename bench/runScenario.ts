import { judge } from './judge.ts';
import { OtherLoad } from './lib/OtherLoad.ts';
import { Progress } from './lib/Progress.ts';
import { Scratch } from './lib/Scratch.ts';
import { describeMachine } from './lib/versions.ts';
import type { BenchOptions } from './options.ts';
import type { Metrics, Result, Rule } from './report/result.ts';
import type { Recording, Scenario } from './scenarios/Scenario.ts';

export interface RunOptions {
  name: string;
  options: BenchOptions;
  rules: readonly Rule[];
  /** Of what takes part in every scenario. */
  versions: Record<string, string>;
  signal: AbortSignal;
}

/** What others may use of the processors before the figures tell more of them than of us. */
const BUSY_CORES = 0.2;
const NOTHING: Recording = { params: {}, versions: {}, samples: [], metrics: () => ({}) };

/** Runs a scenario to its end, whatever that is, and makes a result of what it has measured until then. */
export async function runScenario(
  scenario: Scenario,
  { name, options, rules, versions, signal }: RunOptions,
): Promise<Result> {
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  const progress = new Progress(name);
  const otherLoad = new OtherLoad();
  const scratch = await Scratch.create();
  const failures: unknown[] = [];
  let recording = NOTHING;
  let metrics: Metrics = {};
  try {
    await scenario({ options, signal, progress, scratch, record: (begun) => (recording = begun) });
  } catch (error) {
    failures.push(error);
  }
  const interrupted = signal.aborted;
  const others = otherLoad.close();
  progress.end();
  await scratch.close();
  try {
    metrics = recording.metrics();
  } catch (error) {
    failures.push(error);
  }
  if (others) metrics = { ...metrics, others };
  for (const error of failures) console.error(`${name} failed:`, error);
  if (others && others.p50 > BUSY_CORES) {
    const cores = others.p50.toFixed(1);
    progress.say(`Something else used ${cores} cores meanwhile: run again when the machine is quiet.`);
  }
  const { params, samples } = recording;
  return {
    scenario: name,
    startedAt,
    machine,
    versions: { ...versions, ...recording.versions },
    params,
    samples: [...samples],
    metrics,
    verdicts: judge(rules, { scenario: name, params, metrics }),
    ...(interrupted && { interrupted: true as const }),
    ...(failures.length > 0 && { failed: failures.map(messageOf).join('\n') }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
