import { argv, env, exit } from 'node:process';
import { ConfigError } from '../config/ConfigError.ts';
import { helpText } from '../config/help.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { createLogger } from './base/logger.ts';
import { createServer, type ChaxiServer } from './createServer.ts';

/** Starts a node from the configuration, and stops it at SIGTERM or SIGINT. */
async function main(): Promise<void> {
  if (argv.includes('--help')) {
    console.log(helpText());
    return;
  }
  const config = readConfig();
  const logger = createLogger(config.log, config.mode);
  process.on('unhandledRejection', (error) => logger.error('unhandled rejection', { error }));
  let server: ChaxiServer;
  try {
    server = await createServer({ config, logger });
  } catch (error) {
    logger.error('can not start', { error: explain(error, config) });
    exit(1);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info('stopping', { signal });
      // What hangs must not keep the process.
      setTimeout(() => exit(0), config.shutdownTimeoutMs).unref();
      void server.close().then(() => exit(0));
    });
  }
  if (config.mode === 'development' && config.demoRoom) await printDemoLinks(server);
}

function readConfig(): Config {
  try {
    return loadConfig({ argv: argv.slice(2), env });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    return exit(1);
  }
}

function explain(error: unknown, config: Config): string {
  const { host, port } = config.http;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop what uses it, or set http.port (CHAXI_HTTP_PORT) to another port.`;
  }
  if (code === 'EACCES' && syscall === 'listen') {
    return `Port ${port} is for root alone. Set http.port (CHAXI_HTTP_PORT) to one above 1023.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}. Correct http.host (CHAXI_HTTP_HOST).`;
  }
  return error instanceof Error ? error.message : String(error);
}

async function printDemoLinks(server: ChaxiServer): Promise<void> {
  const links = await server.demoLinks();
  const width = Math.max(...links.map(({ role }) => role.length));
  const lines = links.map(({ role, url }) => `  ${role.padEnd(width)}  ${url}`);
  console.log(
    `\nChaxi runs at ${server.url}. The demo room, one link a role; the counter of its shop, and a customer who writes:\n\n${lines.join('\n\n')}\n`,
  );
}

await main();
