import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const RUN = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));

export interface BenchRun {
  child: ChildProcess;
  /** What it has written to the terminal so far. */
  said: () => string;
  exitCode: Promise<number | null>;
}

/** What `npm run bench` starts, as a process of its own; `detached` also in a group of its own, as in a terminal. */
export function benchRun(args: readonly string[], env: NodeJS.ProcessEnv = {}, detached = false): BenchRun {
  const child = spawn(process.execPath, [RUN, ...args], { detached, env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  return { child, said: () => said, exitCode };
}
