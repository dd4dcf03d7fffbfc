import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The machine that was measured on. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryBytes: number;
  kernel: string;
  /** How busy it was when the run began (mean runnable processes of the last minute). */
  loadAverage: number;
}

export function describeMachine(): Machine {
  const list = cpus();
  return {
    cpu: list[0]?.model ?? 'unknown',
    cores: list.length,
    memoryBytes: totalmem(),
    kernel: release(),
    loadAverage: Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]),
  };
}

/** Of what takes part in each measurement. */
export async function describeVersions(): Promise<Record<string, string>> {
  return {
    chaxi: `${packageVersion('.')} (${await commit()})`,
    node: process.version,
    mediasoup: packageVersion('node_modules/mediasoup'),
    'mediasoup-client': packageVersion('node_modules/mediasoup-client'),
  };
}

export function packageVersion(dir: string): string {
  const { version } = JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8')) as { version: string };
  return version;
}

async function commit(): Promise<string> {
  try {
    const git = promisify(execFile);
    const { stdout: id } = await git('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
    const { stdout: changes } = await git('git', ['status', '--porcelain'], { cwd: root });
    return changes === '' ? id.trim() : `${id.trim()} with changes`;
  } catch {
    return 'no git';
  }
}
