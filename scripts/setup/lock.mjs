/**
 * A lock between processes: a file that names its owner. A lock whose owner is dead is taken over.
 */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const POLL_EVERY_MS = 300;

/** @typedef {{ pid: number, startedAt: string }} Owner */

/** @type {Set<string>} */
const held = new Set();

process.once('exit', () => {
  for (const path of held) release(path);
});

/**
 * Waits until the lock is ours.
 *
 * @param {string} path
 * @param {(owner: Owner) => void} onWait called once when another process holds it
 * @returns {Promise<() => void>} releases it; so does the end of this process
 */
export async function acquireLock(path, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  let hasWaited = false;
  while (!tryAcquire(path)) {
    const owner = readOwner(path);
    if (owner !== null && !hasWaited) {
      hasWaited = true;
      onWait(owner);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
  }
  return () => release(path);
}

/**
 * @param {string} path
 * @returns {boolean} whether it is ours now
 */
export function tryAcquire(path) {
  if (create(path)) return true;
  const owner = readOwner(path);
  if (owner === null || isAlive(owner)) return false;

  // Of all who see the dead owner only the one who makes the claim removes its lock, and only after a second look:
  // without that, a slow one would remove the new owner's lock.
  const claim = `${path}.takeover`;
  if (!create(claim)) {
    const claimant = readOwner(claim);
    if (claimant !== null && !isAlive(claimant)) rmSync(claim, { force: true });
    return false;
  }
  const second = readOwner(path);
  if (second !== null && second.pid === owner.pid && second.startedAt === owner.startedAt) rmSync(path);
  rmSync(claim, { force: true });
  held.delete(claim);
  return create(path);
}

/**
 * Creates the lock file with its content in one step, so that nobody ever reads an empty one.
 *
 * @param {string} path
 * @returns {boolean} false when it exists
 */
function create(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: processStart(process.pid) }));
  try {
    linkSync(own, path);
    held.add(path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** @param {string} path */
function release(path) {
  held.delete(path);
  rmSync(path, { force: true });
}

/**
 * @param {string} path
 * @returns {Owner | null} null when nobody holds it
 */
function readOwner(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * @param {Owner} owner
 * @returns {boolean}
 */
function isAlive(owner) {
  return processStart(owner.pid) === owner.startedAt;
}

/**
 * When a process started: a process id alone could be another process's by now.
 *
 * @param {number} pid
 * @returns {string | null} null when there is no such process
 */
export function processStart(pid) {
  try {
    if (process.platform === 'linux') {
      // proc(5): field 22 is the start time. The name in field 2 may hold spaces, so count from its closing bracket.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : fields[19];
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
