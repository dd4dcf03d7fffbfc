import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema, type Config } from '../../config/schema.ts';
import { createAccessToken, type AccessTokenOptions } from '../../server/auth/accessToken.ts';
import { createLogger } from '../../server/base/logger.ts';
import { createServer, type ChaxiServer } from '../../server/createServer.ts';

export const API_KEY = 'testshop';
export const API_SECRET = 'a-secret-of-the-tests-that-is-long-enough';
export const OTHER_KEY = 'othershop';
export const OTHER_SECRET = 'another-secret-of-the-tests-long-enough';

export type Sections = { [K in keyof Config]?: Config[K] extends object ? Partial<Config[K]> : Config[K] };

export interface TestServer {
  server: ChaxiServer;
  config: Config;
  /** Where to ask; of several nodes that stand for one, another one each time. */
  readonly url: string;
  token(options?: Partial<AccessTokenOptions>): Promise<string>;
  /** Resolves when each of several nodes that stand for one has heard what the others have told until now. */
  settled?: () => Promise<void>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** Several nodes that stand for one have one database of what is said in conversations. */
  sharesMessages?: boolean;
}

let start: (sections: Sections, options: TestServerOptions) => Promise<TestServer> = startTestNode;

/** What tests that were written for one node run on, instead of one node. */
export function startInstead(startOther: typeof start): void {
  start = startOther;
}

/** What the tests run on: a node, where the run has not chosen otherwise. */
export function startTestServer(sections: Sections = {}, options: TestServerOptions = {}): Promise<TestServer> {
  return start(sections, options);
}

/** A real node on free ports, media on loopback only, with two shops' keys. */
export async function startTestNode(sections: Sections = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'chaxi-test-'));
  const config = configSchema.parse({
    mode: 'production',
    dataDir,
    ...sections,
    http: { port: 0, corsOrigins: ['*'], ...sections.http },
    auth: { apiKeys: { [API_KEY]: API_SECRET, [OTHER_KEY]: OTHER_SECRET }, ...sections.auth },
    media: { workers: 2, basePort: 0, listenIps: ['127.0.0.1'], ...sections.media },
    log: { level: 'error', ...sections.log },
  });
  const server = await createServer({ config, logger: createLogger(config.log, config.mode) });
  return {
    server,
    config,
    url: server.url,
    token: (options) =>
      createAccessToken({
        apiKey: API_KEY,
        apiSecret: API_SECRET,
        room: 'tea',
        identity: 'someone',
        role: 'guest',
        ...options,
      }),
    async close() {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
