import type { Progress } from '../lib/Progress.ts';
import type { Scratch } from '../lib/Scratch.ts';
import type { BenchOptions } from '../options.ts';
import type { Metrics, Params, Sample } from '../report/result.ts';

export interface ScenarioContext {
  options: BenchOptions;
  /** Aborted when the run is interrupted: finish what is being measured, and return what there is. */
  signal: AbortSignal;
  progress: Progress;
  scratch: Scratch;
}

/** What a scenario measured. */
export interface Measured {
  params: Params;
  /** Besides what takes part in all. */
  versions: Record<string, string>;
  samples: Sample[];
  metrics: Metrics;
}

export type Scenario = (context: ScenarioContext) => Promise<Measured>;
