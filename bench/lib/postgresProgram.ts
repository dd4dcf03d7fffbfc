import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Debian keeps them apart from the PATH, by version. */
const VERSIONS = '/usr/lib/postgresql';

/** A program of PostgreSQL, of the newest version that is installed. */
export function postgresProgram(name: string): string {
  const versions = existsSync(VERSIONS)
    ? readdirSync(VERSIONS)
        .map(Number)
        .toSorted((a, b) => b - a)
    : [];
  return versions.length > 0 ? join(VERSIONS, String(versions[0]), 'bin', name) : name;
}

/** Whose processes these have to be: PostgreSQL does not run as root. */
export function postgresOwner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [, , uid, gid] = readFileSync('/etc/passwd', 'utf8')
    .match(/^postgres:.*$/m)![0]
    .split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
