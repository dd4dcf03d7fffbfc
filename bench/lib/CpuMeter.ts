import { processUsage } from './procfs.ts';

/** Processors' time of groups of processes over an interval, as a share: 1 is one core all the time. */
export class CpuMeter<Group extends string> {
  readonly #groups: Record<Group, () => readonly number[]>;
  #startedAtMs = 0;
  #before: Map<number, number> = new Map();

  /** A group lists its processes each time anew, since they come and go. */
  constructor(groups: Record<Group, () => readonly number[]>) {
    this.#groups = groups;
  }

  start(): void {
    this.#startedAtMs = performance.now();
    this.#before = new Map();
    for (const name of this.#names()) {
      for (const [pid, cpuMs] of this.#usage(name)) this.#before.set(pid, cpuMs);
    }
  }

  /** Since `start`. */
  read(): Record<Group, number> {
    const elapsedMs = performance.now() - this.#startedAtMs;
    const shares = this.#names().map((name) => {
      const usedMs = this.#usage(name).reduce((sum, [pid, cpuMs]) => sum + cpuMs - (this.#before.get(pid) ?? 0), 0);
      return [name, usedMs / elapsedMs] as const;
    });
    return Object.fromEntries(shares) as Record<Group, number>;
  }

  #names(): Group[] {
    return Object.keys(this.#groups) as Group[];
  }

  #usage(name: Group): [pid: number, cpuMs: number][] {
    return this.#groups[name]().map((pid) => [pid, processUsage(pid)?.cpuMs ?? 0]);
  }
}
