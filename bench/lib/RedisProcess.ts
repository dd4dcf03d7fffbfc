import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from './freePorts.ts';
import { ServerProcess } from './ServerProcess.ts';

const START_TIMEOUT_MS = 10_000;
const LOOPBACK = '127.0.0.1';
const COMMAND = process.env.REDIS_SERVER_BIN ?? 'redis-server';
const ADVICE =
  'A cluster needs redis-server. Install it (apt-get install redis-server) or name it in REDIS_SERVER_BIN.';

/** The machine's own Redis, on a free port of loopback, with nothing on disk; it can be taken away and brought back. */
export class RedisProcess {
  readonly url: string;
  readonly #port: number;
  readonly #dir: string;
  #process: ServerProcess;

  /** @throws Error that says how to get a Redis where there is none */
  static async start(parentDir: string): Promise<RedisProcess> {
    const dir = join(parentDir, 'redis');
    await mkdir(dir, { recursive: true });
    const port = await freePorts(1, [LOOPBACK]);
    const redis = new RedisProcess(port, dir, spawnRedis(port, dir));
    await redis.#untilItListens();
    return redis;
  }

  /** @throws Error that says how to get a Redis where there is none */
  static async version(): Promise<string> {
    const { stdout } = await promisify(execFile)(COMMAND, ['--version']).catch((cause: unknown) => {
      throw new Error(`${ADVICE} ${String(cause)}`, { cause });
    });
    return /v=(\S+)/.exec(stdout)?.[1] ?? stdout.trim();
  }

  private constructor(port: number, dir: string, process: ServerProcess) {
    this.#port = port;
    this.#dir = dir;
    this.#process = process;
    this.url = `redis://${LOOPBACK}:${port}`;
  }

  /** It hangs: connections stay, and nothing is answered. */
  freeze(): void {
    process.kill(this.#process.pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.#process.pid, 'SIGCONT');
  }

  /** Gone at once, with all that it held. */
  kill(): Promise<void> {
    return this.#process.close('SIGKILL');
  }

  /** Begins again on the same port, empty. */
  async restart(): Promise<void> {
    this.#process = spawnRedis(this.#port, this.#dir);
    await this.#untilItListens();
  }

  close(): Promise<void> {
    return this.kill();
  }

  async #untilItListens(): Promise<void> {
    try {
      await this.#process.untilReady(() => canConnect(this.#port), START_TIMEOUT_MS);
    } catch (cause) {
      throw new Error(`${ADVICE} ${String(cause)}`, { cause });
    }
  }
}

function spawnRedis(port: number, dir: string): ServerProcess {
  return new ServerProcess({
    name: 'Redis',
    command: COMMAND,
    args: ['--port', String(port), '--bind', LOOPBACK, '--save', '', '--appendonly', 'no', '--dir', dir],
  });
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: LOOPBACK });
    const end = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
