import type { NodeRecord } from './NodeRecord.ts';

/** That this node is there, and which others are. */
export interface Presence {
  /** All nodes that are there as far as is known, this one too. */
  readonly nodes: NodeRecord[];
  /** It is known who has what: a room that nobody is said to have is free. */
  readonly settled: boolean;
  /** Addresses of the other nodes that are there or were: pages that came from one of them outlive it. */
  readonly urls: string[];
  /** Tells what changed without waiting for the next heartbeat. @throws clusterUnavailable */
  announce(): Promise<void>;
  close(): Promise<void>;
}
