#!/usr/bin/env node
/**
 * Makes a clean clone ready to start, or with --test ready to test. Plain JavaScript without a dependency: it runs before
 * any is installed, on Node.js 18 and newer.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bundlesStep } from './setup/bundlesStep.mjs';
import { SetupError, adviceFor } from './setup/errors.mjs';
import { acquireLock } from './setup/lock.mjs';
import { packagesStep } from './setup/packagesStep.mjs';
import { StepProgress, stepLine } from './setup/progress.mjs';
import { killAll } from './setup/run.mjs';
import { rootDir } from './setup/stamps.mjs';
import { testToolsStep } from './setup/testToolsStep.mjs';
import { workerStep } from './setup/workerStep.mjs';
import { cacheDir } from './worker/locate.mjs';

const USAGE = `usage: node scripts/setup.mjs [--test] [--quiet]
  --test   also what the tests need: Chromium, a Chinese font, Redis, coturn
  --quiet  print nothing when there is nothing to do
`;

/** Exit code of a process that SIGINT ended, as shells report it. */
const INTERRUPTED = 130;

/**
 * @typedef {{
 *   title: string,
 *   check(): Promise<string | null>,
 *   run(progress: StepProgress): Promise<string>,
 * }} Step `check` answers what is there, or null when `run` has to get it
 */

/** @param {string[]} args */
async function main(args) {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return;
  }
  const unknown = args.find((arg) => !['--test', '--quiet'].includes(arg));
  if (unknown) throw new SetupError(`There is no option ${unknown}.`, USAGE);

  /** @type {Step[]} */
  const steps = [packagesStep, workerStep, bundlesStep, ...(args.includes('--test') ? [testToolsStep] : [])];
  let isLocked = false;
  for (const step of steps) {
    let ready = await step.check();
    if (ready === null && !isLocked) {
      isLocked = true;
      if (await lockCheckout()) ready = await step.check();
    }
    if (ready === null) await runStep(step);
    else if (!args.includes('--quiet')) process.stdout.write(stepLine('✓', step.title, ready));
  }
}

/** @returns {Promise<boolean>} whether another setup was at work here until now */
async function lockCheckout() {
  const name = createHash('sha256').update(rootDir).digest('hex').slice(0, 12);
  let hasWaited = false;
  await acquireLock(join(cacheDir(), `setup-${name}.lock`), ({ pid }) => {
    hasWaited = true;
    process.stdout.write(`  … waiting for another setup of this folder (process ${pid})\n`);
  });
  return hasWaited;
}

/** @param {Step} step */
async function runStep(step) {
  const progress = new StepProgress(step.title, process.stdout);
  try {
    progress.end('✓', await step.run(progress));
  } catch (error) {
    if (!isInterrupted) progress.end('✗');
    throw error;
  }
}

let isInterrupted = false;

/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of signals) {
  process.on(signal, async () => {
    if (isInterrupted) return;
    isInterrupted = true;
    await killAll();
    process.stdout.write('\nInterrupted. The same command goes on from here.\n');
    process.exit(INTERRUPTED);
  });
}

// Node.js 18 calls fetch experimental each time; nobody who sets this up can act on it.
process.removeAllListeners('warning');

try {
  await main(process.argv.slice(2));
} catch (error) {
  // The handler of the signal ends the process.
  if (!isInterrupted) {
    const isOurs = error instanceof SetupError;
    const message = isOurs ? error.message : String(/** @type {Error} */ (error).stack);
    const advice = isOurs ? error.advice : adviceFor(message);
    process.stderr.write(`\n${[message, advice].filter(Boolean).join('\n\n')}\n`);
    process.exitCode = 1;
  }
}
