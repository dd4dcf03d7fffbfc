/** Lint, type check and all tests, or the ones named: `npm test -- unit`. Run by Node.js 24, after scripts/setup.mjs. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checks, parseArguments, suites } from './test/parseArguments.mjs';
import { runsOnThreeNodes, threeNodesOptions } from './test/threeNodes.mjs';
import { addTotals, formatTotals } from './test/totals.mjs';

/** @typedef {import('./test/totals.mjs').Totals} Totals */

const rootDir = join(dirname(fileURLToPath(import.meta.url)), '..');
const mochaBin = join(rootDir, 'node_modules', 'mocha', 'bin', 'mocha.js');
const reporter = join(rootDir, 'scripts', 'test', 'totalsReporter.mjs');

/** A test process that lives longer than this after its last test has left something open. */
const EXIT_WITHIN_MS = 10_000;

/** @type {import('node:child_process').ChildProcess | null} */
let current = null;

/**
 * @param {string} name
 * @returns {Promise<Totals>}
 */
function runCheck(name) {
  heading(name);
  return new Promise((resolve) => {
    const child = start('npm', ['run', '--silent', name]);
    child.once('close', (code) => resolve({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }));
  });
}

/**
 * @param {string} name
 * @param {string[]} files
 * @param {string[]} options
 * @returns {Promise<Totals>}
 */
function runMocha(name, files, options) {
  heading(name);
  if (files.length === 0) {
    console.log('  no test files');
    return Promise.resolve({ passed: 0, failed: 0, skipped: 0 });
  }
  return new Promise((resolve) => {
    /** @type {Totals | null} */
    let totals = null;
    let isKilled = false;
    /** @type {NodeJS.Timeout | undefined} */
    let deadline;
    const child = start(process.execPath, [mochaBin, '--reporter', reporter, ...options, ...files], true);
    child.once('message', (message) => {
      totals = /** @type {Totals} */ (message);
      deadline = setTimeout(() => {
        isKilled = true;
        console.log(`  ${name}: the tests are over, but something keeps their process alive.`);
        child.kill('SIGKILL');
      }, EXIT_WITHIN_MS);
    });
    child.once('close', (code) => {
      clearTimeout(deadline);
      const ended = totals ?? { passed: 0, failed: 0, skipped: 0 };
      // A process that fails without a failed test broke down outside of one.
      const isBroken = isKilled || (code !== 0 && ended.failed === 0);
      if (isBroken && !isKilled) console.log(`  ${name}: the test process ended with exit code ${code}.`);
      resolve(isBroken ? { ...ended, failed: ended.failed + 1 } : ended);
    });
  });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {boolean} [withMessages]
 */
function start(command, args, withMessages = false) {
  current = spawn(command, args, {
    cwd: rootDir,
    stdio: withMessages ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  });
  current.once('error', (error) => console.error(`${command}: ${error.message}`));
  return current;
}

/**
 * @param {string} name
 * @returns {{ files: string[], options: string[] }}
 */
function suiteOf(name) {
  const filesIn = (/** @type {string} */ folder) => globSync(`test/${folder}/**/*.test.ts`, { cwd: rootDir }).sort();
  if (name !== 'threeNodes') return { files: filesIn(name), options: [] };
  return { files: filesIn('integration').filter(runsOnThreeNodes), options: threeNodesOptions };
}

/** @param {string} text */
function heading(text) {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`);
}

for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    current?.kill(signal);
    process.exit(130);
  });
}

const asked = parseArguments(process.argv.slice(2));
if (asked.unknown.length > 0) {
  console.error(
    `There is no ${asked.unknown.join(', ')}. Name any of ${[...checks, ...suites].join(', ')}, or test files.`,
  );
  process.exit(2);
}

/** @type {Totals[]} */
const results = [];
for (const name of asked.checks) results.push(await runCheck(name));
for (const name of asked.suites) {
  const { files, options } = suiteOf(name);
  results.push(await runMocha(name, files, [...options, ...asked.options]));
}
if (asked.files.length > 0) results.push(await runMocha('files', asked.files, asked.options));

const totals = addTotals(results);
console.log(`\n${formatTotals(totals)}`);
process.exitCode = totals.failed > 0 ? 1 : 0;
