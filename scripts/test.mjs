/** Lint, type check and all tests, or the ones named: `npm test -- unit`. Run by Node.js 24, after scripts/setup.mjs. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checks, parseArguments, suites } from './test/parseArguments.mjs';
import { sideBySide, sideBySideOptions } from './test/sideBySide.mjs';
import { runsOnThreeNodes, threeNodesOptions } from './test/threeNodes.mjs';
import { addTotals, formatTotals, noTotals } from './test/totals.mjs';

/** @typedef {import('./test/totals.mjs').Totals} Totals */

const rootDir = join(dirname(fileURLToPath(import.meta.url)), '..');
const mochaBin = join(rootDir, 'node_modules', 'mocha', 'bin', 'mocha.js');
const reporter = join(rootDir, 'scripts', 'test', 'totalsReporter.mjs');

/** A test process that lives longer than this after its last test has left something open. */
const EXIT_WITHIN_MS = 10_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * @param {string} name
 * @returns {Promise<Totals>}
 */
function runCheck(name) {
  heading(name);
  return new Promise((resolve) => {
    const child = start('npm', ['run', '--silent', name]);
    child.once('close', (code) => {
      resolve(code === 0 ? { ...noTotals(), passed: 1 } : { ...noTotals(), failed: 1, failures: [name] });
    });
  });
}

/**
 * @param {string} name
 * @param {string[]} files
 * @param {string[]} options
 * @param {boolean} [beside] another one runs at the same time: what it says is shown when it is over
 * @returns {Promise<Totals>}
 */
function runMocha(name, files, options, beside = false) {
  if (!beside) heading(name);
  if (files.length === 0) {
    console.log('  no test files');
    return Promise.resolve(noTotals());
  }
  return new Promise((resolve) => {
    /** @type {Totals | null} */
    let totals = null;
    let isKilled = false;
    /** @type {NodeJS.Timeout | undefined} */
    let deadline;
    const child = start(
      process.execPath,
      [mochaBin, '--reporter', reporter, ...options, ...files],
      [
        ...(beside
          ? /** @type {const} */ (['ignore', 'pipe', 'pipe'])
          : /** @type {const} */ (['inherit', 'inherit', 'inherit'])),
        'ipc',
      ],
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
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
      if (beside) heading(name);
      process.stdout.write(said);
      const ended = totals ?? noTotals();
      // A process that fails without a failed test broke down outside of one.
      const isBroken = isKilled || (code !== 0 && ended.failed === 0);
      if (isBroken && !isKilled) console.log(`  ${name}: the test process ended with exit code ${code}.`);
      const failures = [...ended.failures, `${name}: the process`];
      resolve(isBroken ? { ...ended, failed: ended.failed + 1, failures } : ended);
    });
  });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').StdioOptions} [stdio]
 */
function start(command, args, stdio = 'inherit') {
  const child = spawn(command, args, { cwd: rootDir, stdio });
  running.add(child);
  child.once('error', (error) => console.error(`${command}: ${error.message}`));
  child.once('close', () => running.delete(child));
  return child;
}

/**
 * @param {string} name
 * @param {boolean} [beside] as of runMocha
 * @returns {Promise<Totals>}
 */
async function runSuite(name, beside = false) {
  const filesIn = (/** @type {string} */ folder) => globSync(`test/${folder}/**/*.test.ts`, { cwd: rootDir }).sort();
  if (name === 'threeNodes') {
    const files = filesIn('integration').filter(runsOnThreeNodes);
    return runMocha(name, files, [...threeNodesOptions, ...asked.options]);
  }
  const { alone, sideBySide: rest } = sideBySide(name, filesIn(name));
  const first = await runMocha(name, alone, asked.options, beside);
  if (rest.length === 0) return first;
  return addTotals([
    first,
    await runMocha(`${name}, several files at a time`, rest, [
      ...sideBySideOptions(/** @type {'integration' | 'e2e'} */ (name)),
      ...asked.options,
    ]),
  ]);
}

/** @param {string} text */
function heading(text) {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`);
}

for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    for (const child of running) child.kill(signal);
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
// The unit tests need one core, and so do lint and types, one after the other.
const isUnitBeside = asked.checks.length > 0 && asked.suites.includes('unit');
const unit = isUnitBeside ? runSuite('unit', true) : null;
for (const name of asked.checks) results.push(await runCheck(name));
if (unit) results.push(await unit);
for (const name of asked.suites) if (name !== 'unit' || !unit) results.push(await runSuite(name));
if (asked.files.length > 0) results.push(await runMocha('files', asked.files, asked.options));

const totals = addTotals(results);
console.log(`\n${formatTotals(totals)}`);
process.exitCode = totals.failed > 0 ? 1 : 0;
