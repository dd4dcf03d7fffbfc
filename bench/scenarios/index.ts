import type { ScenarioName } from '../optionTable.ts';
import { admit } from './admit.ts';
import { cluster } from './cluster.ts';
import { colour } from './colour.ts';
import { failover } from './failover.ts';
import { join } from './join.ts';
import { latency } from './latency.ts';
import { load } from './load.ts';
import { messages } from './messages.ts';
import { peers } from './peers.ts';
import type { Scenario } from './Scenario.ts';
import { storm } from './storm.ts';
import { weak } from './weak.ts';

export const scenarios: Record<ScenarioName, Scenario> = {
  join,
  admit,
  latency,
  storm,
  load,
  colour,
  weak,
  failover,
  cluster,
  messages,
  peers,
};
