import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** From now on the names in a folder outlive a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes files that were last changed before so many milliseconds. @returns how many there were */
export async function removeOldFiles(folder: string, names: readonly string[], ageMs: number): Promise<number> {
  let removed = 0;
  for (const name of names) {
    const path = join(folder, name);
    const changedAt = await stat(path).then(({ mtimeMs }) => mtimeMs, goneAlready);
    if (changedAt === undefined || Date.now() - changedAt < ageMs) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

/** For what may be there or not: undefined where it is not. */
export function goneAlready(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
