import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Process ids, negative for a group of processes, as kill(2) takes them. */
const running = new Set<number>();
const folders = new Set<string>();

/**
 * Ends a process with ours, however ours ends, unless it has ended before. `group`: with all that it started; it must have
 * been started detached, which makes it the leader of a group.
 */
export function endWithUs(child: ChildProcess, { group = false }: { group?: boolean } = {}): void {
  if (child.pid === undefined) return;
  const id = group ? -child.pid : child.pid;
  running.add(id);
  child.once('exit', () => running.delete(id));
}

/** Removes a folder when our process ends. @returns to be called when it has been removed before */
export function removeWithUs(folder: string): () => void {
  folders.add(folder);
  return () => folders.delete(folder);
}

/** Ends a process that was started detached, with all that it started, at once. */
export function endGroup(leaderPid: number): void {
  end(-leaderPid);
}

function end(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

process.on('exit', () => {
  for (const id of running) end(id);
  for (const folder of folders) {
    try {
      // Those who end just now may still write into it.
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
    } catch {
      // There is nobody left to tell.
    }
  }
});
