import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { ClientPool, OTHER_MACHINE } from '../clients/ClientPool.ts';
import { readClip, recordClip } from '../clients/recordClip.ts';
import { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import { CpuMeter } from '../lib/CpuMeter.ts';
import { processTree, processUsage } from '../lib/procfs.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { summarize, total } from '../lib/stats.ts';
import { openTarget, type Target } from '../lib/Target.ts';
import { packetizeVp8 } from '../clients/vp8.ts';
import type { BenchOptions } from '../options.ts';
import type { PeerMethods } from '../probes/exposePeer.ts';
import { BITRATE_BPS, serverOf } from './latency.ts';
import { loadMetrics, whatBroke, type LoadSample } from './loadMetrics.ts';
import { FRAME_RATE, settleMs, SOURCE } from './pages.ts';
import type { Scenario } from './Scenario.ts';

const ROOM = 'load';
const CLIP_SECONDS = 10;

interface LoadParams {
  step: number;
  max: number;
  windowMs: number;
  bitrateBps: number;
  clients: number;
}

function paramsOf({ step, max, durationMs, bitrateBps, clients, smoke }: BenchOptions): LoadParams {
  return {
    step: step ?? Math.min(smoke ? 3 : 25, max ?? Infinity),
    max: max ?? Math.max(smoke ? 6 : 600, step ?? 0),
    windowMs: durationMs ?? (smoke ? 1_000 : 10_000),
    bitrateBps: bitrateBps ?? BITRATE_BPS,
    clients: clients ?? 2,
  };
}

/** More and more consumers on one worker, until a browser on the same worker suffers. */
export const load: Scenario = async ({ options, scratch, progress, signal, record }) => {
  const params = paramsOf(options);
  const { step, max, windowMs, bitrateBps, clients } = params;
  const { remote, seed } = options;
  const source = { ...SOURCE, frameRate: FRAME_RATE };
  const target = await openTarget({
    scratch,
    remote,
    relayed: false,
    tls: true,
    workers: 1,
    seed,
    env: { CHAXI_ROOMS_MAX_PARTICIPANTS: '2000', CHAXI_MEDIA_CONSUMERS_PER_ROUTER: '2000' },
  });
  const pages = scratch.use(await ProbeServer.start(['chaxi']));
  const browser = scratch.use(await Browser.launch(scratch.dir, { longestCallMs: windowMs }));
  const clipFile = await recordClip(browser, scratch.dir, { ...source, bitrateBps, seconds: CLIP_SECONDS });
  const { frames } = await readClip(clipFile);
  const packetsPerSecond = frames.reduce((sum, frame) => sum + packetizeVp8(frame, 0).length, 0) / CLIP_SECONDS;

  const canary = await browser.open(pages.urlOf('chaxi'));
  await callProbe<PeerMethods, 'begin'>(canary, 'begin', {
    source,
    maxBitrateBps: bitrateBps,
    through: await serverOf(target, 'canary'),
    sending: null,
  });
  const publisher = scratch.use(new ClientPool(target, 1));
  await publisher.openPublishers([{ room: ROOM, identity: 'source', role: 'host' }], { clipFile, audio: false });
  const pool = scratch.use(new ClientPool(target, clients, OTHER_MACHINE));
  await sleep(settleMs(options));

  const run = new LoadRun({ target, browser, canary, pool, publisher, packetsPerSecond, windowMs });
  const samples: LoadSample[] = [];
  const plannedSteps = Math.floor(max / step) + 1;
  record({
    params: { ...params, packetsPerSecond: Math.round(packetsPerSecond), workers: 1, tls: true },
    versions: { chromium: await browser.version() },
    samples,
    metrics: () => loadMetrics(samples, plannedSteps),
  });
  progress.begin(plannedSteps);
  for (let consumers = 0; consumers <= max && !signal.aborted; consumers += step) {
    const missing = consumers > 0 ? await pool.openReceivers(run.people(consumers - step, consumers)) : null;
    if (missing !== null) progress.say(`${consumers} consumers: ${missing}`);
    await sleep(settleMs(options));
    let sample = await run.measure(consumers, 1);
    samples.push(sample);
    if (sample.broken !== null && !signal.aborted) {
      sample = await run.measure(consumers, 2);
      samples.push(sample);
    }
    const { workerCpu, canaryP95Ms, broken } = sample;
    const worker = workerCpu === null ? '' : `worker ${Math.round(workerCpu * 100)} %, `;
    const latency = canaryP95Ms === null ? 'canary sees nothing' : `canary p95 ${Math.round(canaryP95Ms)} ms`;
    progress.step(`${consumers} consumers: ${worker}${latency}`);
    if (broken !== null) {
      progress.say(`${consumers} consumers: ${broken}`);
      break;
    }
  }
};

interface LoadRunOptions {
  target: Target;
  browser: Browser;
  canary: Page;
  pool: ClientPool;
  publisher: ClientPool;
  packetsPerSecond: number;
  windowMs: number;
}

class LoadRun {
  readonly #options: LoadRunOptions;
  readonly #cpu: CpuMeter<string>;

  constructor(options: LoadRunOptions) {
    const { target, browser, pool, publisher } = options;
    const { node } = target;
    this.#options = options;
    this.#cpu = new CpuMeter<string>({
      ...(node && { worker: () => node.workerPids, node: () => [node.pid] }),
      clients: () => [...pool.pids, ...publisher.pids],
      chromium: () => processTree(browser.pid),
    });
  }

  people(from: number, to: number) {
    return Array.from({ length: to - from }, (_, index) => ({
      room: ROOM,
      identity: `consumer-${from + index}`,
      role: 'guest' as const,
    }));
  }

  async measure(consumers: number, window: LoadSample['window']): Promise<LoadSample> {
    const { canary, pool, target, packetsPerSecond, windowMs } = this.#options;
    this.#cpu.start();
    const before = await pool.receiverStatistics();
    const startedAtMs = performance.now();
    const seen = await callProbe<PeerMethods, 'measure'>(canary, 'measure', windowMs);
    const after = await pool.receiverStatistics();
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const shares = this.#cpu.read();
    // Of those that are counted, for all.
    const factor = after.packets.length === 0 ? 0 : consumers / after.packets.length;
    const packets = (total(after.packets) - total(before.packets)) * factor;
    const latency = seen.decodedMs.length > 0 ? summarize('ms', seen.decodedMs) : null;
    const checks = {
      consumers,
      connected: after.connected,
      canaryP95Ms: latency?.p95 ?? null,
      canaryFrames: seen.framesMade > 0 ? seen.decodedMs.length / seen.framesMade : 0,
      delivered: consumers === 0 ? 1 : packets / (seconds * packetsPerSecond * consumers),
    };
    const memory = (pids: readonly number[]) =>
      pids.reduce((sum, pid) => sum + (processUsage(pid)?.residentBytes ?? 0), 0);
    return {
      window,
      canaryP50Ms: latency?.p50 ?? null,
      ...checks,
      packetsPerSecond: packets / seconds,
      bitsPerSecond: ((after.bytes - before.bytes) * factor * 8) / seconds,
      workerCpu: shares.worker ?? null,
      nodeCpu: shares.node ?? null,
      clientsCpu: shares.clients ?? 0,
      chromiumCpu: shares.chromium ?? 0,
      workerBytes: target.node && memory(target.node.workerPids),
      nodeBytes: target.node && memory([target.node.pid]),
      broken: whatBroke(checks),
    };
  }
}
