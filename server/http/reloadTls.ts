import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import type { Logger } from '../base/logger.ts';

export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

export function readTlsFiles({ certFile, keyFile }: TlsFiles): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(certFile), key: readFileSync(keyFile) };
}

/**
 * Takes renewed files into use without a restart, until the server closes. Polls, because a watch does not follow the
 * symbolic links that certificate managers replace. Between the two files' writes they do not match: then the old pair stays.
 */
export function reloadTlsOnChange(server: Server, files: TlsFiles, logger: Logger, intervalMs = 5_000): void {
  const reload = () => {
    try {
      server.setSecureContext(readTlsFiles(files));
      logger.info('TLS certificate read again');
    } catch (error) {
      logger.warn('the changed TLS files can not be used, the old ones stay', { error });
    }
  };
  for (const file of [files.certFile, files.keyFile]) {
    watchFile(file, { interval: intervalMs, persistent: false }, reload);
  }
  server.once('close', () => {
    unwatchFile(files.certFile, reload);
    unwatchFile(files.keyFile, reload);
  });
}
