import type { ScenarioName } from '../optionTable.ts';
import { colour } from './colour.ts';
import { join } from './join.ts';
import { latency } from './latency.ts';
import { load } from './load.ts';
import { peers } from './peers.ts';
import type { Scenario } from './Scenario.ts';
import { storm } from './storm.ts';
import { weak } from './weak.ts';

export const scenarios: Record<ScenarioName, Scenario> = { join, latency, storm, load, colour, weak, peers };
