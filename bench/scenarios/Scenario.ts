import type { Progress } from '../lib/Progress.ts';
import type { Scratch } from '../lib/Scratch.ts';
import type { BenchOptions } from '../options.ts';
import type { Metrics, Params, Sample } from '../report/result.ts';

export interface ScenarioContext {
  options: BenchOptions;
  /** Aborted when the run is interrupted: finish what is being measured, and return. */
  signal: AbortSignal;
  progress: Progress;
  scratch: Scratch;
  /** To be called once, before the first measurement. */
  record(recording: Recording): void;
}

/** What a result is made of: whatever ends the scenario, what was recorded until then is written. */
export interface Recording {
  params: Params;
  /** Besides what takes part in all. */
  versions: Record<string, string>;
  /** The scenario's own list, which grows while it measures. */
  samples: readonly Sample[];
  /** Of the samples that there are. */
  metrics(): Metrics;
}

export type Scenario = (context: ScenarioContext) => Promise<void>;
