import type { Browser } from '../lib/Browser.ts';
import type { ClusterPart } from '../options.ts';
import type { ClusterSample } from './clusterMetrics.ts';
import type { ScenarioContext } from './Scenario.ts';

export interface ClusterParams {
  parts: ClusterPart[];
  watchers: number;
  rooms: number;
  /** By each of the nodes. */
  joins: number;
  watchersNodes: number;
  roomsNodes: number;
  joinNodes: number;
  /** Of a node that has watchers. */
  workers: number;
  windowMs: number;
}

/** What one part of the scenario gets; its scratch is closed when the part is over. */
export interface ClusterPartContext extends Pick<ScenarioContext, 'options' | 'progress' | 'signal' | 'scratch'> {
  params: ClusterParams;
  browser: Browser;
  add(sample: ClusterSample): void;
}
