import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own tick is (USER_HZ). */
const TICK_MS = 10;

/** What a process has used so far. */
export interface ProcessUsage {
  /** Time on a processor, in user and in kernel mode. */
  cpuMs: number;
  /** The same of its children that have ended. */
  endedChildrenMs: number;
  residentBytes: number;
}

/** Null once the process is gone. See proc(5). */
export function processUsage(pid: number): ProcessUsage | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold blanks and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number) as [
      number,
      number,
      number,
      number,
    ];
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(status);
    return {
      cpuMs: (user + system) * TICK_MS,
      endedChildrenMs: (childrenUser + childrenSystem) * TICK_MS,
      residentBytes: Number(resident?.[1] ?? 0) * 1_024,
    };
  } catch {
    return null;
  }
}

export function childPids(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return list === '' ? [] : list.split(/\s+/).map(Number);
  } catch {
    return [];
  }
}

/** A process and all that it started. */
export function processTree(pid: number): number[] {
  return [pid, ...childPids(pid).flatMap(processTree)];
}
