import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from './freePorts.ts';
import type { Certificate } from './certificate.ts';
import { childPids } from './procfs.ts';
import { ServerProcess } from './ServerProcess.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const START_TIMEOUT_MS = 20_000;
const LOOPBACK = '127.0.0.1';

export const API_KEY = 'bench';
export const API_SECRET = 'the-secret-of-the-bench-which-stays-on-this-machine';

export interface ServerNodeOptions {
  /** Folder for data. */
  dir: string;
  workers: number;
  /** Null serves http instead of https. */
  certificate: Certificate | null;
  /** Where browsers send to instead of 127.0.0.1: the address of a relay. */
  announcedAddress?: string;
  /** More configuration, as environment. */
  env?: Record<string, string>;
  /** Of its ports, which are in a row; by default one that is free. */
  firstPort?: number;
}

/** A Chaxi node of our own in a process of its own, on free ports of 127.0.0.1. */
export class ServerNode {
  readonly httpPort: number;
  readonly mediaPorts: readonly number[];
  readonly #scheme: string;
  readonly #process: ServerProcess;

  static async start(options: ServerNodeOptions): Promise<ServerNode> {
    const { dir, workers, announcedAddress } = options;
    const addresses = announcedAddress ? [LOOPBACK, announcedAddress] : [LOOPBACK];
    const firstPort = options.firstPort ?? (await freePorts(workers + 1, addresses));
    await mkdir(join(dir, 'data'), { recursive: true });
    const node = new ServerNode(options, firstPort);
    const { said } = node.#process;
    await node.#process.untilReady(() => said.some((line) => line.includes('"listening"')), START_TIMEOUT_MS);
    return node;
  }

  private constructor({ dir, workers, certificate, announcedAddress, env }: ServerNodeOptions, firstPort: number) {
    this.httpPort = firstPort;
    this.mediaPorts = Array.from({ length: workers }, (_, index) => firstPort + 1 + index);
    this.#scheme = certificate ? 'https' : 'http';
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CHAXI_'));
    this.#process = new ServerProcess({
      name: 'The node',
      command: process.execPath,
      args: [MAIN],
      env: {
        ...Object.fromEntries(inherited),
        CHAXI_MODE: 'production',
        CHAXI_HTTP_HOST: LOOPBACK,
        CHAXI_HTTP_PORT: String(firstPort),
        CHAXI_HTTP_CORS_ORIGINS: '*',
        ...(certificate && {
          CHAXI_HTTP_TLS_CERT_FILE: certificate.certFile,
          CHAXI_HTTP_TLS_KEY_FILE: certificate.keyFile,
        }),
        CHAXI_AUTH_API_KEYS: `${API_KEY}:${API_SECRET}`,
        CHAXI_MEDIA_WORKERS: String(workers),
        CHAXI_MEDIA_BASE_PORT: String(firstPort + 1),
        CHAXI_MEDIA_LISTEN_IPS: LOOPBACK,
        ...(announcedAddress && { CHAXI_MEDIA_ANNOUNCED_ADDRESS: announcedAddress }),
        CHAXI_DATA_DIR: join(dir, 'data'),
        ...env,
      },
    });
  }

  /** The process of Node.js. */
  get pid(): number {
    return this.#process.pid;
  }

  get workerPids(): number[] {
    return childPids(this.pid);
  }

  /** Its address without a relay. */
  get url(): string {
    return `${this.#scheme}://${LOOPBACK}:${this.httpPort}`;
  }

  urlAt(host: string): string {
    return `${this.#scheme}://${host}:${this.httpPort}`;
  }

  /** Ends it and its workers at once, before this returns; resolves when they are gone. */
  kill(): Promise<void> {
    return this.#process.close('SIGKILL');
  }

  /** Asks it to end, before this returns; resolves when it has. */
  close(): Promise<void> {
    return this.#process.close();
  }
}
