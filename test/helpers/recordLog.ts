import type { LogFields, Logger } from '../../server/base/logger.ts';

export interface LogEntry {
  level: 'error' | 'warn' | 'info' | 'debug';
  message: string;
  fields: LogFields;
}

/** A logger that writes nowhere, and what it was told, oldest first. */
export function recordLog(): { logger: Logger; entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  const note =
    (level: LogEntry['level']) =>
    (message: string, fields: LogFields = {}) =>
      void entries.push({ level, message, fields });
  const logger: Logger = {
    error: note('error'),
    warn: note('warn'),
    info: note('info'),
    debug: note('debug'),
    child: () => logger,
  };
  return { logger, entries };
}
