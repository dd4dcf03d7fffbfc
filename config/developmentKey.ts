import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './ConfigError.ts';
import { API_SECRET_MIN_LENGTH } from './schema.ts';

/** Name of the file inside dataDir. */
export const DEVELOPMENT_KEY_FILE = 'development-key.json';

const fileSchema = z.strictObject({
  apiKey: z.string().min(1),
  apiSecret: z.string().min(API_SECRET_MIN_LENGTH),
});
export type DevelopmentKey = z.infer<typeof fileSchema>;

/** The API key of development mode: read from dataDir, or made there, for the own user's eyes only. */
export function loadDevelopmentKey(dataDir: string): DevelopmentKey {
  const file = join(dataDir, DEVELOPMENT_KEY_FILE);
  try {
    return readKey(file) ?? makeKey(dataDir, file);
  } catch (error) {
    if (error instanceof ConfigError) {
      throw error;
    }
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new ConfigError([
      { where: 'dataDir (CHAXI_DATA_DIR)', what: `${file} can not be read or written (${reason})` },
    ]);
  }
}

function readKey(file: string): DevelopmentKey | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return null;
    }
    throw error;
  }
  chmodSync(file, 0o600);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = null;
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    throw new ConfigError([{ where: file, what: 'is damaged; delete it and a new key is made' }]);
  }
  return parsed.data;
}

/** Two starts at once must agree on one key: each writes a file of its own, and only the first can link it. */
function makeKey(dataDir: string, file: string): DevelopmentKey {
  const key = {
    apiKey: `dev-${randomBytes(6).toString('hex')}`,
    apiSecret: randomBytes(32).toString('base64url'),
  };
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
    return key;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return readKey(file) ?? key;
    }
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
