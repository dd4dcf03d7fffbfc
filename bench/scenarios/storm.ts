import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClientPool } from '../clients/ClientPool.ts';
import type { StormJoin } from '../clients/stormJoin.ts';
import { Browser } from '../lib/Browser.ts';
import { CpuMeter } from '../lib/CpuMeter.ts';
import { processTree } from '../lib/procfs.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { openTarget, type TokenRequest } from '../lib/Target.ts';
import type { BenchOptions } from '../options.ts';
import { JOIN_TIMEOUT_MS } from './joinTime.ts';
import { openPublisher, PUBLISHER, settleMs, SOURCE } from './pages.ts';
import type { Scenario } from './Scenario.ts';
import { stormMetrics } from './stormMetrics.ts';

const ROOM = 'storm';
/** How long each stays, so that the room does not only grow. */
const STAY_MS = 1_000;
/** Between giving the plan to the client processes and the first join. */
const LEAD_MS = 500;
/** Joins before the storm, which warm up code that a server in use has run long ago. */
const WARM_UP_JOINS = 20;

interface StormParams {
  rate: number;
  durationMs: number;
  clients: number;
}

function paramsOf({ rate, durationMs, clients, smoke }: BenchOptions): StormParams {
  return {
    rate: rate ?? (smoke ? 5 : 50),
    durationMs: durationMs ?? (smoke ? 2_000 : 10_000),
    clients: clients ?? 2,
  };
}

/** Many joins a second into one room, by clients without a browser; the publisher is a browser, whose encoder is asked for key frames. */
export const storm: Scenario = async ({ options, scratch, progress, signal, record }) => {
  const params = paramsOf(options);
  const { rate, durationMs, clients } = params;
  const count = Math.round((rate * durationMs) / 1_000);
  const { remote, seed } = options;
  const target = await openTarget({
    scratch,
    remote,
    relayed: false,
    tls: true,
    workers: availableParallelism(),
    seed,
    env: { CHAXI_ROOMS_MAX_PARTICIPANTS: '2000' },
  });
  const pages = scratch.use(await ProbeServer.start(['chaxi']));
  const browser = scratch.use(await Browser.launch(scratch.dir));
  const pool = scratch.use(new ClientPool(target, clients));
  const joins: StormJoin[] = [];
  let shares: Record<string, number> = {};
  record({
    params: { ...params, joins: count, stayMs: STAY_MS, timeoutMs: JOIN_TIMEOUT_MS, source: SOURCE, tls: true },
    versions: { chromium: await browser.version() },
    samples: joins,
    metrics: () => stormMetrics(joins, shares),
  });
  progress.begin(3);
  await openPublisher({
    browser,
    pageUrl: pages.urlOf('chaxi'),
    url: target.url,
    token: await target.token({ room: ROOM, identity: PUBLISHER, role: 'host' }),
    source: SOURCE,
    settings: { simulcast: false },
  });
  await sleep(settleMs(options));
  progress.step('the publisher is there');

  const timing = { intervalMs: 1_000 / rate, leadMs: LEAD_MS, stayMs: STAY_MS, timeoutMs: JOIN_TIMEOUT_MS };
  await pool.storm(people('before', WARM_UP_JOINS), { ...timing, intervalMs: 100 });
  progress.step('warmed up');
  const { node } = target;
  const cpu = new CpuMeter<string>({
    ...(node && { worker: () => node.workerPids, node: () => [node.pid] }),
    clients: () => pool.pids,
    chromium: () => processTree(browser.pid),
  });
  cpu.start();
  if (!signal.aborted) joins.push(...(await pool.storm(people('in', count), timing)));
  shares = cpu.read();
  const late = stormMetrics(joins, shares).late?.p95 ?? 0;
  progress.step(`${joins.length} joins, begun up to ${Math.round(late)} ms late (95th percentile)`);
};

function people(prefix: string, count: number): TokenRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    room: ROOM,
    identity: `${prefix}-${index}`,
    role: 'guest' as const,
  }));
}
