import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePorts } from './freePorts.ts';
import { endGroup, removeWithUs } from './leftovers.ts';
import { postgresOwner, postgresProgram } from './postgresProgram.ts';
import { processTree, processUsage } from './procfs.ts';
import { ServerProcess } from './ServerProcess.ts';

const START_TIMEOUT_MS = 20_000;
const POLL_MS = 20;
const LOOPBACK = '127.0.0.1';
const ADVICE = 'Messages of a cluster need PostgreSQL. Install it: apt-get install postgresql.';
const run = promisify(execFile);

/**
 * The machine's own PostgreSQL, on a free port of loopback, with an empty database in a folder of its own. As in real life what it
 * commits is on the disk (`fsync`). It can be taken away and brought back.
 */
export class PostgresProcess {
  readonly url: string;
  readonly #port: number;
  readonly #dir: string;
  readonly #handleRemoved: () => void;
  #process: ServerProcess;

  /** @throws Error that says how to get a PostgreSQL where there is none */
  static async start(): Promise<PostgresProcess> {
    // Not below the folder of the run, which is for nobody but us.
    const dir = await mkdtemp(join(tmpdir(), 'chaxi-bench-postgres-'));
    const handleRemoved = removeWithUs(dir);
    const { uid, gid } = postgresOwner();
    if (uid !== undefined) await chown(dir, uid, gid!);
    const args = ['--username=chaxi', '--encoding=UTF8', '--locale=C.UTF-8', '--auth=trust'];
    const initdb = [`--pgdata=${join(dir, 'data')}`, ...args];
    await run(postgresProgram('initdb'), initdb, { cwd: dir, uid, gid }).catch(advise);
    const port = await freePorts(1, [LOOPBACK]);
    const postgres = new PostgresProcess(port, dir, handleRemoved);
    await postgres.#untilItAnswers();
    return postgres;
  }

  /** @throws Error that says how to get a PostgreSQL where there is none */
  static async version(): Promise<string> {
    const { stdout } = await run(postgresProgram('postgres'), ['--version']).catch(advise);
    return /\d\S*/.exec(stdout)?.[0] ?? stdout.trim();
  }

  private constructor(port: number, dir: string, handleRemoved: () => void) {
    this.#port = port;
    this.#dir = dir;
    this.#handleRemoved = handleRemoved;
    this.#process = this.#spawn();
    this.url = `postgres://chaxi@${LOOPBACK}:${port}/postgres`;
  }

  get pids(): number[] {
    return processTree(this.#process.pid);
  }

  /** All its processes are gone at once, in the midst of whatever they did. */
  async kill(): Promise<void> {
    // Each has made itself the leader of a group of its own.
    const [, ...children] = this.pids;
    for (const pid of children) endGroup(pid);
    await this.#process.close('SIGKILL');
    // Those that are left hold the folder; one that has ended and was not looked at yet has no memory any more.
    while (children.some((pid) => (processUsage(pid)?.residentBytes ?? 0) > 0)) await sleep(POLL_MS);
  }

  /** Begins again on the same port, with what it had. */
  async restart(): Promise<void> {
    this.#process = this.#spawn();
    await this.#untilItAnswers();
  }

  async close(): Promise<void> {
    await this.#process.close('SIGINT');
    await rm(this.#dir, { recursive: true, force: true });
    this.#handleRemoved();
  }

  #spawn(): ServerProcess {
    const settings = [`port=${this.#port}`, `listen_addresses=${LOOPBACK}`, 'unix_socket_directories='];
    return new ServerProcess({
      name: 'PostgreSQL',
      command: postgresProgram('postgres'),
      args: ['-D', join(this.#dir, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
      cwd: this.#dir,
      ...postgresOwner(),
    });
  }

  #untilItAnswers(): Promise<void> {
    return this.#process.untilReady(() => answers(this.url), START_TIMEOUT_MS);
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client(url);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function advise(cause: unknown): never {
  throw new Error(`${ADVICE} ${String(cause)}`, { cause });
}
