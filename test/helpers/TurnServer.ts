import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canConnect } from './canConnect.ts';
import { freePorts } from './freePort.ts';
import { waitFor } from './waitFor.ts';

/** A real coturn on loopback that takes names and passwords made with its secret. */
export class TurnServer {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  static async start(secret: string): Promise<TurnServer> {
    const port = await freePorts(2);
    const folder = await mkdtemp(join(tmpdir(), 'chaxi-turn-'));
    const server = new TurnServer(port, secret, folder);
    await waitFor('coturn to listen', () => canConnect(port));
    return server;
  }

  private constructor(port: number, secret: string, folder: string) {
    this.url = `turn:127.0.0.1:${port}`;
    this.#folder = folder;
    const options = {
      'listening-ip': '127.0.0.1',
      'relay-ip': '127.0.0.1',
      'listening-port': port,
      realm: 'chaxi.test',
      'static-auth-secret': secret,
      userdb: join(folder, 'turndb'),
      pidfile: join(folder, 'turnserver.pid'),
      'log-file': 'stdout',
    };
    const flags = [
      '-n',
      '--use-auth-secret',
      '--allow-loopback-peers',
      '--no-cli',
      '--no-tls',
      '--no-dtls',
      '--verbose',
    ];
    const args = [...flags, ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)];
    // coturn refuses loopback peers without a password of its console, even where that is off.
    this.#child = spawn('turnserver', [...args, '--cli-password=none'], { stdio: 'ignore' });
  }

  async close(): Promise<void> {
    const ended = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
