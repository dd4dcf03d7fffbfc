import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { canConnect } from './canConnect.ts';
import { freePorts } from './freePort.ts';
import { waitFor } from './waitFor.ts';

export interface RedisServerOptions {
  password?: string;
  /** PEM files; with them the port speaks TLS alone. */
  tls?: { certFile: string; keyFile: string };
}

/** A real Redis on loopback that keeps nothing on disk, and that can be taken away and brought back. */
export class RedisServer {
  readonly url: string;
  readonly #port: number;
  readonly #folder: string;
  readonly #options: RedisServerOptions;
  #child: ChildProcess | undefined;

  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'chaxi-redis-'));
    const server = new RedisServer(await freePorts(1), folder, options);
    await server.start();
    return server;
  }

  private constructor(port: number, folder: string, options: RedisServerOptions) {
    const { password, tls } = options;
    this.#port = port;
    this.#folder = folder;
    this.#options = options;
    this.url = `${tls ? 'rediss' : 'redis'}://${password ? `:${password}@` : ''}127.0.0.1:${port}`;
  }

  /** Begins again, empty, on the same port. */
  async start(): Promise<void> {
    const { password, tls } = this.#options;
    const port = String(this.#port);
    const ports = tls
      ? ['--port', '0', '--tls-port', port, '--tls-cert-file', tls.certFile, '--tls-key-file', tls.keyFile]
      : ['--port', port];
    const clients = tls ? ['--tls-auth-clients', 'no'] : [];
    const secret = password ? ['--requirepass', password] : [];
    const fixed = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', this.#folder];
    this.#child = spawn('redis-server', [...ports, ...clients, ...secret, ...fixed], { stdio: 'ignore' });
    await waitFor('Redis to listen', () => canConnect(this.#port));
  }

  /** Gone at once, with all that it held. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** It hangs: connections stay, and nothing is answered. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** One command over a connection of its own, as somebody else with access to it would send it. */
  async command(...args: string[]): Promise<unknown> {
    const client = await createClient({ url: this.url }).connect();
    try {
      return await client.sendCommand(args);
    } finally {
      client.destroy();
    }
  }

  async close(): Promise<void> {
    await this.#end('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
  }
}
