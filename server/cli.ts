import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../config/ConfigError.ts';
import { helpText } from '../config/help.ts';
import { hideSecrets } from '../config/hideSecrets.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { ChaxiError } from '../protocol/ChaxiError.ts';
import { roles } from '../protocol/grants.ts';
import { roleSchema } from '../protocol/participants.ts';
import { createAccessToken } from './auth/accessToken.ts';
import { drainNode, listNodes } from './clusterCommands.ts';

const USAGE = `Usage:
  npx chaxi token --room NAME --identity ID --role ${roles.join('|')}
      Prints an access token.
        --name TEXT        the name that others see (default: the identity)
        --metadata TEXT    free text of your application
        --ttl SECONDS      how long the token is good for (default: 3600)
        --link             print the link of the room's page instead
        --api-key KEY      which key to use (default: the first one of the configuration)
        --api-secret TEXT  its secret, when the key is not in the configuration
  npx chaxi config
      Prints the configuration in effect, secrets hidden.
  npx chaxi nodes [--json]
      Shows the nodes of the cluster.
  npx chaxi drain NODE
      Has a node take nobody new and send its people away, before it is stopped.
  npx chaxi help

Every command takes --config FILE. Paths of the configuration are relative to the folder of Chaxi.
`;

/** What was typed can not be meant; exit code 2. */
class UsageError extends Error {}

export interface CliContext {
  env: NodeJS.ProcessEnv;
  /** Where the user stands; `--config` is relative to it. */
  cwd: string;
  /** Where the server keeps its data, whatever the user's folder. Default: this repository. */
  home?: string;
  out: (text: string) => void;
  err: (text: string) => void;
}

/** Runs one command. @returns the exit code: 0, 1 for a failure, 2 for wrong usage. */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  try {
    context.out(await runCommand(argv, context));
    return 0;
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      context.err(`${error.message}\nSee: npx chaxi help\n`);
      return 2;
    }
    if (error instanceof ConfigError || error instanceof ChaxiError) {
      context.err(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

async function runCommand([command, ...args]: readonly string[], context: CliContext): Promise<string> {
  switch (command) {
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return `${USAGE}\n${helpText()}`;
    case 'token':
      return `${await tokenCommand(args, context)}\n`;
    case 'config': {
      const { values } = parseArgs({ args, options: { config: { type: 'string' } } });
      return `${JSON.stringify(hideSecrets(readConfig(values.config, context)), null, 2)}\n`;
    }
    case 'nodes': {
      const { values } = parseArgs({ args, options: { config: { type: 'string' }, json: { type: 'boolean' } } });
      return `${await listNodes(readConfig(values.config, context), values.json ?? false)}\n`;
    }
    case 'drain': {
      const options = { config: { type: 'string' } } as const;
      const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
      const [nodeId, ...more] = positionals;
      if (nodeId === undefined || more.length > 0) throw new UsageError('Name one node; `npx chaxi nodes` shows them.');
      return `${await drainNode(readConfig(values.config, context), nodeId)}\n`;
    }
    default:
      throw new UsageError(`There is no command ${JSON.stringify(command)}.`);
  }
}

async function tokenCommand(args: string[], context: CliContext): Promise<string> {
  const { values } = parseArgs({
    args,
    options: {
      room: { type: 'string' },
      identity: { type: 'string' },
      role: { type: 'string' },
      name: { type: 'string' },
      metadata: { type: 'string' },
      ttl: { type: 'string', default: '3600' },
      link: { type: 'boolean', default: false },
      'api-key': { type: 'string' },
      'api-secret': { type: 'string' },
      config: { type: 'string' },
    },
  });
  const { room, identity, name, metadata } = values;
  const role = roleSchema.safeParse(values.role);
  if (room === undefined || identity === undefined) {
    throw new UsageError(`--${room === undefined ? 'room' : 'identity'} is missing.`);
  }
  if (!role.success) {
    throw new UsageError(`--role must be one of ${roles.join(', ')}.`);
  }
  if (!/^[1-9]\d{0,8}$/.test(values.ttl)) {
    throw new UsageError('--ttl must be a whole number of seconds.');
  }
  const config = values['api-secret'] === undefined || values.link ? readConfig(values.config, context) : null;
  const key = chooseKey(values['api-key'], values['api-secret'], config);
  const settings = { room, identity, role: role.data, name, metadata, ttlSeconds: Number(values.ttl) };
  const token = await createAccessToken({ ...key, ...settings });
  return values.link && config !== null ? `${baseUrl(config.http)}/room#token=${token}` : token;
}

function chooseKey(
  apiKey: string | undefined,
  apiSecret: string | undefined,
  config: Config | null,
): { apiKey: string; apiSecret: string } {
  if (apiSecret !== undefined) {
    if (apiKey === undefined) {
      throw new UsageError('--api-secret needs --api-key.');
    }
    return { apiKey, apiSecret };
  }
  const pairs = Object.entries(config?.auth.apiKeys ?? {});
  const pair = apiKey === undefined ? pairs[0] : pairs.find(([name]) => name === apiKey);
  if (pair === undefined) {
    throw new UsageError(`The configuration has no API key ${JSON.stringify(apiKey)}.`);
  }
  return { apiKey: pair[0], apiSecret: pair[1] };
}

function readConfig(file: string | undefined, { env, cwd, home }: CliContext): Config {
  const argv = file === undefined ? [] : ['--config', resolve(cwd, file)];
  return loadConfig({ argv, env, cwd: home ?? join(import.meta.dirname, '..') });
}

function baseUrl({ publicUrl, host, port, tls }: Config['http']): string {
  if (publicUrl !== null) {
    return publicUrl;
  }
  if (port === 0) {
    throw new UsageError('--link needs http.publicUrl (CHAXI_HTTP_PUBLIC_URL), because http.port is 0.');
  }
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tls.certFile === null ? 'http' : 'https'}://${name}:${port}`;
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
