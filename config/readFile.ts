import { readFileSync } from 'node:fs';
import type { ConfigProblem } from './ConfigError.ts';

/** The configuration file as it stands, or null after adding a problem that says why it can not be read. */
export function readConfigFile(file: string, problems: ConfigProblem[]): Record<string, unknown> | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    problems.push({ where: file, what: `the file can not be read (${reason})` });
    return null;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text around the fault, which may be a secret.
    problems.push({ where: file, what: 'the file is not JSON; config/example.json shows its form' });
    return null;
  }
  if (!isPlainObject(content)) {
    problems.push({ where: file, what: 'the file must hold one JSON object; config/example.json shows its form' });
    return null;
  }
  return content;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
