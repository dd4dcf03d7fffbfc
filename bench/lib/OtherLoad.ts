import { readFileSync } from 'node:fs';
import { processTree, processUsage } from './procfs.ts';
import { summarize, type Summary } from './stats.ts';

const INTERVAL_MS = 1_000;
const TICK_MS = 10;

/** How much of the machine's processors somebody else uses, second by second: what would falsify a measurement. */
export class OtherLoad {
  readonly #cores: number[] = [];
  readonly #timer: NodeJS.Timeout;
  #before = snapshot();

  constructor() {
    this.#timer = setInterval(() => this.#sample(), INTERVAL_MS);
  }

  /** In cores; null for a run of less than a second. */
  close(): Summary | null {
    clearInterval(this.#timer);
    return this.#cores.length > 0 ? summarize('cores', this.#cores) : null;
  }

  #sample(): void {
    const now = snapshot();
    const othersMs = now.busyMs - this.#before.busyMs - (now.ownMs - this.#before.ownMs);
    this.#cores.push(Math.max(0, othersMs / (now.atMs - this.#before.atMs)));
    this.#before = now;
  }
}

function snapshot(): { atMs: number; busyMs: number; ownMs: number } {
  // user, nice, system (proc_stat(5)); what interrupts cost belongs to nobody.
  const [, user, nice, system] = /^cpu +(\d+) (\d+) (\d+)/.exec(readFileSync('/proc/stat', 'utf8')) ?? [];
  const own = processTree(process.pid).map((pid) => processUsage(pid));
  return {
    atMs: performance.now(),
    busyMs: (Number(user) + Number(nice) + Number(system)) * TICK_MS,
    ownMs: own.reduce((sum, usage) => sum + (usage ? usage.cpuMs + usage.endedChildrenMs : 0), 0),
  };
}
