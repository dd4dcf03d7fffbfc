import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { postgresOwner, postgresProgram } from '../../bench/lib/postgresProgram.ts';
import { freePorts } from './freePort.ts';
import { waitFor } from './waitFor.ts';

export interface PostgresServerOptions {
  /** What was committed outlives a SIGKILL of all its processes in any case, and a loss of power with this. */
  fsync?: boolean;
  password?: string;
  /** PEM files; with them it speaks TLS too. */
  tls?: { certFile: string; keyFile: string };
}

/** A real PostgreSQL on loopback, which can be killed and begun again with what it had. */
export class PostgresServer {
  readonly #port: number;
  readonly #folder: string;
  readonly #options: PostgresServerOptions;
  #child: ChildProcess | undefined;
  #databases = 0;

  static async start(options: PostgresServerOptions = {}): Promise<PostgresServer> {
    const folder = await mkdtemp(join(tmpdir(), 'chaxi-postgres-'));
    const { uid, gid } = postgresOwner();
    const give = (file: string) => {
      chmodSync(file, statSync(file).isDirectory() ? 0o700 : 0o600);
      if (uid !== undefined) chownSync(file, uid, gid!);
    };
    const password = join(folder, 'password');
    writeFileSync(password, options.password ?? 'none');
    const files = options.tls ? Object.entries({ cert: options.tls.certFile, key: options.tls.keyFile }) : [];
    for (const [name, file] of files) copyFileSync(file, join(folder, name));
    for (const file of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) give(file);
    const args = ['--username=chaxi', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
    const auth = options.password === undefined ? ['--auth=trust'] : ['--auth=scram-sha-256', `--pwfile=${password}`];
    const initdb = [`--pgdata=${join(folder, 'data')}`, ...args, ...auth];
    execFileSync(postgresProgram('initdb'), initdb, { stdio: 'pipe', cwd: folder, uid, gid });
    const server = new PostgresServer(await freePorts(1), folder, options);
    await server.start();
    return server;
  }

  private constructor(port: number, folder: string, options: PostgresServerOptions) {
    this.#port = port;
    this.#folder = folder;
    this.#options = options;
  }

  urlOf(database: string): string {
    const { password } = this.#options;
    return `postgres://chaxi${password === undefined ? '' : `:${password}`}@127.0.0.1:${this.#port}/${database}`;
  }

  /** A new and empty database. @returns its URL */
  async createDatabase(): Promise<string> {
    const name = `test_${(this.#databases += 1)}`;
    await this.query(`create database ${name}`);
    return this.urlOf(name);
  }

  /** Over a connection of its own. */
  async query<Row extends object>(text: string, url = this.urlOf('postgres')): Promise<Row[]> {
    const client = new Client(url);
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Begins again on the same port, with what it had. */
  async start(): Promise<void> {
    const { fsync = false, tls } = this.#options;
    const all = [
      `port=${this.#port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'shared_buffers=32MB',
      'max_connections=100',
      `fsync=${fsync ? 'on' : 'off'}`,
      ...(tls
        ? ['ssl=on', `ssl_cert_file=${join(this.#folder, 'cert')}`, `ssl_key_file=${join(this.#folder, 'key')}`]
        : []),
    ];
    const { uid, gid } = postgresOwner();
    const args = ['-D', join(this.#folder, 'data'), ...all.flatMap((setting) => ['-c', setting])];
    this.#child = spawn(postgresProgram('postgres'), args, { stdio: 'ignore', cwd: this.#folder, uid, gid });
    await waitFor('PostgreSQL to answer', () =>
      this.query('select 1').then(
        () => true,
        () => false,
      ),
    );
  }

  /** All its processes are gone at once, in the midst of whatever they did. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    const ended = once(child, 'close');
    const pids = [child.pid!, ...childrenOf(child.pid!)];
    for (const pid of pids) signal(pid, 'SIGKILL');
    await ended;
    // Those that are left see that the first is gone; until then they hold the folder.
    await waitFor('all processes of PostgreSQL to end', () => !pids.some((pid) => isAlive(pid)));
  }

  /** It hangs: connections stay, and nothing is answered. */
  freeze(): void {
    const { pid } = this.#child!;
    for (const one of [pid!, ...childrenOf(pid!)]) signal(one, 'SIGSTOP');
  }

  thaw(): void {
    const { pid } = this.#child!;
    for (const one of [pid!, ...childrenOf(pid!)]) signal(one, 'SIGCONT');
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    // A zombie is no more: whoever is its parent has only not looked yet.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
