import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatedFiles } from './generate/generatedFiles.ts';

// node scripts/generate.ts writes what is made from schemas; --check only says which files are out of step, and fails.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const root = join(import.meta.dirname, '..');
let stale = 0;
for (const { path, text } of await generatedFiles()) {
  if (readIfThere(join(root, path)) === text) {
    continue;
  }
  stale += 1;
  if (values.check) {
    console.error(`${path} is out of step; run: npm run generate`);
  } else {
    writeFileSync(join(root, path), text);
    console.log(`${path} written`);
  }
}
process.exitCode = values.check && stale > 0 ? 1 : 0;

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
