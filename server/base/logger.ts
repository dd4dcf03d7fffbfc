import { inspect } from 'node:util';
import winston from 'winston';
import type { Config, Mode } from '../../config/schema.ts';
import { redact } from './redact.ts';

/** What stands beside a message: `roomId`, `participantId`, `requestId`, `error`... Secrets in it are hidden. */
export type LogFields = Record<string, unknown> & { message?: never; level?: never };

/**
 * - error: something failed that an operator must look at.
 * - warn: something failed that the server coped with, or a client did what it should not.
 * - info: few lines a room: start, stop, a room opened, someone joined, a worker replaced.
 * - debug: every request.
 */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** A logger whose every line has these fields too. */
  child(fields: LogFields): Logger;
}

/** Writes to standard output, or to `stream`. */
export function createLogger(log: Config['log'], mode: Mode, stream?: NodeJS.WritableStream): Logger {
  const asJson = log.format === 'json' || (log.format === 'auto' && mode === 'production');
  return winston.createLogger({
    level: log.level,
    format: winston.format.combine(
      winston.format.timestamp(),
      hideSecrets(),
      asJson ? winston.format.json() : winston.format.printf(readableLine),
    ),
    transports: [stream === undefined ? new winston.transports.Console() : new winston.transports.Stream({ stream })],
  });
}

const hideSecrets = winston.format((info) => {
  for (const [key, value] of Object.entries(redact(info) as LogFields)) {
    if (key !== 'level') {
      info[key] = value;
    }
  }
  return info;
});

function readableLine(info: winston.Logform.TransformableInfo): string {
  const { level, message, timestamp, ...fields } = info;
  const time = String(timestamp).slice(11, 23);
  const head = `${time} ${level.toUpperCase().padEnd(5)} ${String(message)}`;
  return [head, ...Object.entries(fields).map(([key, value]) => `${key}=${readableValue(value)}`)].join(' ');
}

function readableValue(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'stack' in value && typeof value.stack === 'string') {
    const cause = 'cause' in value ? `\n  caused by ${readableValue(value.cause)}` : '';
    return `${value.stack}${cause}`;
  }
  return typeof value === 'string' && /^\S+$/.test(value)
    ? value
    : inspect(value, { breakLength: Infinity, depth: 6, compact: true });
}
