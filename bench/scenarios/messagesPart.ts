import { setTimeout as sleep } from 'node:timers/promises';
import type { MessengerPool } from '../clients/MessengerPool.ts';
import type { MessagesPart } from '../options.ts';
import type { MessagesSample } from './messagesMetrics.ts';
import type { MessagesSite } from './messagesSite.ts';
import type { ScenarioContext } from './Scenario.ts';

export interface MessagesParams {
  parts: MessagesPart[];
  /** Messages a second of `latency`. */
  rates: number[];
  /** Steps of `throughput`, messages a second, and how long each lasts. */
  steps: number[];
  stepMs: number;
  windowMs: number;
  /** Of each of them one sends. */
  conversations: number;
  /** Of each conversation. */
  receivers: number;
  members: number;
  connections: number;
  /** Of each kill. */
  messages: number;
  /** For which PostgreSQL and Redis are away. */
  awayMs: number;
}

/** What one part of the scenario gets; its scratch is closed when the part is over. No two parts have people of the same name on one site. */
export interface MessagesPartContext extends Pick<ScenarioContext, 'progress' | 'signal' | 'scratch'> {
  params: MessagesParams;
  site: MessagesSite;
  add(sample: MessagesSample): void;
}

const POLL_MS = 50;
/** As long as nothing comes, nothing is on its way. */
const QUIET_MS = 3_000;

/** What came to all of these until so many did, or nothing more comes. */
export async function collectDelivered(pool: MessengerPool, expected: number): Promise<number[]> {
  const deliveredMs = await pool.takeDelivered();
  let quietSinceMs = performance.now();
  while (deliveredMs.length < expected && performance.now() - quietSinceMs < QUIET_MS) {
    await sleep(POLL_MS);
    const more = await pool.takeDelivered();
    if (more.length > 0) quietSinceMs = performance.now();
    for (const value of more) deliveredMs.push(value);
  }
  return deliveredMs;
}
