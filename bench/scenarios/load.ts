import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { ClientPool, OTHER_MACHINE } from '../clients/ClientPool.ts';
import { readClip, recordClip } from '../clients/recordClip.ts';
import { Browser } from '../lib/Browser.ts';
import { callProbe } from '../lib/callProbe.ts';
import { CpuMeter } from '../lib/CpuMeter.ts';
import { processTree, processUsage } from '../lib/procfs.ts';
import { ProbeServer } from '../lib/ProbeServer.ts';
import { summarize } from '../lib/stats.ts';
import { openTarget, type Target } from '../lib/Target.ts';
import { packetizeVp8 } from '../clients/vp8.ts';
import type { BenchOptions } from '../options.ts';
import type { PeerMethods } from '../probes/exposePeer.ts';
import { BITRATE_BPS, serverOf } from './latency.ts';
import { loadMetrics, whatBroke, type LoadSample } from './loadMetrics.ts';
import { FRAME_RATE, settleMs } from './pages.ts';
import type { Scenario } from './Scenario.ts';

const ROOM = 'load';
const SOURCE = { width: 640, height: 360, frameRate: FRAME_RATE };
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
    step: step ?? (smoke ? 3 : 25),
    max: max ?? (smoke ? 6 : 600),
    windowMs: durationMs ?? (smoke ? 1_000 : 10_000),
    bitrateBps: bitrateBps ?? BITRATE_BPS,
    clients: clients ?? 2,
  };
}

/** More and more consumers on one worker, until a browser on the same worker suffers. */
export const load: Scenario = async ({ options, scratch, progress, signal }) => {
  const params = paramsOf(options);
  const { step, max, windowMs, bitrateBps, clients } = params;
  const { remote, seed } = options;
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
  const browser = scratch.use(await Browser.launch(scratch.dir));
  const clipFile = await recordClip(browser, scratch.dir, { ...SOURCE, bitrateBps, seconds: CLIP_SECONDS });
  const { frames } = await readClip(clipFile);
  const packetsPerSecond = frames.reduce((sum, frame) => sum + packetizeVp8(frame, 0).length, 0) / CLIP_SECONDS;

  const canary = await browser.open(pages.urlOf('chaxi'));
  await callProbe<PeerMethods, 'begin'>(canary, 'begin', {
    source: SOURCE,
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
  progress.begin(Math.floor(max / step) + 1);
  for (let consumers = 0; consumers <= max && !signal.aborted; consumers += step) {
    if (consumers > 0) await pool.openReceivers(run.people(consumers - step, consumers));
    await sleep(settleMs(options));
    let sample = await run.measure(consumers);
    // What else the machine does now and then is not the load.
    if (sample.broken) sample = await run.measure(consumers);
    samples.push(sample);
    const worker = `worker ${Math.round(sample.workerCpu * 100)} %`;
    progress.step(`${consumers} consumers: ${worker}, canary p95 ${Math.round(sample.canaryP95Ms)} ms`);
    if (sample.broken) {
      progress.say(`${consumers} consumers: ${sample.broken}`);
      break;
    }
  }
  return {
    params: { ...params, packetsPerSecond: Math.round(packetsPerSecond), workers: 1, tls: true },
    versions: { chromium: await browser.version() },
    samples,
    metrics: loadMetrics(samples),
  };
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
  readonly #cpu: CpuMeter<'worker' | 'node' | 'clients' | 'chromium'>;

  constructor(options: LoadRunOptions) {
    const { target, browser, pool, publisher } = options;
    this.#options = options;
    this.#cpu = new CpuMeter({
      worker: () => target.node?.workerPids ?? [],
      node: () => (target.node ? [target.node.pid] : []),
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

  async measure(consumers: number): Promise<LoadSample> {
    const { canary, pool, target, packetsPerSecond, windowMs } = this.#options;
    this.#cpu.start();
    const before = await pool.receiverStatistics();
    const startedAtMs = performance.now();
    const seen = await callProbe<PeerMethods, 'measure'>(canary, 'measure', windowMs);
    const after = await pool.receiverStatistics();
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const shares = this.#cpu.read();
    // Of those that are counted, for all.
    const factor = after.counted === 0 ? 0 : consumers / after.counted;
    const packets = (after.packets - before.packets) * factor;
    const { p50, p95 } = summarize('ms', seen.decodedMs.length > 0 ? seen.decodedMs : [Infinity]);
    const checks = {
      canaryP95Ms: p95,
      canaryFrames: seen.decodedMs.length / seen.framesMade,
      delivered: consumers === 0 ? 1 : packets / (seconds * packetsPerSecond * consumers),
    };
    const memory = (pids: readonly number[]) =>
      pids.reduce((sum, pid) => sum + (processUsage(pid)?.residentBytes ?? 0), 0);
    return {
      consumers,
      canaryP50Ms: p50,
      ...checks,
      packetsPerSecond: packets / seconds,
      bitsPerSecond: ((after.bytes - before.bytes) * factor * 8) / seconds,
      workerCpu: shares.worker,
      nodeCpu: shares.node,
      clientsCpu: shares.clients,
      chromiumCpu: shares.chromium,
      workerBytes: memory(target.node?.workerPids ?? []),
      nodeBytes: memory(target.node ? [target.node.pid] : []),
      broken: whatBroke(checks),
    };
  }
}
