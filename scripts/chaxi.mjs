#!/usr/bin/env node
// The command `chaxi`. Plain JavaScript without dependencies, for it also starts on the machine's own, older Node.js.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(import.meta.url);
const root = join(dirname(file), '..');
const ownNode = join(root, 'node_modules', '.bin', 'node');
const STDERR = 2;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').StdioOptions} stdio
 * @returns {number} the exit code
 */
function run(command, args, stdio) {
  const { status, error } = spawnSync(command, args, { stdio });
  if (error) throw error;
  return status ?? 1;
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const args = process.argv.slice(2);
  // A clean clone sets itself up first. Standard output is for the answer alone: a script may read it.
  if (!existsSync(ownNode)) {
    const code = run(process.execPath, [join(root, 'scripts', 'setup.mjs')], ['inherit', STDERR, 'inherit']);
    if (code !== 0) return code;
  }
  if (!process.features.typescript) return run(ownNode, [file, ...args], 'inherit');
  const { runCli } = await import('../server/cli.ts');
  return runCli(args, {
    env: process.env,
    cwd: process.cwd(),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}

process.exitCode = await main();
