import { accessSync, constants } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { ConfigProblem } from './ConfigError.ts';
import type { Config } from './schema.ts';

const MAX_PORT = 65_535;
/** Of an object that goes to S3 in one request. */
const S3_OBJECT_BYTES = 5_000_000_000;

/** What no single key can tell: keys that need each other, ports that collide, files that are not there. */
export function crossChecks(config: Config): ConfigProblem[] {
  return [
    ...checkTls(config),
    ...checkPorts(config),
    ...checkPipePorts(config),
    ...checkApiKeys(config),
    ...checkTurn(config),
    ...checkS3(config),
    ...checkReadable('database.caFile (CHAXI_DATABASE_CA_FILE)', config.database.caFile),
    ...checkCluster(config),
  ];
}

function checkTls({ http: { tls } }: Config): ConfigProblem[] {
  if (tls.certFile !== null && tls.keyFile === null) {
    return [{ where: 'http.tls.keyFile (CHAXI_HTTP_TLS_KEY_FILE)', what: 'missing; a certificate needs its key' }];
  }
  if (tls.keyFile !== null && tls.certFile === null) {
    return [{ where: 'http.tls.certFile (CHAXI_HTTP_TLS_CERT_FILE)', what: 'missing; a key needs its certificate' }];
  }
  return [
    ...checkReadable('http.tls.certFile (CHAXI_HTTP_TLS_CERT_FILE)', tls.certFile),
    ...checkReadable('http.tls.keyFile (CHAXI_HTTP_TLS_KEY_FILE)', tls.keyFile),
  ];
}

function checkReadable(where: string, file: string | null): ConfigProblem[] {
  if (file === null) {
    return [];
  }
  try {
    accessSync(file, constants.R_OK);
    return [];
  } catch {
    return [{ where, what: `given ${JSON.stringify(file)}; must be a file that this user can read` }];
  }
}

function checkPorts({ http, media }: Config): ConfigProblem[] {
  if (media.basePort === 0) {
    return [];
  }
  const workers = media.workers === 0 ? availableParallelism() : media.workers;
  const lastPort = media.basePort + workers - 1;
  const where = 'media.basePort (CHAXI_MEDIA_BASE_PORT)';
  if (lastPort > MAX_PORT) {
    return [
      {
        where,
        what: `given ${media.basePort}; with ${workers} workers it must be at most ${MAX_PORT - workers + 1}`,
      },
    ];
  }
  if (http.port >= media.basePort && http.port <= lastPort) {
    return [
      {
        where,
        what: `given ${media.basePort}; the workers' ports ${media.basePort} to ${lastPort} must not include http.port ${http.port}`,
      },
    ];
  }
  return [];
}

function checkPipePorts({ media: { pipe } }: Config): ConfigProblem[] {
  const { minPort, maxPort } = pipe;
  if (minPort === maxPort || (minPort > 0 && minPort < maxPort)) return [];
  const what = `given ${minPort} and ${maxPort}; must be 0 both, or the first port and the last`;
  return [{ where: 'media.pipe.minPort (CHAXI_MEDIA_PIPE_MIN_PORT) and media.pipe.maxPort', what }];
}

function checkApiKeys({ mode, auth }: Config): ConfigProblem[] {
  if (mode === 'development' || Object.keys(auth.apiKeys).length > 0) {
    return [];
  }
  return [
    {
      where: 'auth.apiKeys (CHAXI_AUTH_API_KEYS)',
      what: 'production needs at least one; make one with: export CHAXI_AUTH_API_KEYS="myshop:$(openssl rand -hex 32)"',
    },
  ];
}

function checkTurn({ media: { turn } }: Config): ConfigProblem[] {
  if (turn.urls.length > 0 && turn.secret === null) {
    return [
      {
        where: 'media.turn.secret (CHAXI_MEDIA_TURN_SECRET)',
        what: 'missing; media.turn.urls needs its server’s secret',
      },
    ];
  }
  return [];
}

function checkS3({ messages: { s3, maxFileBytes } }: Config): ConfigProblem[] {
  if (s3.endpoint === null) return [];
  if (maxFileBytes > S3_OBJECT_BYTES) {
    const what = `given ${maxFileBytes}; with messages.s3 it must be at most ${S3_OBJECT_BYTES}`;
    return [{ where: 'messages.maxFileBytes (CHAXI_MESSAGES_MAX_FILE_BYTES)', what }];
  }
  const needed = [
    ['bucket', 'BUCKET'],
    ['accessKeyId', 'ACCESS_KEY_ID'],
    ['secretAccessKey', 'SECRET_ACCESS_KEY'],
  ] as const;
  return needed
    .filter(([key]) => s3[key] === null)
    .map(([key, name]) => ({
      where: `messages.s3.${key} (CHAXI_MESSAGES_S3_${name})`,
      what: 'missing; messages.s3.endpoint needs it',
    }));
}

function checkCluster({ redis, cluster }: Config): ConfigProblem[] {
  if (redis.url === null) return [];
  const where = 'cluster.secret (CHAXI_CLUSTER_SECRET)';
  if (cluster.secret === null) {
    const what = 'missing; with redis.url each node needs the same one; make one with: openssl rand -hex 32';
    return [{ where, what }];
  }
  const files = checkReadable('redis.caFile (CHAXI_REDIS_CA_FILE)', redis.caFile);
  if (passwordOf(redis.url) !== cluster.secret) return files;
  // It keeps from whoever can use Redis what nodes write there: the password must not open both.
  const what = 'the same as the password in redis.url; make another one with: openssl rand -hex 32';
  return [...files, { where, what }];
}

/** Of a URL, as it is sent; undefined for what is none. */
function passwordOf(url: string): string | undefined {
  const password = URL.parse(url)?.password;
  try {
    return password && decodeURIComponent(password);
  } catch {
    return password;
  }
}
