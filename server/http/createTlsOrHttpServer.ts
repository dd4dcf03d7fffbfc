import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { Config } from '../../config/schema.ts';
import { limits } from '../../protocol/limits.ts';
import type { Logger } from '../base/logger.ts';
import { readTlsFiles, reloadTlsOnChange } from './reloadTls.ts';

const timeouts = {
  /** Until all headers are there; slower is an attack. */
  headersTimeout: 10_000,
  /** Until the whole request is there. */
  requestTimeout: 30_000,
  /** Longer than the 60 s of usual load balancers, so that they close idle connections, not we. */
  keepAliveTimeout: 65_000,
};

/** Answers upgrades to other protocols, such as the h2c that Java's client offers with each request, like plain requests. */
function shouldUpgradeCallback({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** https where the configuration has a certificate, else http. The caller listens. */
export function createTlsOrHttpServer(config: Config, app: RequestListener, logger: Logger): HttpServer | HttpsServer {
  const { certFile, keyFile } = config.http.tls;
  const options = { ...timeouts, maxHeaderSize: limits.upgradeBytes, shouldUpgradeCallback };
  if (certFile === null || keyFile === null) {
    return createHttpServer(options, app);
  }
  const files = { certFile, keyFile };
  const server = createHttpsServer({ ...options, ...readTlsFiles(files), minVersion: 'TLSv1.2' }, app);
  reloadTlsOnChange(server, files, logger);
  return server;
}
