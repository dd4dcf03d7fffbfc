/** Debian's packages: what is missing, how to get it, and the source of one. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './errors.mjs';
import { run } from './run.mjs';

/** Waits for another apt or dpkg instead of failing at once. */
const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=20'];

/** invoke-rc.d(8) */
const POLICY_FILE = '/usr/sbin/policy-rc.d';

/** @returns {boolean} */
export function hasApt() {
  return existsSync('/usr/bin/apt-get');
}

/**
 * @param {readonly string[]} packages
 * @returns {string[]} those that are not installed
 */
export function missingPackages(packages) {
  // dpkg-query fails when it does not know one of the names, and still prints the others.
  let known = '';
  try {
    const format = '${Package} ${db:Status-Status}\n';
    known = execFileSync('dpkg-query', ['-W', '-f', format, ...packages], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    known = /** @type {{ stdout?: string }} */ (error).stdout ?? '';
  }
  const lines = known.split('\n');
  return packages.filter((name) => !lines.includes(`${name} installed`));
}

/**
 * Installs packages, or says which command root must run.
 *
 * @param {string[]} packages
 * @param {string} purpose what they are for, as the end of "... are needed to"
 * @param {import('./progress.mjs').StepProgress} progress
 */
export async function installPackages(packages, purpose, progress) {
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `These packages are needed to ${purpose}: ${packages.join(' ')}`,
      `Only root can install them. Run this, then the same command again:\n\n` +
        `  sudo apt-get update && sudo apt-get ${install.join(' ')}`,
    );
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  progress.update('reading package lists');
  await run('apt-get', [...APT_OPTIONS, 'update'], { env });
  // An install that was interrupted before leaves packages half configured; without any, this does nothing.
  await run('dpkg', ['--configure', '-a'], { env });
  const allowStarts = forbidServiceStarts(POLICY_FILE);
  try {
    await run('apt-get', [...APT_OPTIONS, '-o', 'APT::Status-Fd=1', ...install], {
      env,
      onLine: (line) => {
        const status = parseAptStatus(line);
        if (status) progress.update(status.text, status.fraction);
      },
    });
  } finally {
    allowStarts();
  }
}

/**
 * Redis and coturn bring a service that begins with its installation; tests start their own. Debian asks this file
 * before it starts one (its exit code 101 forbids it); where the machine has such a policy already, that one holds.
 *
 * @param {string} file
 * @returns {() => void} takes the policy away again
 */
export function forbidServiceStarts(file) {
  if (existsSync(file)) return () => {};
  const remove = () => {
    rmSync(file, { force: true });
    process.off('exit', remove);
  };
  process.once('exit', remove);
  writeFileSync(file, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return remove;
}

/**
 * @param {string} line of apt's status stream
 * @returns {{ text: string, fraction: number } | null}
 */
export function parseAptStatus(line) {
  const match = /^(dlstatus|pmstatus):([^:]*):([\d.]+):/.exec(line);
  if (!match) return null;
  const [, kind, name, percent] = match;
  const text = kind === 'dlstatus' ? 'downloading packages' : `installing ${name}`;
  return { text, fraction: Number(percent) / 100 };
}

/**
 * Unpacks the source of a package, without root and without a change to the system: a private list holds the
 * machine's own package sources with their source packages switched on.
 *
 * @param {string} name
 * @param {string} dir where the unpacked folder goes
 * @returns {Promise<string>} the path of the unpacked folder
 */
export async function fetchSource(name, dir) {
  const aptDir = join(dir, 'apt');
  rmSync(dir, { recursive: true, force: true });
  for (const folder of ['parts', 'lists/partial', 'cache/archives/partial', 'unpacked']) {
    mkdirSync(join(aptDir, folder), { recursive: true });
  }
  for (const [file, text] of sourceLists()) writeFileSync(join(aptDir, 'parts', file), text);
  const options = [
    ...APT_OPTIONS,
    ...['-o', `Dir::Etc::SourceList=${join(aptDir, 'none')}`],
    ...['-o', `Dir::Etc::SourceParts=${join(aptDir, 'parts')}`],
    ...['-o', `Dir::State::Lists=${join(aptDir, 'lists')}`],
    ...['-o', `Dir::Cache=${join(aptDir, 'cache')}`],
    // Its download user may not write into a user's cache folder.
    ...['-o', 'APT::Sandbox::User='],
  ];
  const unpacked = join(aptDir, 'unpacked');
  // One repository without source packages fails the update; the ones that have them are read all the same.
  const updateFailure = await run('apt-get', [...options, 'update']).then(
    () => null,
    (/** @type {unknown} */ error) => error,
  );
  try {
    await run('apt-get', [...options, 'source', name], { cwd: unpacked });
  } catch (error) {
    throw updateFailure ?? error;
  }
  const folder = readdirSync(unpacked, { withFileTypes: true }).find((entry) => entry.isDirectory());
  if (!folder) throw new SetupError(`\`apt-get source ${name}\` left no folder.`);
  return join(unpacked, folder.name);
}

/** @returns {Array<[file: string, text: string]>} the machine's package sources, as lists of source packages */
function sourceLists() {
  const etc = '/etc/apt';
  const parts = join(etc, 'sources.list.d');
  const files = existsSync(parts) ? readdirSync(parts).map((file) => join('sources.list.d', file)) : [];
  return ['sources.list', ...files]
    .filter((file) => /\.(list|sources)$/.test(file) && existsSync(join(etc, file)))
    .map((file) => {
      const text = readFileSync(join(etc, file), 'utf8');
      const convert = file.endsWith('.list') ? toSourceLines : toSourceStanzas;
      return [file.replace('/', '-'), convert(text)];
    });
}

/**
 * @param {string} text a file of one-line entries, sources.list(5)
 * @returns {string} its `deb` entries as `deb-src`
 */
export function toSourceLines(text) {
  const entries = text.split('\n').filter((line) => /^\s*deb\s/.test(line));
  return entries.map((line) => line.replace(/^\s*deb\s/, 'deb-src ') + '\n').join('');
}

/**
 * @param {string} text a file of deb822 stanzas, sources.list(5)
 * @returns {string} its enabled binary stanzas as source stanzas
 */
export function toSourceStanzas(text) {
  return text
    .split(/\n\s*\n/)
    .map((stanza) => stanza.trim())
    .filter((stanza) => /^Types:.*\bdeb(\s|$)/m.test(stanza) && !/^Enabled:\s*(no|false|off|0)\s*$/im.test(stanza))
    .map((stanza) => stanza.replace(/^Types:.*$/m, 'Types: deb-src') + '\n')
    .join('\n');
}
