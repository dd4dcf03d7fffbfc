import { spawn } from 'node:child_process';
import { SetupError, adviceFor } from './errors.mjs';

/** How much of a command's output is kept to explain its failure. */
const KEPT_LINES = 300;
/** A cause often stands at the start, the consequences at the end. */
const SHOWN_FIRST = 10;
const SHOWN_LAST = 20;

/** How long a child may take to end itself before it is killed. */
const KILL_AFTER_MS = 2_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Runs a command to its end. Its output is not shown, but goes line by line to `onLine`.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env] added to the environment
 * @param {(line: string) => void} [options.onLine]
 * @returns {Promise<string>} the last lines of its output
 * @throws {SetupError} when it cannot be started or fails
 */
export function run(command, args, { cwd, env, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: on an interrupt its own children (compilers) are ended with it.
      detached: true,
    });
    running.add(child);

    /** @type {string[]} */
    const lines = [];
    const keep = (/** @type {string} */ line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      onLine?.(line);
    };
    for (const stream of [child.stdout, child.stderr]) readLines(stream, keep);

    child.once('error', (error) => {
      running.delete(child);
      const missing = 'code' in error && error.code === 'ENOENT';
      reject(
        missing
          ? new SetupError(`The command \`${command}\` was not found.`, `Install ${command}, then run the same again.`)
          : new SetupError(`\`${command}\` could not be started: ${error.message}`, adviceFor(error.message)),
      );
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      const output = lines.join('\n');
      if (code === 0) {
        resolve(output);
        return;
      }
      const ending = signal ?? `exit code ${code}`;
      const message = `${excerpt(lines)}\n\n\`${command} ${args[0] ?? ''}\` failed (${ending}).`;
      reject(new SetupError(message, adviceFor(output)));
    });
  });
}

/**
 * @param {string[]} lines
 * @returns {string} the first and the last of them, without npm's warnings about packages that want a newer Node.js:
 *   they get it
 */
export function excerpt(lines) {
  const told = lines.filter((line) => !line.startsWith('npm warn EBADENGINE'));
  if (told.length <= SHOWN_FIRST + SHOWN_LAST) return told.join('\n');
  return [...told.slice(0, SHOWN_FIRST), '…', ...told.slice(-SHOWN_LAST)].join('\n');
}

/**
 * Ends every command that still runs, with all its children.
 *
 * @returns {Promise<void>}
 */
export async function killAll() {
  const ends = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)));
  for (const child of running) killGroup(child, 'SIGTERM');
  const timer = setTimeout(() => {
    for (const child of running) killGroup(child, 'SIGKILL');
  }, KILL_AFTER_MS);
  await Promise.all(ends);
  clearTimeout(timer);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/**
 * @param {import('node:stream').Readable} stream
 * @param {(line: string) => void} onLine
 */
function readLines(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (/** @type {string} */ chunk) => {
    const parts = (rest + chunk).split(/[\r\n]+/);
    rest = parts.pop() ?? '';
    for (const part of parts) if (part) onLine(part);
  });
  stream.on('end', () => {
    if (rest) onLine(rest);
  });
}
